package io.weir.job;

import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.checkpoint.SharedFiles;
import io.weir.config.Configuration;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.snapshots.SharedStateFiles;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.snapshot.StateWriter;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.rocksdb.RocksDBStateBackendFactory;
import io.weir.storage.CheckpointLocation;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.CheckpointStorageSettings;
import io.weir.storage.ObjectStorages;
import io.weir.storage.file.FileStorageProvider;
import io.weir.testkit.SampleSnapshots;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Takes incremental checkpoints of a database, one after the other, until it is killed. First it
 * takes up what the process before it has left, and checks that the state is that of the newest
 * completed checkpoint and that one clean-up leaves no orphan.
 *
 * <p>The changes between two checkpoints follow from the number of the later one, so what the state
 * must be is known without any process's help. In the place of the catalog is a file with a line
 * for each completed checkpoint.
 */
final class CheckpointingProcess {
  static final String READY = "READY";
  static final String PAUSED = "PAUSED";

  /** Where the process may be told to wait for its end. */
  enum Place {
    UPLOAD,
    BEFORE_ROW,
    AFTER_ROW,
    NOWHERE
  }

  private static final int CHANGES = 2_000;
  private static final int KEYS = 20_000;
  private static final int RETAINED = 2;
  private static final ValueStateDescriptor<String> VALUE =
      new ValueStateDescriptor<>("value", String.class);

  private final Path rows;
  private final Path checkpoints;
  private final CheckpointStorage storage;
  private final Place place;
  private final long checkpointsBefore;
  private final SharedFiles shared = new SharedFiles();

  /** Those that are kept, oldest first. */
  private final List<CheckpointRecord> completed = new ArrayList<>();

  private CheckpointingProcess(Path directory, Place place, long checkpointsBefore)
      throws IOException {
    this.rows = directory.resolve("rows");
    this.checkpoints = directory.resolve("checkpoints");
    this.place = place;
    this.checkpointsBefore = checkpointsBefore;
    this.storage =
        new CheckpointStorage(
            ObjectStorages.of(new FileStorageProvider()),
            new CheckpointStorageSettings(checkpoints.toUri().toString(), true, 100, 4096),
            SampleSnapshots.JOB,
            UUID::randomUUID);
  }

  /** Arguments: a directory, where to wait, and how many checkpoints to take before that. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Configuration configuration = new Configuration();
    configuration.setString("execution.checkpointing.incremental", "true");
    configuration.setString("state.backend.rocksdb.memory.fixed-per-tm", "64 mb");
    configuration.setString("state.backend.rocksdb.log.level", "INFO_LEVEL");
    configuration.setString("state.backend.rocksdb.log.dir", logDirectory(directory).toString());
    Files.createDirectories(logDirectory(directory));
    try (RocksDBStateBackendFactory backends =
        new RocksDBStateBackendFactory(
            directory.resolve("work"), ForkJoinPool.commonPool(), configuration)) {
      new CheckpointingProcess(directory, Place.valueOf(arguments[1]), Long.parseLong(arguments[2]))
          .run(backends);
    }
  }

  /** Where the database says when it compacts. */
  static Path logDirectory(Path directory) {
    return directory.resolve("log");
  }

  private void run(RocksDBStateBackendFactory backends) throws IOException {
    readRows();
    cleanUp();
    try (KeyedStateBackend<Long> backend = restore(backends)) {
      verifyState(backend);
      verifyNoOrphan();
      long last = lastCheckpoint();
      say(READY + " " + last);
      for (long id = last + 1; ; id++) {
        changes(id, backend);
        checkpoint(id, backend, id > last + checkpointsBefore);
      }
    }
  }

  private static void say(String text) {
    System.out.println(text);
    System.out.flush();
  }

  private static void pause() {
    say(PAUSED);
    while (true) {
      LockSupport.park();
    }
  }

  private long lastCheckpoint() {
    return completed.isEmpty() ? 0 : completed.get(completed.size() - 1).id();
  }

  private void readRows() throws IOException {
    if (!Files.exists(rows)) {
      return;
    }
    for (String row : Files.readAllLines(rows)) {
      String[] parts = row.split(" ", 2);
      completed.add(row(Long.parseLong(parts[0]), parts[1]));
    }
    while (completed.size() > RETAINED) {
      completed.remove(0);
    }
  }

  private static CheckpointRecord row(long id, String path) {
    return CheckpointRecord.started(
            SampleSnapshots.JOB, id, 1, CheckpointType.CHECKPOINT, 0, path, List.of())
        .completed(0, path, 0, 0);
  }

