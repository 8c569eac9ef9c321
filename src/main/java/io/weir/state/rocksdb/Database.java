package io.weir.state.rocksdb;

import io.weir.snapshot.StateDescription;
import io.weir.state.StateException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteOptions;

/**
 * Owns one open database with everything native that belongs to it, and closes it when its last
 * lease has ended. Used by the task's thread, except what a lease allows.
 */
final class Database {

  /** What is done with the database, and may fail. */
  @FunctionalInterface
  interface Action<T> {
    T run() throws RocksDBException;
  }

  /** What changes the database, and may fail. */
  @FunctionalInterface
  interface Change {
    void run() throws RocksDBException;
  }

  /** Takes stored entries. */
  @FunctionalInterface
  interface Entries<E extends Exception> {
    /**
     * Takes one.
     *
     * @return whether more are wanted
     */
    boolean accept(byte[] key, byte[] value) throws E;
  }

  private final String operatorName;
  private final Path directory;

  /** Everything native, in the order in which it was made. */
  private final List<AutoCloseable> owned = new ArrayList<>();

  private final ColumnFamilyOptions familyOptions;
  private final ReadOptions readOptions;
  private final RocksDB database;
  private final Map<String, Family> families = new LinkedHashMap<>();
  private final WriteOptions writeOptions;
  private int nextNumber;

  /** The task's, and one for each snapshot that is being written; guarded by this object. */
  private int leases = 1;

  private byte[] buffer = new byte[256];

  private final Runnable whenClosed;

  /**
   * Opens the database in a directory, or makes one there.
   *
   * @param states its column families, by name
   * @param whenClosed called once when the last lease has ended
   */
  Database(
      String operatorName,
      Path directory,
      DatabaseOptions options,
      Map<String, StateDescription> states,
      Runnable whenClosed) {
    this.operatorName = operatorName;
    this.directory = directory;
    this.whenClosed = whenClosed;
    try {
      familyOptions = options.columnFamily(owned);
      owned.add(familyOptions);
      DBOptions databaseOptions = options.database();
      owned.add(databaseOptions);
      readOptions = new ReadOptions();
      owned.add(readOptions);
      writeOptions = new WriteOptions().setDisableWAL(true);
      owned.add(writeOptions);
      database = open(databaseOptions, states);
    } catch (RocksDBException e) {
      closeOwned();
      throw failure(e);
    } catch (RuntimeException e) {
      closeOwned();
      throw e;
    }
  }

