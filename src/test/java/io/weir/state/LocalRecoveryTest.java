package io.weir.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.state.heap.HeapStateBackendFactory;
import io.weir.state.rocksdb.RocksDBStateBackendFactory;
import io.weir.storage.CheckpointLocation;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.CheckpointStorageSettings;
import io.weir.storage.LocalBackup;
import io.weir.storage.ObjectStorages;
import io.weir.storage.file.FileStorageProvider;
import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.SampleSnapshots;
import io.weir.testkit.StorageFault;
import io.weir.testkit.StorageFaults;
import io.weir.testkit.StorageOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keyed state is restored from the copies on the local disk, and from the store without them. */
class LocalRecoveryTest {
  private static final ValueStateDescriptor<Long> COUNT =
      new ValueStateDescriptor<>("count", Types.LONG);
  private static final KeyGroupRange RANGE = new KeyGroupRange(0, 15);
  private static final long KEYS = 3_000;

  @TempDir private Path directory;

  private final InMemoryStorage store = new InMemoryStorage(1, () -> 0);
  private final SplittableRandom random = new SplittableRandom(3);
  private LocalBackup backup;
  private CheckpointStorage storage;

  private void open() throws IOException {
    backup =
        new LocalBackup(
            ObjectStorages.of(new FileStorageProvider()),
            List.of(directory.resolve("local").toString()),
            SampleSnapshots.JOB);
    storage =
        new CheckpointStorage(
                store.storages(),
                new CheckpointStorageSettings("memory:///checkpoints", true, 0, 4096),
                SampleSnapshots.JOB,
                () -> new UUID(random.nextLong(), random.nextLong()))
            .with(backup);
  }

  private StateBackendFactory factory(String name) {
    if (name.equals("heap")) {
      return new HeapStateBackendFactory();
    }
    Configuration configuration = new Configuration();
    configuration.setString("execution.checkpointing.incremental", "true");
    configuration.setString("state.backend.rocksdb.memory.fixed-per-tm", "32 mb");
    return new RocksDBStateBackendFactory(directory.resolve(name), Runnable::run, configuration);
  }

  private KeyedStateBackend<Long> backend(
      StateBackendFactory factory, List<KeyedStateHandle> restored) throws IOException {
    return factory.create(
        new KeyedBackendParameters<>(
            "count", Types.LONG, 16, RANGE, restored, storage.reader(), () -> 0));
  }

  private KeyedStateHandle checkpoint(KeyedStateBackend<Long> backend, long id) throws IOException {
    CheckpointLocation location = storage.begin(id);
    KeyedStateHandle handle = backend.snapshot(id, CheckpointType.CHECKPOINT).write(location);
    backend.checkpointCompleted(id);
    backup.completed(SampleSnapshots.keyed(id, handle));
    return handle;
  }

  /** The second of two checkpoints, which shares files with the first if the backend can. */
  private KeyedStateHandle written(StateBackendFactory factory) throws Exception {
    try (KeyedStateBackend<Long> backend = backend(factory, List.of())) {
      ValueState<Long> count = backend.state(COUNT);
      for (long key = 0; key < KEYS; key++) {
        backend.setCurrentKey(key);
        count.update(key);
      }
      KeyedStateHandle unused = checkpoint(backend, 1);
      for (long key = 0; key < KEYS; key += 100) {
        backend.setCurrentKey(key);
        count.update(-key);
      }
      return checkpoint(backend, 2);
    }
  }

  private void verify(KeyedStateBackend<Long> backend) throws Exception {
    ValueState<Long> count = backend.state(COUNT);
    for (long key = 0; key < KEYS; key++) {
      backend.setCurrentKey(key);
      assertThat(count.value()).isEqualTo(key % 100 == 0 ? -key : key);
    }
  }

  private List<Path> copies() throws IOException {
    try (Stream<Path> all = Files.walk(directory.resolve("local"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private void refuseReads() {
    store.setFaults(
        (operation, location) ->
            operation == StorageOperation.OPEN ? StorageFault.FAIL : StorageFault.NONE);
  }

  private static void close(StateBackendFactory factory) {
    if (factory instanceof RocksDBStateBackendFactory rocksdb) {
      rocksdb.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"heap", "rocksdb"})
  void aStoreThatRefusesToReadIsNoHarmWhereThereAreCopies(String name) throws Exception {
    open();
    StateBackendFactory first = factory(name);
    KeyedStateHandle handle = written(first);
    close(first);
    assertThat(copies()).hasSameSizeAs(handle.pieces());

    open();
    refuseReads();
    StateBackendFactory second = factory(name);
    try (KeyedStateBackend<Long> restored = backend(second, List.of(handle))) {
      verify(restored);
      Optional<String> report = backup.takeReport();
      assertThat(report.orElseThrow())
          .startsWith("state was read from " + handle.pieces().size() + " files (")
          .contains("and 0 files");
      backup.remove();
      verify(restored);
    } finally {
      close(second);
    }
    assertThat(copies()).isEmpty();

    // without them the store is asked
    StateBackendFactory third = factory(name);
    try {
      assertThatThrownBy(() -> backend(third, List.of(handle))).isInstanceOf(IOException.class);
      store.setFaults(StorageFaults.NONE);
      try (KeyedStateBackend<Long> restored = backend(third, List.of(handle))) {
        verify(restored);
      }
    } finally {
      close(third);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"heap", "rocksdb"})
  void aCopyInWhichAByteHasChangedIsReplacedByWhatIsStored(String name) throws Exception {
    open();
    StateBackendFactory first = factory(name);
    KeyedStateHandle handle = written(first);
    close(first);
    for (Path copy : copies()) {
      byte[] bytes = Files.readAllBytes(copy);
      bytes[bytes.length / 2] ^= 1;
      Files.write(copy, bytes);
    }

    open();
    StateBackendFactory second = factory(name);
    try (KeyedStateBackend<Long> restored = backend(second, List.of(handle))) {
      verify(restored);
      assertThat(backup.takeReport().orElseThrow()).contains("from 0 files");
      assertThat(copies()).isEmpty();
    } finally {
      close(second);
    }
  }
}
