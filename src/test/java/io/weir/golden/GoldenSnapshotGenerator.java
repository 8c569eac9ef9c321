package io.weir.golden;

import io.weir.config.Configuration;
import io.weir.config.ExecutionOptions;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.MetadataCodec;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.SnapshotFormat;
import io.weir.snapshot.SnapshotKind;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.SubtaskState;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.OperatorStateBackend;
import io.weir.state.StateBackendFactory;
import io.weir.state.heap.HeapStateBackendFactory;
import io.weir.state.rocksdb.RocksDBStateBackendFactory;
import io.weir.storage.CheckpointLocation;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.CheckpointStorageSettings;
import io.weir.storage.FileMerging;
import io.weir.storage.ObjectStorages;
import io.weir.storage.file.FileStorageProvider;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Writes the golden snapshots of the version that is written now; run by hand, from the root of the
 * project. What is there is never written anew.
 */
public final class GoldenSnapshotGenerator {
  private static final Path GOLDEN = Path.of("src/test/resources/io/weir/golden");

  private final GoldenState content = new GoldenState();
  private final CheckpointStorage storage;

  private GoldenSnapshotGenerator(Path directory) throws IOException {
    this(directory, FileMerging.OFF);
  }

  private GoldenSnapshotGenerator(Path directory, FileMerging merging) throws IOException {
    if (Files.exists(directory)) {
      throw new FileAlreadyExistsException(
          directory + " exists: a golden snapshot is never written anew");
    }
    Files.createDirectories(directory);
    storage =
        new CheckpointStorage(
            ObjectStorages.of(new FileStorageProvider()),
            // small pieces inline, larger ones as files
            new CheckpointStorageSettings(directory.toUri().toString(), false, 400, 4096, merging),
            new JobId(1, 2),
            UUID::randomUUID);
  }

  /** Needs no arguments. */
  public static void main(String[] arguments) throws Exception {
    Path version = GOLDEN.resolve("v" + MetadataCodec.VERSION);
    new GoldenSnapshotGenerator(version.resolve("heap"))
        .write(new HeapStateBackendFactory(), SnapshotFormat.CANONICAL);
    new GoldenSnapshotGenerator(version.resolve("heap-compressed"))
        .write(
            new HeapStateBackendFactory()
                .configured(new Configuration().set(ExecutionOptions.SNAPSHOT_COMPRESSION, true)),
            SnapshotFormat.CANONICAL);
    FileMerging merging = FileMerging.upTo(1 << 20);
    new GoldenSnapshotGenerator(version.resolve("heap-merged"), merging)
        .write(new HeapStateBackendFactory(), SnapshotFormat.CANONICAL);
    Path work = Files.createTempDirectory("golden");
    for (boolean incremental : List.of(false, true)) {
      Configuration configuration =
          Configuration.fromMap(
              Map.of(
                  "execution.checkpointing.incremental",
                  String.valueOf(incremental),
                  "state.backend.rocksdb.memory.fixed-per-tm",
                  "64 mb"));
      try (RocksDBStateBackendFactory backends =
          new RocksDBStateBackendFactory(work, Runnable::run, configuration)) {
        new GoldenSnapshotGenerator(
                version.resolve(incremental ? "rocksdb-incremental" : "rocksdb-full"))
            .write(backends, incremental ? SnapshotFormat.NATIVE : SnapshotFormat.CANONICAL);
        if (incremental) {
          new GoldenSnapshotGenerator(version.resolve("rocksdb-incremental-merged"), merging)
              .write(backends, SnapshotFormat.NATIVE);
        }
      }
    }
  }

  /** Takes a savepoint and two checkpoints, and keeps the savepoint and the last checkpoint. */
  private void write(StateBackendFactory factory, SnapshotFormat format) throws Exception {
    List<KeyedStateBackend<String>> keyed = new ArrayList<>();
    List<OperatorStateBackend> operator = new ArrayList<>();
    for (int subtask = 0; subtask < GoldenState.PARALLELISM; subtask++) {
      KeyGroupRange range =
          KeyGroups.rangeOf(subtask, GoldenState.MAX_PARALLELISM, GoldenState.PARALLELISM);
      keyed.add(
          factory.create(
              new KeyedBackendParameters<>(
                  "golden",
                  GoldenState.KEY,
                  GoldenState.MAX_PARALLELISM,
                  range,
                  List.of(),
                  storage.reader(),
                  () -> GoldenState.WRITTEN_AT)));
      operator.add(new OperatorStateBackend("golden", List.of(), storage.reader()));
      content.write(keyed.get(subtask), true);
      content.write(operator.get(subtask), subtask);
    }
    CheckpointLocation first = storage.begin(1);
    publish(first, 1, CheckpointType.CHECKPOINT, format, keyed, operator);
    for (KeyedStateBackend<String> backend : keyed) {
      backend.checkpointCompleted(1);
      content.write(backend, false);
    }
    publish(storage.begin(2), 2, CheckpointType.CHECKPOINT, format, keyed, operator);
    publish(
        storage.beginSavepoint(storage.path()),
        3,
        CheckpointType.SAVEPOINT,
        SnapshotFormat.CANONICAL,
        keyed,
        operator);
    storage.discard(1);
    keyed.forEach(KeyedStateBackend::close);
  }

  private static void publish(
      CheckpointLocation location,
      long id,
      CheckpointType type,
      SnapshotFormat format,
      List<KeyedStateBackend<String>> keyed,
      List<OperatorStateBackend> operator)
      throws IOException {
    SortedMap<Integer, SubtaskState> subtasks = new TreeMap<>();
    for (int subtask = 0; subtask < GoldenState.PARALLELISM; subtask++) {
      subtasks.put(
          subtask,
          new SubtaskState(
              List.of(keyed.get(subtask).snapshot(id, type).write(location)),
              List.of(operator.get(subtask).snapshot(id).write(location))));
    }
    OperatorState state =
        new OperatorState(
            new OperatorId(3, 4),
            "golden",
            "golden",
            GoldenState.PARALLELISM,
            GoldenState.MAX_PARALLELISM,
            subtasks,
            new StateHandle.Inline(new byte[] {1, 2, 3}),
            Set.of());
    location.publish(
        new SnapshotMetadata(
            new JobId(1, 2),
            "golden",
            id,
            type.isSavepoint() ? SnapshotKind.SAVEPOINT : SnapshotKind.CHECKPOINT,
            format,
            GoldenState.WRITTEN_AT,
            List.of(state)));
  }
}
