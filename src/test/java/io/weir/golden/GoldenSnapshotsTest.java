package io.weir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.Configuration;
import io.weir.snapshot.JobId;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.MetadataCodec;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.SnapshotFormat;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.OperatorStateBackend;
import io.weir.state.StateBackendFactory;
import io.weir.state.heap.HeapStateBackendFactory;
import io.weir.state.rocksdb.MemoryDirectory;
import io.weir.state.rocksdb.RocksDBStateBackendFactory;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.CheckpointStorageSettings;
import io.weir.storage.ObjectStorages;
import io.weir.storage.file.FileStorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Restores every golden snapshot in every backend that reads it, with another parallelism. */
class GoldenSnapshotsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/io/weir/golden");

  @TempDir(factory = MemoryDirectory.class)
  private static Path work;

  private static RocksDBStateBackendFactory rocksdb;

  private final GoldenState content = new GoldenState();
  private long now = GoldenState.WRITTEN_AT;

  @BeforeAll
  static void makeFactory() {
    rocksdb =
        new RocksDBStateBackendFactory(
            work,
            ForkJoinPool.commonPool(),
            Configuration.fromMap(Map.of("state.backend.rocksdb.memory.fixed-per-tm", "64 mb")));
  }

  @AfterAll
  static void closeFactory() {
    rocksdb.close();
  }

  private static List<Path> directories(Path parent) throws IOException {
    try (Stream<Path> all = Files.list(parent)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** The directories of all golden snapshots. */
  static List<Path> snapshots() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path version : directories(GOLDEN)) {
      for (Path writer : directories(version)) {
        for (Path directory : directories(writer)) {
          if (Files.exists(directory.resolve("_metadata"))) {
            found.add(directory);
          }
        }
      }
    }
    return found;
  }

  @Test
  void everyVersionHasACheckpointAndASavepointOfEveryBackend() throws IOException {
    for (int version = 1; version <= MetadataCodec.VERSION; version++) {
      for (String writer : List.of("heap", "rocksdb-full", "rocksdb-incremental")) {
        Path directory = GOLDEN.resolve("v" + version).resolve(writer);
        assertThat(directory)
            .as("written by GoldenSnapshotGenerator, once, when a version begins")
            .isDirectory();
        assertThat(snapshots().stream().filter(each -> each.startsWith(directory)))
            .as("snapshots in %s", directory)
            .hasSize(2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("snapshots")
  void itsContentIsRestored(Path directory) throws Exception {
    CheckpointStorage storage =
        new CheckpointStorage(
            ObjectStorages.of(new FileStorageProvider()),
            CheckpointStorageSettings.in(directory.toUri().toString()),
            new JobId(1, 2),
            UUID::randomUUID);
    SnapshotMetadata metadata = storage.read(directory.toUri().toString());
    assertThat(metadata.jobName()).isEqualTo("golden");
    assertThat(metadata.timestampMillis()).isEqualTo(GoldenState.WRITTEN_AT);
    OperatorState operator = metadata.operators().get(0);
    assertThat(operator.coordinator()).isEqualTo(new StateHandle.Inline(new byte[] {1, 2, 3}));
    verifyOperatorState(operator, storage);
    boolean isNative = SnapshotFormat.of(metadata.operators()) == SnapshotFormat.NATIVE;
    assertThat(isNative).isEqualTo(directory.toString().matches(".*incremental[^/]*/chk.*"));
    assertThat(metadata.stored().stream().anyMatch(StateHandle.InSegment.class::isInstance))
        .isEqualTo(directory.toString().matches(".*merged/chk.*"));
    verifyKeyedState(rocksdb, operator, 3, storage);
    if (!isNative) {
      verifyKeyedState(new HeapStateBackendFactory(), operator, 1, storage);
    }
  }

  private void verifyOperatorState(OperatorState operator, CheckpointStorage storage)
      throws Exception {
    List<OperatorStateHandle> handles =
        operator.subtasks().values().stream()
            .flatMap(subtask -> subtask.operator().stream())
            .toList();
    content.verify(new OperatorStateBackend("golden", handles, storage.reader()));
  }

  private void verifyKeyedState(
      StateBackendFactory factory,
      OperatorState operator,
      int parallelism,
      CheckpointStorage storage)
      throws Exception {
    for (int subtask = 0; subtask < parallelism; subtask++) {
      KeyGroupRange range = KeyGroups.rangeOf(subtask, operator.maxParallelism(), parallelism);
      List<KeyedStateHandle> handles =
          operator.subtasks().values().stream()
              .flatMap(each -> each.keyed().stream())
              .filter(handle -> handle.range().intersection(range).size() > 0)
              .toList();
      now = GoldenState.WRITTEN_AT;
      try (KeyedStateBackend<String> backend =
          factory.create(
              new KeyedBackendParameters<>(
                  "golden",
                  GoldenState.KEY,
                  operator.maxParallelism(),
                  range,
                  handles,
                  storage.reader(),
                  () -> now))) {
        content.verify(backend);
        now += Duration.ofHours(1).toMillis();
        content.verifyExpired(backend);
      }
    }
  }
}
