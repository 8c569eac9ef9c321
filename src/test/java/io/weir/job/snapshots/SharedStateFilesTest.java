package io.weir.job.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.checkpoint.SharedFiles;
import io.weir.config.Configuration;
import io.weir.job.history.CheckpointRecord;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.rocksdb.RocksDBStateBackendFactory;
import io.weir.storage.CheckpointLocation;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.CheckpointStorageSettings;
import io.weir.storage.FileMerging;
import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.SampleSnapshots;
import io.weir.testkit.SimulatedCrash;
import io.weir.testkit.StorageFault;
import io.weir.testkit.StorageFaults;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Incremental checkpoints of a real database, while the process ends at any step. */
class SharedStateFilesTest {
  private static final KeyGroupRange RANGE = new KeyGroupRange(0, 15);
  private static final int CHECKPOINTS = 5;

  @TempDir private Path directory;
  private RocksDBStateBackendFactory backends;

  @BeforeEach
  void makeFactory() {
    Configuration configuration = new Configuration();
    configuration.setString("execution.checkpointing.incremental", "true");
    configuration.setString("state.backend.rocksdb.memory.fixed-per-tm", "32 mb");
    configuration.setString("state.backend.rocksdb.checkpoint.transfer.thread.num", "1");
    backends = new RocksDBStateBackendFactory(directory, Runnable::run, configuration);
  }

  @AfterEach
  void closeFactory() {
    backends.close();
  }

  /** A job with one keyed state, its storage, and what the catalog says. */
  private final class Job {
    private final InMemoryStorage disk;
    private final CheckpointStorage storage;
    private final Map<Long, Map<Long, Long>> models = new HashMap<>();

    /** The completed checkpoints that are kept, oldest first. */
    private final Deque<CheckpointRecord> rows = new ArrayDeque<>();

    private final Random random;
    private long lastId;

    Job(long seed, FileMerging merging) throws IOException {
      random = new Random(seed);
      disk = new InMemoryStorage(seed, () -> 1_000_000);
      storage =
          new CheckpointStorage(
              disk.storages(),
              new CheckpointStorageSettings("memory:///checkpoints", true, 100, 4096, merging),
              SampleSnapshots.JOB,
              () -> new UUID(random.nextLong(), random.nextLong()));
    }

    private KeyedStateBackend<Long> restore() throws IOException {
      List<KeyedStateHandle> restored = new ArrayList<>();
      if (!rows.isEmpty()) {
        for (OperatorState operator : storage.read(rows.getLast().path()).operators()) {
          operator.subtasks().values().forEach(each -> restored.addAll(each.keyed()));
        }
      }
      return backends.create(
          new KeyedBackendParameters<>(
              "count", Types.LONG, 16, RANGE, restored, storage.reader(), () -> 0));
    }

    /** Takes checkpoints, each with some changes, and gives up all but the newest. */
    void run(int checkpoints) throws IOException {
      SharedFiles shared = new SharedFiles();
      SharedStateFiles.takeStock(newestFirst(), storage).forEach(shared::completed);
      Map<Long, Long> model =
          new TreeMap<>(rows.isEmpty() ? Map.of() : models.get(rows.getLast().id()));
      try (KeyedStateBackend<Long> backend = restore()) {
        ValueState<Long> state = backend.state(new ValueStateDescriptor<>("count", Long.class));
        for (int count = 0; count < checkpoints; count++) {
          for (int change = 0; change < 40; change++) {
            long key = random.nextInt(60);
            long value = random.nextLong();
            backend.setCurrentKey(key);
            state.update(value);
            model.put(key, value);
          }
          checkpoint(++lastId, backend, shared, model);
        }
      }
    }

