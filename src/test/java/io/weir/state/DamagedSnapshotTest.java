package io.weir.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorState;
import io.weir.state.heap.HeapStateBackendFactory;
import io.weir.state.rocksdb.RocksDBStateBackendFactory;
import io.weir.storage.CheckpointLocation;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.CheckpointStorageSettings;
import io.weir.storage.FileMerging;
import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.SampleSnapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real snapshots of all kinds in which one byte is changed, or of which a file is cut short: what
 * is restored is the state as it was, or nothing, with the exception that makes a job fall back.
 */
class DamagedSnapshotTest {
  /** Of each kind of snapshot; {@code -Dweir.mutations=5000} takes a minute. */
  private static final int MUTATIONS = Integer.getInteger("weir.mutations", 150);

  private static final KeyGroupRange RANGE = new KeyGroupRange(0, 15);
  private static final ValueStateDescriptor<Long> COUNT =
      new ValueStateDescriptor<>("count", Types.LONG);
  private static final MapStateDescriptor<String, Long> BY_NAME =
      new MapStateDescriptor<>("by name", Types.STRING, Types.LONG);
  private static final ListStateDescriptor<String> WORDS =
      new ListStateDescriptor<>("words", Types.STRING);

  @TempDir private Path directory;

  private final InMemoryStorage disk = new InMemoryStorage(1, () -> 0);
  private final SplittableRandom random = new SplittableRandom(77);
  private CheckpointStorage storage;

  DamagedSnapshotTest() throws IOException {
    storage = storage(FileMerging.OFF);
  }

  private CheckpointStorage storage(FileMerging merging) throws IOException {
    return new CheckpointStorage(
        disk.storages(),
        new CheckpointStorageSettings("memory:///checkpoints", true, 100, 4096, merging),
        SampleSnapshots.JOB,
        () -> new UUID(random.nextLong(), random.nextLong()));
  }

  private StateBackendFactory factory(
      boolean isRocksDb, boolean isIncremental, boolean isCompressed) {
    Configuration configuration = new Configuration();
    configuration.setString("execution.checkpointing.snapshot-compression", "" + isCompressed);
    if (!isRocksDb) {
      return new HeapStateBackendFactory().configured(configuration);
    }
    configuration.setString("execution.checkpointing.incremental", "" + isIncremental);
    configuration.setString("state.backend.rocksdb.memory.fixed-per-tm", "32 mb");
    configuration.setString("state.backend.rocksdb.checkpoint.transfer.thread.num", "1");
    return new RocksDBStateBackendFactory(directory, Runnable::run, configuration);
  }

  private KeyedStateBackend<String> backend(
      StateBackendFactory factory, List<KeyedStateHandle> restored) throws IOException {
    return factory.create(
        new KeyedBackendParameters<>(
            "count", Types.STRING, 16, RANGE, restored, storage.reader(), () -> 0));
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, false, 0, false",
    "false, false, true, 0, false",
    "false, false, false, 0, true",
    "true, false, false, 0, false",
    "true, false, true, 0, false",
    "true, true, false, 0, false",
    "true, true, false, 1, false",
    "true, true, false, 1, true"
  })
  void aChangedByteOrACutAnywhereIsNoticedOrHarmless(
      boolean isRocksDb, boolean isIncremental, boolean isCompressed, int earlier, boolean isMerged)
      throws Exception {
    if (isMerged) {
      storage = storage(FileMerging.upTo(1 << 20));
    }
    StateBackendFactory factory = factory(isRocksDb, isIncremental, isCompressed);
    try {
      Map<String, String> sound = publish(factory, earlier);
      List<String> files = disk.locations();
      assertThat(files).as("metadata and state").hasSizeGreaterThan(1);
      assertThat(restored(factory)).isEqualTo(sound);
      int noticed = 0;
      for (int i = 0; i < MUTATIONS; i++) {
        String file = files.get(random.nextInt(files.size()));
        byte[] original = disk.content(file);
        disk.overwrite(file, damaged(original));
        try {
          assertThat(restored(factory)).as("mutation %d of %s", i, file).isEqualTo(sound);
        } catch (IOException e) {
          assertThat(causesOf(e))
              .as("it makes the job fall back")
              .contains(CorruptStateException.class);
          noticed++;
        }
        disk.overwrite(file, original);
      }
      // a file of the checkpoint before, which this one does not need, may be damaged
      assertThat(noticed).isGreaterThan(MUTATIONS / 2);
      assertThat(restored(factory)).as("nothing is remembered of the damage").isEqualTo(sound);
    } finally {
      if (factory instanceof RocksDBStateBackendFactory rocksdb) {
        rocksdb.close();
      }
    }
  }

  private static List<Class<?>> causesOf(Throwable thrown) {
    List<Class<?>> causes = new ArrayList<>();
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      causes.add(each.getClass());
    }
    return causes;
  }

  private byte[] damaged(byte[] original) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(original, random.nextInt(original.length));
    }
    byte[] damaged = original.clone();
    damaged[random.nextInt(original.length)] ^= (byte) (1 + random.nextInt(255));
    return damaged;
  }

  /**
   * Publishes checkpoints, the last of them with id 9.
   *
   * @param earlier how many before it
   * @return what the last one holds
   */
  private Map<String, String> publish(StateBackendFactory factory, int earlier) throws Exception {
    try (KeyedStateBackend<String> backend = backend(factory, List.of())) {
      ValueState<Long> count = backend.state(COUNT);
      MapState<String, Long> byName = backend.state(BY_NAME);
      ListState<String> words = backend.state(WORDS);
      for (long id = 9L - earlier; id <= 9; id++) {
        for (int change = 0; change < 60; change++) {
          backend.setCurrentKey("key " + random.nextInt(40));
          count.update(random.nextLong());
          byName.put("name " + random.nextInt(5), random.nextLong());
          words.add("w".repeat(random.nextInt(20)));
        }
        CheckpointLocation location = storage.begin(id);
        KeyedStateHandle handle = backend.snapshot(id, CheckpointType.CHECKPOINT).write(location);
        String unused = location.publish(SampleSnapshots.keyed(id, handle));
        backend.checkpointCompleted(id);
      }
      return contents(backend);
    }
  }

  /** All that the checkpoint holds, if it can be restored. */
  private Map<String, String> restored(StateBackendFactory factory) throws Exception {
    List<KeyedStateHandle> handles = new ArrayList<>();
    for (OperatorState operator : storage.read(storage.pathOf(9)).operators()) {
      operator.subtasks().values().forEach(each -> handles.addAll(each.keyed()));
    }
    try (KeyedStateBackend<String> backend = backend(factory, handles)) {
      return contents(backend);
    }
  }

  private static Map<String, String> contents(KeyedStateBackend<String> backend) throws Exception {
    ValueState<Long> count = backend.state(COUNT);
    MapState<String, Long> byName = backend.state(BY_NAME);
    ListState<String> words = backend.state(WORDS);
    Map<String, String> contents = new TreeMap<>();
    for (int key = 0; key < 40; key++) {
      backend.setCurrentKey("key " + key);
      Map<String, Long> names = new TreeMap<>();
      for (Map.Entry<String, Long> each : byName.entries()) {
        names.put(each.getKey(), each.getValue());
      }
      List<String> all = new ArrayList<>();
      words.get().forEach(all::add);
      contents.put("key " + key, count.value() + " " + names + " " + all);
    }
    return contents;
  }
}