  private List<CheckpointRecord> newestFirst() {
    List<CheckpointRecord> newestFirst = new ArrayList<>(completed);
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  private void cleanUp() throws IOException {
    long last = lastCheckpoint();
    for (long id = Math.max(1, last - RETAINED - 1); id <= last + 1; id++) {
      long candidate = id;
      if (completed.stream().noneMatch(row -> row.id() == candidate)) {
        storage.discard(id);
      }
    }
    SharedStateFiles.takeStock(newestFirst(), storage).forEach(shared::completed);
  }

  private KeyedStateBackend<Long> restore(RocksDBStateBackendFactory backends) throws IOException {
    List<KeyedStateHandle> restored = new ArrayList<>();
    if (!completed.isEmpty()) {
      for (OperatorState operator : storage.read(newestFirst().get(0).path()).operators()) {
        operator.subtasks().values().forEach(each -> restored.addAll(each.keyed()));
      }
    }
    return backends.create(
        new KeyedBackendParameters<>(
            "values",
            Types.LONG,
            16,
            new KeyGroupRange(0, 15),
            restored,
            storage.reader(),
            () -> 0));
  }

  private void verifyState(KeyedStateBackend<Long> backend) throws IOException {
    Map<Long, String> expected = new TreeMap<>();
    for (long id = 1; id <= lastCheckpoint(); id++) {
      Random random = new Random(id);
      for (int change = 0; change < CHANGES; change++) {
        expected.put(key(random), value(id, change));
      }
    }
    Map<Long, String> found = new TreeMap<>();
    ValueState<String> state = backend.state(VALUE);
    List<Long> keys = new ArrayList<>();
    backend.forEachKey(VALUE, keys::add);
    for (long key : keys) {
      backend.setCurrentKey(key);
      found.put(key, state.value());
    }
    if (!found.equals(expected)) {
      throw new AssertionError(
          "restored state is not that of checkpoint "
              + lastCheckpoint()
              + ": "
              + found.size()
              + " keys instead of "
              + expected.size());
    }
  }

  private void verifyNoOrphan() throws IOException {
    Set<String> known = new java.util.HashSet<>();
    for (CheckpointRecord each : completed) {
      try {
        SnapshotMetadata metadata = storage.read(each.path());
        known.add(each.path() + "/_metadata");
        metadata.stored().forEach(file -> known.add(file.location()));
      } catch (NoSuchFileException e) {
        if (each.id() == lastCheckpoint()) {
          throw e;
        }
      }
    }
    if (!Files.exists(checkpoints)) {
      return;
    }
    try (Stream<Path> files = Files.walk(checkpoints)) {
      List<String> orphans =
          files
              .filter(Files::isRegularFile)
              .map(file -> "file://" + file)
              .filter(file -> !known.contains(file))
              .toList();
      if (!orphans.isEmpty()) {
        throw new AssertionError("left after the clean-up: " + orphans + ", known: " + known);
      }
    }
  }

  private static long key(Random random) {
    return random.nextInt(KEYS);
  }

  private static String value(long id, int change) {
    return ("value " + id + " " + change + " ").repeat(8);
  }

  private static void changes(long id, KeyedStateBackend<Long> backend) throws IOException {
    ValueState<String> state = backend.state(VALUE);
    Random random = new Random(id);
    for (int change = 0; change < CHANGES; change++) {
      backend.setCurrentKey(key(random));
      state.update(value(id, change));
    }
  }

  private void checkpoint(long id, KeyedStateBackend<Long> backend, boolean mayPause)
      throws IOException {
    shared.started(id);
    CheckpointLocation location = storage.begin(id);
    StateWriter writer = mayPause && place == Place.UPLOAD ? new PausingWriter(location) : location;
    KeyedStateHandle handle = backend.snapshot(id, CheckpointType.CHECKPOINT).write(writer);
    SnapshotMetadata metadata = SampleSnapshots.keyed(id, handle);
    String path = location.publish(metadata);
    if (mayPause && place == Place.BEFORE_ROW) {
      pause();
    }
    appendRow(id, path);
    if (mayPause && place == Place.AFTER_ROW) {
      pause();
    }
    completed.add(row(id, path));
    backend.checkpointCompleted(id);
    storage.discardShared(shared.completed(id, storage.sharedFiles(metadata)));
    while (completed.size() > RETAINED) {
      long old = completed.remove(0).id();
      Set<String> unneeded = shared.discarded(old);
      storage.discard(old);
      storage.discardShared(unneeded);
    }
  }

  private void appendRow(long id, String path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            rows, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      channel.write(ByteBuffer.wrap((id + " " + path + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
  }

  /** Waits for the process's end when a table is half written. */
  private record PausingWriter(CheckpointLocation location) implements StateWriter {
    @Override
    public StateOutput create() throws IOException {
      return location.create();
    }

    @Override
    public StateOutput createShared(Path source) throws IOException {
      StateOutput half = location.createShared(source);
      half.write(new byte[50_000]);
      half.flush();
      pause();
      return half;
    }

    @Override
    public boolean mayRefer(StateHandle piece) {
      return location.mayRefer(piece);
    }
  }
}