  private RocksDB open(DBOptions options, Map<String, StateDescription> states)
      throws RocksDBException {
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, familyOptions));
    List<String> names = List.copyOf(states.keySet());
    for (String name : names) {
      descriptors.add(descriptor(name));
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    RocksDB opened = RocksDB.open(options, directory.toString(), descriptors, handles);
    owned.add(opened);
    owned.addAll(handles);
    for (int index = 0; index < names.size(); index++) {
      String name = names.get(index);
      families.put(name, new Family(name, states.get(name), handles.get(index + 1)));
      nextNumber = Math.max(nextNumber, Family.numberOf(name) + 1);
    }
    return opened;
  }

  private ColumnFamilyDescriptor descriptor(String name) {
    return new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.US_ASCII), familyOptions);
  }

  Path directory() {
    return directory;
  }

  RocksDB rocks() {
    return database;
  }

  ColumnFamilyOptions familyOptions() {
    return familyOptions;
  }

  /** The column families that hold states. */
  List<Family> families() {
    return List.copyOf(families.values());
  }

  Batch batch(int limitBytes) {
    return new Batch(database, writeOptions, limitBytes);
  }

  /** Makes a column family for the entries of a state. */
  Family createEntries(StateDescription description) {
    return create(Family.nameOfEntries(nextNumber++), description);
  }

  /** Makes a column family for blocks of a canonical snapshot. */
  Family createBlocks(StateDescription description) {
    return create(Family.nameOfBlocks(nextNumber++), description);
  }

  private Family create(String name, StateDescription description) {
    ColumnFamilyHandle handle = run(() -> database.createColumnFamily(descriptor(name)));
    owned.add(handle);
    Family family = new Family(name, description, handle);
    families.put(name, family);
    return family;
  }

  /** Removes a column family; its bytes stay as long as a view of the database may read them. */
  void drop(Family family) {
    change(() -> database.dropColumnFamily(family.handle()));
    families.remove(family.name());
  }

  /**
   * Reads a value.
   *
   * @param key of which the first {@code keyLength} bytes count
   * @return its length, or -1 if there is none; its bytes stand in {@link #read()} until the next
   *     call
   */
  int get(Family family, byte[] key, int keyLength) {
    try {
      int length = get0(family, key, keyLength);
      if (length > buffer.length) {
        buffer = new byte[Math.max(length, 2 * buffer.length)];
        length = get0(family, key, keyLength);
      }
      return length == RocksDB.NOT_FOUND ? -1 : length;
    } catch (RocksDBException e) {
      throw failure(e);
    }
  }

  private int get0(Family family, byte[] key, int keyLength) throws RocksDBException {
    return database.get(family.handle(), readOptions, key, 0, keyLength, buffer, 0, buffer.length);
  }

  byte[] read() {
    return buffer;
  }

  /** Reads many values at once; absent ones are null. */
  List<byte[]> getAll(Family family, List<byte[]> keys) {
    List<ColumnFamilyHandle> handles = new ArrayList<>(keys.size());
    for (int index = 0; index < keys.size(); index++) {
      handles.add(family.handle());
    }
    return run(() -> database.multiGetAsList(readOptions, handles, keys));
  }

  boolean isEmpty(Family family) {
    boolean[] empty = {true};
    scan(
        family,
        KeyLayout.startOf(0),
        (key, value) -> {
          empty[0] = false;
          return false;
        });
    return empty[0];
  }

  /** Goes through the entries from a key on, in their order, as far as they are wanted. */
  <E extends Exception> void scan(Family family, byte[] from, Entries<E> entries) throws E {
    try (RocksIterator each = database.newIterator(family.handle(), readOptions)) {
      each.seek(from);
      while (each.isValid() && entries.accept(each.key(), each.value())) {
        each.next();
      }
      each.status();
    } catch (RocksDBException e) {
      throw failure(e);
    }
  }

  /** Whether there is no entry in any column family. */
  boolean isEmpty() {
    return families.values().stream().allMatch(this::isEmpty);
  }

  /** Links the present files into a new directory; what is in memory is written first. */
  void linkFiles(Path target) {
    try (Checkpoint checkpoint = Checkpoint.create(database)) {
      checkpoint.createCheckpoint(target.toString());
    } catch (RocksDBException e) {
      throw failure(e);
    }
  }

  /** Removes all entries from one key up to another, exclusive, in all column families. */
  void deleteRange(byte[] from, byte[] to, boolean wholeFilesFirst) {
    if (Arrays.compareUnsigned(from, to) >= 0) {
      return;
    }
    for (Family family : families.values()) {
      change(
          () -> {
            if (wholeFilesFirst) {
              database.deleteFilesInRanges(family.handle(), List.of(from, to), false);
            }
            database.deleteRange(family.handle(), writeOptions, from, to);
          });
    }
  }

  /** Fixes the present content, for one who holds a lease. */
  View view() {
    return new View(List.copyOf(families.values()), database.getSnapshot());
  }

  /** Ends the task's lease. */
  void close() {
    endLease();
  }

  /** The database stays open until one more lease has ended. */
  synchronized void beginLease() {
    if (leases == 0) {
      throw new IllegalStateException("the database in " + directory + " is closed");
    }
    leases++;
  }

  synchronized void endLease() {
    leases--;
    if (leases == 0) {
      closeOwned();
      whenClosed.run();
    }
  }

  private void closeOwned() {
    for (int index = owned.size() - 1; index >= 0; index--) {
      try {
        owned.get(index).close();
      } catch (Exception e) {
        throw new IllegalStateException("closing a native object has failed", e);
      }
    }
    owned.clear();
  }

  void change(Change change) {
    try {
      change.run();
    } catch (RocksDBException e) {
      throw failure(e);
    }
  }

  <T> T run(Action<T> action) {
    try {
      return action.run();
    } catch (RocksDBException e) {
      throw failure(e);
    }
  }

  private StateException failure(RocksDBException e) {
    return new StateException(
        "operator '"
            + operatorName
            + "': the RocksDB database in "
            + directory
            + " has failed: "
            + e.getMessage()
            + "; see whether the disk is full, and RocksDB's own log LOG in that directory; the"
            + " job's restart begins with a new one",
        e);
  }

  /** The content at one time. Belongs to the thread that writes the snapshot. */
  final class View implements AutoCloseable {
    private final List<Family> present;
    private final Snapshot snapshot;
    private final ReadOptions options;

    private View(List<Family> present, Snapshot snapshot) {
      this.present = present;
      this.snapshot = snapshot;
      // what a snapshot reads should not drive out what the task needs
      this.options = new ReadOptions().setSnapshot(snapshot).setFillCache(false);
    }

    List<Family> families() {
      return present;
    }

    /** An iterator over a column family; the caller closes it. */
    RocksIterator iterator(Family family) {
      return database.newIterator(family.handle(), options);
    }

    @Override
    public void close() {
      options.close();
      database.releaseSnapshot(snapshot);
    }
  }
}
