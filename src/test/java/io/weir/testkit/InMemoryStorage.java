package io.weir.testkit;

import io.weir.storage.ObjectStorage;
import io.weir.storage.ObjectStorages;
import io.weir.storage.StorageProvider;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/**
 * A disk in memory, for the scheme {@code memory}. Keeps content and names apart as a disk does:
 * what has not been forced may be lost, torn or kept at a {@link #crash()}, by the seed. Its
 * objects may be used by several threads; everything else is for one.
 */
public final class InMemoryStorage implements StorageProvider {
  private final NavigableMap<String, StoredBytes> files = new ConcurrentSkipListMap<>();

  /** Removed since the last sync of a name; a crash may bring them back. */
  private final NavigableMap<String, StoredBytes> removed = new TreeMap<>();

  private final SplittableRandom random;
  private final LongSupplier clock;
  private StorageFaults faults = StorageFaults.NONE;
  private long delayMillis;

  /**
   * Between a {@link SimulatedCrash} and {@link #crash()}: the clean-up of whatever was stopped has
   * no effect.
   */
  private boolean halted;

  /** A file on the disk. */
  static final class StoredBytes {
    final byte[] content;
    final long modifiedMillis;
    final boolean contentSynced;
    boolean nameSynced;

    StoredBytes(byte[] content, long modifiedMillis, boolean contentSynced) {
      this.content = content;
      this.modifiedMillis = modifiedMillis;
      this.contentSynced = contentSynced;
    }
  }

  /**
   * An empty one.
   *
   * @param clock for the times of modification, milliseconds
   */
  public InMemoryStorage(long seed, LongSupplier clock) {
    this.random = new SplittableRandom(seed);
    this.clock = clock;
  }

  @Override
  public Set<String> schemes() {
    return Set.of("memory");
  }

  @Override
  public ObjectStorage open(URI root) {
    return new InMemoryObjects(this, root);
  }

  /** A registry with nothing else in it. */
  public ObjectStorages storages() {
    return ObjectStorages.of(this);
  }

  /** From now on these faults happen. */
  public void setFaults(StorageFaults faults) {
    this.faults = faults;
  }

  /** What happens at present. */
  public StorageFaults faults() {
    return faults;
  }

  /** How long the steps since the last call have taken. */
  public long takeDelayMillis() {
    long taken = delayMillis;
    delayMillis = 0;
    return taken;
  }

  /** The locations of all files, sorted; those of unfinished objects among them. */
  public List<String> locations() {
    return List.copyOf(files.keySet());
  }

  /** The bytes of a file. */
  public byte[] content(String location) throws FileNotFoundException {
    StoredBytes file = files.get(location);
    if (file == null) {
      throw new FileNotFoundException(location);
    }
    return file.content.clone();
  }

  /** The same object as long as nothing has happened to a file; null if there is none. */
  public Object version(String location) {
    return files.get(location);
  }

  /** Puts other bytes in the place of a file's, durably: bit rot, or somebody's mistake. */
  public void overwrite(String location, byte[] content) {
    StoredBytes file = new StoredBytes(content.clone(), clock.getAsLong(), true);
    file.nameSynced = true;
    files.put(location, file);
  }

  /**
   * Power fails and comes back: what was not forced to the disk is lost, torn or kept; what was
   * removed without a sync is gone or back.
   */
  public void crash() {
    halted = false;
    for (Map.Entry<String, StoredBytes> file : List.copyOf(files.entrySet())) {
      if (!file.getValue().nameSynced && random.nextBoolean()) {
        files.remove(file.getKey());
      } else {
        files.put(file.getKey(), afterCrash(file.getValue()));
      }
    }
    for (Map.Entry<String, StoredBytes> file : removed.entrySet()) {
      if (random.nextBoolean()) {
        files.putIfAbsent(file.getKey(), file.getValue());
      }
    }
    removed.clear();
  }

  private StoredBytes afterCrash(StoredBytes file) {
    byte[] content = file.content;
    if (!file.contentSynced) {
      content = Arrays.copyOf(content, random.nextInt(content.length + 1));
    }
    StoredBytes survivor = new StoredBytes(content, file.modifiedMillis, true);
    survivor.nameSynced = true;
    return survivor;
  }

  NavigableMap<String, StoredBytes> files() {
    return files;
  }

  void put(String location, byte[] content, boolean contentSynced) {
    files.put(location, new StoredBytes(content, clock.getAsLong(), contentSynced));
  }

  void syncName(String location) {
    StoredBytes file = files.get(location);
    if (file != null) {
      file.nameSynced = true;
    }
    removed.clear();
  }

  void remove(String location, boolean durably) {
    StoredBytes file = files.remove(location);
    if (file != null && file.nameSynced && !durably) {
      removed.put(location, file);
    }
  }

  /** A position for a changed byte. */
  int anyIndex(int length) {
    return random.nextInt(length);
  }

  private StorageFault faultOf(StorageOperation operation, String location) {
    if (halted) {
      throw new SimulatedCrash("the process has already ended");
    }
    try {
      StorageFault fault = faults.on(operation, location);
      delayMillis += fault.delayMillis();
      return fault;
    } catch (SimulatedCrash e) {
      halted = true;
      throw e;
    }
  }

  /** One step without result. */
  interface Effect {
    void run() throws IOException;
  }

  /** Takes a step, or has it fail; one after another. */
  synchronized void step(StorageOperation operation, String location, Effect effect)
      throws IOException {
    StorageFault fault = faultOf(operation, location);
    if (fault.kind() == StorageFault.Kind.FAIL) {
      throw failure(operation, location);
    }
    if (fault.kind() != StorageFault.Kind.LOST_SYNC) {
      effect.run();
    }
    if (fault.kind() == StorageFault.Kind.FAIL_AFTER_EFFECT) {
      throw failure(operation, location);
    }
  }

  /** Takes a reading step; whether what it reads is to be changed. */
  synchronized boolean corrupts(StorageOperation operation, String location) throws IOException {
    StorageFault fault = faultOf(operation, location);
    if (fault.kind() == StorageFault.Kind.FAIL
        || fault.kind() == StorageFault.Kind.FAIL_AFTER_EFFECT) {
      throw failure(operation, location);
    }
    return fault.kind() == StorageFault.Kind.CORRUPT_READ;
  }

  private static IOException failure(StorageOperation operation, String location) {
    return new IOException("injected fault: " + operation + " of " + location);
  }
}
