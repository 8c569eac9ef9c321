package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.StreamJob;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.CheckpointedFunction;
import io.weir.api.functions.FunctionInitializationContext;
import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.state.BroadcastState;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.OperatorRecord;
import io.weir.job.history.VertexRecord;
import io.weir.job.local.InMemoryCatalog;
import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.Compression;
import io.weir.snapshot.DatabaseKeyedState;
import io.weir.snapshot.JobId;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorSizes;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.StateSize;
import io.weir.snapshot.SubtaskState;
import io.weir.state.StateBackendFactory;
import io.weir.state.heap.HeapStateBackendFactory;
import io.weir.state.rocksdb.RocksDBStateBackendFactory;
import io.weir.storage.ObjectStorages;
import io.weir.storage.SnapshotReader;
import io.weir.storage.file.FileStorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sizes of an operator's states, and of what is of no state, add up to the operator, and all
 * operators to the checkpoint; that is held against its metadata and the files on the disk.
 */
class StateSizesJobTest {
  private static final int SUBTASKS = 2;
  private static final int PER_CHECKPOINT = 300;
  private static final long KEYS = 50;

  @TempDir private Path directory;

  /** Has keyed state, timers, and operator state of every kind. */
  private static final class KeepsAll extends KeyedProcessFunction<Long, Long, Long>
      implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private transient ListState<Long> list;
    private transient ListState<String> union;
    private transient BroadcastState<String, Long> broadcast;
    private transient ValueState<Long> value;
    private transient MapState<Long, String> map;

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      var states = context.getOperatorStateStore();
      list = states.getListState(new ListStateDescriptor<>("list", Types.LONG));
      union = states.getUnionListState(new ListStateDescriptor<>("union", Types.STRING));
      broadcast =
          states.getBroadcastState(new MapStateDescriptor<>("broadcast", Types.STRING, Types.LONG));
    }

    @Override
    public void open(OpenContext context) {
      value = getRuntimeContext().getState(new ValueStateDescriptor<>("value", Types.LONG));
      map =
          getRuntimeContext()
              .getMapState(new MapStateDescriptor<>("map", Types.LONG, Types.STRING));
    }

    @Override
    public void processElement(Long number, Context context, Collector<Long> out) throws Exception {
      value.update(number);
      map.put(number, "the number " + number);
      list.add(number);
      union.add("number " + number);
      broadcast.put("last", number);
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE - number);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {}
  }

  private record Job(Map<String, String> options) implements StreamJob {
    @Override
    public String name() {
      return "sizes";
    }

    @Override
    public void define(StreamExecutionEnvironment env) {
      env.setParallelism(SUBTASKS);
      env.setMaxParallelism(16);
      env.enableCheckpointing(TimeUnit.HOURS.toMillis(1));
      Map<String, String> all = new HashMap<>(options);
      all.put("execution.checkpointing.data-inline-threshold", "0");
      all.put("execution.checkpointing.num-retained", "1000");
      env.configure(Configuration.fromMap(all));
      env.fromSource(
              PacedSource.of(1_000_000, PER_CHECKPOINT),
              WatermarkStrategy.noWatermarks(),
              "numbers",
              Types.LONG)
          .uid("numbers")
          .keyBy(number -> number % KEYS, Types.LONG)
          .process(new KeepsAll())
          .returns(Types.LONG)
          .uid("keeps all")
          .print();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hashmap",
        "hashmap compressed",
        "hashmap merged",
        "rocksdb",
        "rocksdb compressed",
        "rocksdb incremental",
        "rocksdb incremental merged"
      })
  @SuppressWarnings("try") // a backend without native memory has nothing to close
  void theSizesAddUp(String kind) throws Exception {
    Path checkpoints = directory.resolve("checkpoints");
    StateBackendFactory backend =
        kind.startsWith("rocksdb")
            ? new RocksDBStateBackendFactory(
                directory.resolve("rocksdb"), ForkJoinPool.commonPool(), new Configuration())
            : new HeapStateBackendFactory();
    try (AutoCloseable closed = backend instanceof AutoCloseable each ? each : () -> {};
        TestServer server =
            new TestServer(new InMemoryCatalog(), checkpoints, backend)
                .with(new Job(options(kind)))) {
      JobId id = server.dispatcher().start("sizes");
      try {
        CheckpointRecord first = checkpointWithEveryState(server, id);
        server.awaitBlockingWork();
        long before = bytesOnDisk(checkpoints);
        CheckpointRecord second = checkpoint(server, id);
        server.awaitBlockingWork();

        assertAddsUp(first);
        assertAddsUp(second);
        assertThat(second.writtenBytes())
            .as("bytes that the disk has got, beside the metadata")
            .isEqualTo(bytesOnDisk(checkpoints) - before);
        if (kind.contains("incremental")) {
          assertThat(second.writtenBytes()).isLessThan(second.stateBytes());
        }
      } finally {
        server.cancel(id);
      }
    }
  }

  private static Map<String, String> options(String kind) {
    return Map.of(
        "state.backend.type", kind.startsWith("rocksdb") ? "rocksdb" : "hashmap",
        "execution.checkpointing.incremental", "" + kind.contains("incremental"),
        "execution.checkpointing.snapshot-compression", "" + kind.contains("compressed"),
        "execution.checkpointing.file-merging.enabled", "" + kind.contains("merged"));
  }

  /** A checkpoint in which all subtasks have processed something. */
  private static CheckpointRecord checkpointWithEveryState(TestServer server, JobId id)
      throws Exception {
    TestServer.until(
        () ->
            kindsOf(checkpoint(server, id))
                .equals(
                    EnumSet.of(
                        StateKind.VALUE,
                        StateKind.MAP,
                        StateKind.TIMERS,
                        StateKind.OPERATOR_LIST,
                        StateKind.OPERATOR_UNION,
                        StateKind.BROADCAST)));
    return checkpoint(server, id);
  }

  private static CheckpointRecord checkpoint(TestServer server, JobId id) throws Exception {
    TestServer.until(
        () ->
            server
                    .dispatcher()
                    .checkpoint(id, CheckpointType.CHECKPOINT)
                    .exceptionally(notYet -> 0L)
                    .get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS)
                > 0);
    return server.restorePoints(id).get(0);
  }

  private static EnumSet<StateKind> kindsOf(CheckpointRecord checkpoint) {
    EnumSet<StateKind> kinds = EnumSet.noneOf(StateKind.class);
    operatorsOf(checkpoint)
        .filter(operator -> "keeps all".equals(operator.uid()))
        .forEach(operator -> operator.sizes().states().forEach(state -> kinds.add(state.kind())));
    return kinds;
  }

  private static Stream<OperatorRecord> operatorsOf(CheckpointRecord checkpoint) {
    return checkpoint.vertices().stream().flatMap(vertex -> vertex.operators().stream());
  }

  private static void assertAddsUp(CheckpointRecord checkpoint) throws IOException {
    SnapshotMetadata metadata =
        new SnapshotReader(ObjectStorages.of(new FileStorageProvider())).read(checkpoint.path());
    List<OperatorState> present =
        metadata.operators().stream().filter(operator -> operator.sizeBytes() > 0).toList();
    assertThat(operatorsOf(checkpoint).map(OperatorRecord::id))
        .containsExactlyInAnyOrderElementsOf(present.stream().map(OperatorState::id).toList());
    for (OperatorState operator : present) {
      OperatorSizes sizes =
          operatorsOf(checkpoint)
              .filter(each -> each.id().equals(operator.id()))
              .findFirst()
              .orElseThrow()
              .sizes();
      assertIsOf(operator, sizes);
    }
    for (VertexRecord vertex : checkpoint.vertices()) {
      assertThat(sum(vertex, OperatorSizes::writtenBytes)).isEqualTo(vertex.stateBytes());
      assertThat(sum(vertex, sizes -> sizes.fullBytes() - sizes.coordinatorBytes()))
          .isEqualTo(vertex.fullBytes());
    }
    assertThat(operatorsOf(checkpoint).mapToLong(each -> each.sizes().fullBytes()).sum())
        .isEqualTo(checkpoint.stateBytes());
    assertThat(operatorsOf(checkpoint).mapToLong(each -> each.sizes().writtenBytes()).sum())
        .isEqualTo(checkpoint.writtenBytes());
  }

  private static long sum(VertexRecord vertex, ToLongFunction<OperatorSizes> figure) {
    return vertex.operators().stream().map(OperatorRecord::sizes).mapToLong(figure).sum();
  }

  /** The sizes of states, kind by kind, are those of the handles with such states. */
  private static void assertIsOf(OperatorState operator, OperatorSizes sizes) {
    assertThat(sizes.fullBytes()).isEqualTo(operator.sizeBytes());
    assertThat(sizes.coordinatorBytes())
        .isEqualTo(operator.coordinator() == null ? 0 : operator.coordinator().sizeBytes());
    assertThat(sizes.inFlightBytes()).isZero();
    long keyed = 0;
    long operatorBytes = 0;
    long leastRest = 0;
    long mostRest = 0;
    for (SubtaskState subtask : operator.subtasks().values()) {
      for (KeyedStateHandle handle : subtask.keyed()) {
        keyed += handle.sizeBytes();
        leastRest += restOf(handle, false);
        mostRest += restOf(handle, true);
      }
      operatorBytes +=
          subtask.operator().stream().mapToLong(handle -> handle.data().sizeBytes()).sum();
    }
    assertThat(fullBytes(sizes, false)).isEqualTo(operatorBytes);
    assertThat(keyed - fullBytes(sizes, true))
        .isEqualTo(sizes.otherFullBytes())
        .isBetween(leastRest, mostRest);
    assertThat(sizes.otherWrittenBytes()).isBetween(leastRest, mostRest);
  }

  private static long fullBytes(OperatorSizes sizes, boolean keyed) {
    return sizes.states().stream()
        .filter(state -> state.kind().isKeyed() == keyed)
        .mapToLong(StateSize::fullBytes)
        .sum();
  }

  /**
   * How much of it is of no state: a zero for each key group, compressed with the rest, or what is
   * no table of a database.
   */
  private static long restOf(KeyedStateHandle handle, boolean most) {
    if (handle instanceof DatabaseKeyedState database) {
      return database.files().entrySet().stream()
          .filter(file -> !file.getKey().endsWith(".sst"))
          .mapToLong(file -> file.getValue().sizeBytes())
          .sum();
    }
    boolean isCompressed = ((CanonicalKeyedState) handle).compression() != Compression.NONE;
    // a key group without entries is nothing but the zero, and a frame around it
    return isCompressed ? (most ? 3L * handle.range().size() : 0) : handle.range().size();
  }

  private static long bytesOnDisk(Path checkpoints) throws IOException {
    try (Stream<Path> all = Files.walk(checkpoints)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("_metadata"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }
}