    private void checkpoint(
        long id, KeyedStateBackend<Long> backend, SharedFiles shared, Map<Long, Long> model)
        throws IOException {
      models.put(id, new TreeMap<>(model));
      shared.started(id);
      CheckpointLocation location = storage.begin(id, 1);
      SnapshotMetadata metadata =
          SampleSnapshots.keyed(
              id, backend.snapshot(id, CheckpointType.CHECKPOINT).write(location));
      location.subtaskWritten();
      String path = location.publish(metadata);
      rows.addLast(
          CheckpointRecord.started(
                  SampleSnapshots.JOB,
                  id,
                  1,
                  CheckpointType.CHECKPOINT,
                  0,
                  "file:/to-be",
                  List.of())
              .completed(0, path, 0, metadata.sizeBytes()));
      backend.checkpointCompleted(id);
      storage.completed(metadata);
      storage.discardShared(shared.completed(id, storage.sharedFiles(metadata)));
      while (rows.size() > 1) {
        long old = rows.getFirst().id();
        Set<String> unneeded = shared.discarded(old);
        storage.discard(old);
        storage.discardShared(unneeded);
        rows.removeFirst();
      }
    }

    /** What a new process does first. */
    void cleanUp() throws IOException {
      disk.crash();
      disk.setFaults(StorageFaults.NONE);
      for (long id = 1; id <= lastId; id++) {
        long candidate = id;
        if (rows.stream().noneMatch(row -> row.id() == candidate)) {
          storage.discard(id);
        }
      }
      SharedStateFiles.takeStock(newestFirst(), storage);
    }

    /** The restored state is that of the newest row, and nothing else is stored. */
    void verify() throws IOException {
      List<String> referenced = new ArrayList<>();
      for (CheckpointRecord row : rows) {
        try {
          referenced.addAll(storage.sharedFiles(storage.read(row.path())));
        } catch (NoSuchFileException e) {
          assertThat(row).isNotSameAs(rows.getLast());
        }
      }
      assertThat(disk.locations())
          .allMatch(
              file ->
                  referenced.contains(file)
                      || rows.stream().anyMatch(row -> file.startsWith(row.path() + "/")));
      Map<Long, Long> expected = rows.isEmpty() ? Map.of() : models.get(rows.getLast().id());
      Map<Long, Long> found = new TreeMap<>();
      try (KeyedStateBackend<Long> backend = restore()) {
        ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("count", Long.class);
        ValueState<Long> state = backend.state(descriptor);
        backend.forEachKey(descriptor, key -> found.put(key, valueOf(state)));
      }
      assertThat(found).isEqualTo(expected);
    }

    private List<CheckpointRecord> newestFirst() {
      List<CheckpointRecord> newestFirst = new ArrayList<>();
      rows.descendingIterator().forEachRemaining(newestFirst::add);
      return newestFirst;
    }
  }

  private static long valueOf(ValueState<Long> state) {
    try {
      return state.value();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Merged files are as small as to be full sometimes. */
  static List<FileMerging> mergings() {
    return List.of(FileMerging.OFF, FileMerging.upTo(4_000));
  }

  @ParameterizedTest
  @MethodSource("mergings")
  void wheneverTheProcessEnds_theStateIsThatOfTheNewestCheckpointAndNoOrphanIsLeft(
      FileMerging merging) throws IOException {
    int crashed = 0;
    for (int step = 0; ; step += 4) {
      Job job = new Job(step, merging);
      boolean ended = crashAt(job, step);
      job.cleanUp();
      job.verify();
      if (!ended) {
        assertThat(crashed).isGreaterThan(20);
        return;
      }
      crashed++;
      job.run(2);
      job.verify();
    }
  }

  @Test
  void anIncrementalCheckpointRefersToFilesOfTheOneBefore() throws IOException {
    Job job = new Job(1, FileMerging.OFF);
    job.run(1);
    Set<String> before = job.storage.sharedFiles(job.storage.read(job.rows.getLast().path()));
    job.run(1);
    Set<String> after = job.storage.sharedFiles(job.storage.read(job.rows.getLast().path()));
    assertThat(before).isNotEmpty();
    assertThat(after).containsAll(before).hasSizeGreaterThan(before.size());
  }

  private static boolean crashAt(Job job, int step) throws IOException {
    int[] taken = {0};
    job.disk.setFaults(
        (operation, location) -> {
          if (taken[0]++ >= step) {
            throw new SimulatedCrash(operation + " " + location);
          }
          return StorageFault.NONE;
        });
    try {
      job.run(CHECKPOINTS);
      return false;
    } catch (SimulatedCrash crash) {
      return true;
    } catch (IOException e) {
      if (e.getCause() instanceof SimulatedCrash) {
        return true;
      }
      throw e;
    }
  }
}
