package io.weir.testkit;

import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.api.functions.JobInfo;
import io.weir.api.functions.TaskInfo;
import io.weir.api.metrics.Counter;
import io.weir.api.metrics.Gauge;
import io.weir.api.metrics.MetricGroup;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.OperatorStateStore;
import io.weir.api.types.OutputTag;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.engine.operator.AccessTracking;
import io.weir.engine.operator.Input;
import io.weir.engine.operator.OneInputOperator;
import io.weir.engine.operator.OperatorContext;
import io.weir.engine.operator.Output;
import io.weir.engine.operator.ProcessingTime;
import io.weir.engine.operator.StreamOperator;
import io.weir.engine.operator.TwoInputOperator;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.MemoryStateStorage;
import io.weir.state.OperatorStateBackend;
import io.weir.state.heap.HeapStateBackendFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The surroundings of one operator: gives it records, watermarks and time, notes what it emits,
 * snapshots it, and restores another one from that.
 *
 * <p>What is emitted is noted as text, in order: {@code value@timestamp} ({@code value} alone if it
 * has none), {@code W5} for a watermark, {@code idle}, {@code active}, {@code tag:value@timestamp}
 * for a side output.
 */
public final class OperatorHarness {
  /** The max parallelism of keyed operators. */
  public static final int MAX_PARALLELISM = 128;

  /**
   * What a snapshot has kept.
   *
   * @param keyed null if there is no keyed state
   */
  public record Image(
      long checkpointId,
      KeyedStateHandle keyed,
      OperatorStateHandle operator,
      MemoryStateStorage storage) {}

  private final StreamOperator operator;
  private final Image image;
  private final MemoryStateStorage storage = new MemoryStateStorage();
  private final ManualProcessingTime time = new ManualProcessingTime();
  private final List<String> emitted = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();
  private final Map<String, Long> counters = new LinkedHashMap<>();
  private final Context context = new Context();
  private BooleanSupplier mayContinue = () -> true;
  private Consumer<Object> injector = function -> {};
  private boolean checkpointing = true;
  private Optional<AccessTracking> accessTracking = Optional.empty();
  private TypeInformation<?> keyType = Types.STRING;
  private KeyedStateBackend<?> keyed;
  private OperatorStateBackend operatorState;
  private long watermarkIntervalMillis = 200;

  private OperatorHarness(StreamOperator operator, Image image) {
    this.operator = operator;
    this.image = image;
  }

  public static OperatorHarness of(StreamOperator operator) {
    return new OperatorHarness(operator, null);
  }

  /** A harness whose operator finds the state of a snapshot. */
  public static OperatorHarness restored(StreamOperator operator, Image image) {
    return new OperatorHarness(operator, image);
  }

  public OperatorHarness withoutKeys() {
    keyType = null;
    return this;
  }

  /** Keys are strings, unless this is called. */
  public OperatorHarness withKeys(TypeInformation<?> newKeyType) {
    keyType = newKeyType;
    return this;
  }

  public OperatorHarness withoutCheckpoints() {
    checkpointing = false;
    return this;
  }

  /** What the operator does with keyed state is measured. */
  public OperatorHarness withAccessTracking(AccessTracking tracking) {
    accessTracking = Optional.of(tracking);
    return this;
  }

  public OperatorHarness withInjector(Consumer<Object> newInjector) {
    injector = newInjector;
    return this;
  }

  public OperatorHarness withWatermarkInterval(long millis) {
    watermarkIntervalMillis = millis;
    return this;
  }

  /** Decides from now on whether long work may go on. */
  public OperatorHarness mayContinue(BooleanSupplier decision) {
    mayContinue = decision;
    return this;
  }

  public OperatorHarness open() throws Exception {
    operatorState =
        new OperatorStateBackend(
            "operator",
            image == null || image.operator == null ? List.of() : List.of(image.operator),
            image == null ? storage : image.storage);
    if (keyType != null) {
      keyed = keyedBackend(keyType);
    }
    operator.initialize(context);
    operator.open();
    return this;
  }

  private <K> KeyedStateBackend<K> keyedBackend(TypeInformation<K> type) throws IOException {
    return new HeapStateBackendFactory()
        .create(
            new KeyedBackendParameters<>(
                "operator",
                type,
                MAX_PARALLELISM,
                KeyGroups.rangeOf(0, MAX_PARALLELISM, 1),
                image == null || image.keyed == null ? List.of() : List.of(image.keyed),
                image == null ? storage : image.storage,
                time::now));
  }

  public OperatorHarness element(Object value, long timestamp) throws Exception {
    input().element(value, timestamp);
    return this;
  }

  public OperatorHarness element(Object value) throws Exception {
    return element(value, Output.NO_TIMESTAMP);
  }

  public OperatorHarness watermark(long timestamp) throws Exception {
    input().watermark(timestamp);
    return this;
  }

  public OperatorHarness idleness(boolean idle) throws Exception {
    input().idleness(idle);
    return this;
  }

  @SuppressWarnings("unchecked")
  private Input<Object> input() {
    return (OneInputOperator<Object>) operator;
  }

  @SuppressWarnings("unchecked")
  public Input<Object> first() {
    return ((TwoInputOperator<Object, Object>) operator).first();
  }

  @SuppressWarnings("unchecked")
  public Input<Object> second() {
    return ((TwoInputOperator<Object, Object>) operator).second();
  }

  /** Sets the clock; what is due is called. */
  public OperatorHarness time(long now) throws Exception {
    time.set(now);
    return this;
  }

  public ManualProcessingTime clock() {
    return time;
  }

  /** Lets the operator do its pending work, once. */
  public OperatorHarness continueWork() throws Exception {
    operator.continueWork();
    return this;
  }

  public Image snapshot(long checkpointId) throws Exception {
    operator.beforeBarrier(checkpointId);
    return snapshotOnly(checkpointId);
  }

  /** The snapshot without what comes in front of the barrier. */
  public Image snapshotOnly(long checkpointId) throws Exception {
    operator.snapshot(new SnapshotContext(checkpointId, time.now()));
    return new Image(
        checkpointId,
        keyed == null
            ? null
            : keyed.snapshot(checkpointId, CheckpointType.CHECKPOINT).write(storage),
        operatorState.snapshot(checkpointId).write(storage),
        storage);
  }

  /** How much keyed state there is: the size of a snapshot of it. */
  public long keyedBytes() throws IOException {
    KeyedStateHandle handle = keyed.snapshot(0, CheckpointType.CHECKPOINT).write(storage);
    return handle == null ? 0 : handle.sizeBytes();
  }

  /** The elements of a list state of the operator. */
  public <T> List<T> list(ListStateDescriptor<T> descriptor) throws Exception {
    List<T> elements = new ArrayList<>();
    operatorState.getListState(descriptor).get().forEach(elements::add);
    return elements;
  }

  public OperatorHarness completed(long checkpointId) throws Exception {
    operator.checkpointCompleted(checkpointId);
    return this;
  }

  /** Ends the input, with the last watermark. */
  public OperatorHarness finish() throws Exception {
    if (operator instanceof OneInputOperator) {
      watermark(Long.MAX_VALUE);
    } else {
      first().watermark(Long.MAX_VALUE);
      second().watermark(Long.MAX_VALUE);
    }
    operator.finish();
    return this;
  }

  /** Everything emitted since the last call, as text. */
  public List<String> drain() {
    List<String> result = List.copyOf(emitted);
    emitted.clear();
    values.clear();
    return result;
  }

  /** The records emitted since the last {@link #drain}. */
  public List<Object> values() {
    return List.copyOf(values);
  }

  public long counter(String name) {
    return counters.getOrDefault(name, 0L);
  }

  public void close() throws Exception {
    operator.close();
    if (keyed != null) {
      keyed.close();
    }
  }

  private record SnapshotContext(long getCheckpointId, long getCheckpointTimestamp)
      implements FunctionSnapshotContext {}

  private final class Recorder implements Output<Object> {
    @Override
    public void emit(Object value, long timestamp) {
      values.add(value);
      emitted.add(text(value, timestamp));
    }

    @Override
    public <X> void emitSide(OutputTag<X> tag, X value, long timestamp) {
      emitted.add(tag.getId() + ":" + text(value, timestamp));
    }

    private static String text(Object value, long timestamp) {
      return timestamp == NO_TIMESTAMP ? String.valueOf(value) : value + "@" + timestamp;
    }

    @Override
    public void emitWatermark(long timestamp) {
      emitted.add("W" + (timestamp == Long.MAX_VALUE ? "max" : timestamp));
    }

    @Override
    public void emitIdleness(boolean idle) {
      emitted.add(idle ? "idle" : "active");
    }
  }

  private record CountedMetric(Map<String, Long> counters, String name) implements Counter {
    @Override
    public void inc() {
      inc(1);
    }

    @Override
    public void inc(long n) {
      counters.merge(name, n, Long::sum);
    }

    @Override
    public void dec() {
      inc(-1);
    }

    @Override
    public void dec(long n) {
      inc(-n);
    }

    @Override
    public long getCount() {
      return counters.getOrDefault(name, 0L);
    }
  }

  private final class Metrics implements MetricGroup {
    @Override
    public Counter counter(String name) {
      return new CountedMetric(counters, name);
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      return gauge;
    }

    @Override
    public MetricGroup addGroup(String name) {
      return this;
    }
  }

  private record Subtask() implements TaskInfo {
    @Override
    public String getTaskName() {
      return "operator";
    }

    @Override
    public String getTaskNameWithSubtasks() {
      return "operator (1/1)";
    }

    @Override
    public int getMaxNumberOfParallelSubtasks() {
      return MAX_PARALLELISM;
    }

    @Override
    public int getIndexOfThisSubtask() {
      return 0;
    }

    @Override
    public int getNumberOfParallelSubtasks() {
      return 1;
    }

    @Override
    public int getAttemptNumber() {
      return 0;
    }
  }

  private record Job(String getJobId, String getJobName) implements JobInfo {}

  private final class Context implements OperatorContext {
    private final Output<Object> output = new Recorder();

    @Override
    public String operatorName() {
      return "operator";
    }

    @Override
    public TaskInfo taskInfo() {
      return new Subtask();
    }

    @Override
    public JobInfo jobInfo() {
      return new Job("00000000000000000000000000000001", "job");
    }

    @Override
    public MetricGroup metrics() {
      return new Metrics();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Output<T> output() {
      return (Output<T>) output;
    }

    @Override
    public OperatorStateStore operatorState() {
      return operatorState;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K> KeyedStateBackend<K> keyedState() {
      if (keyed == null) {
        throw new IllegalStateException("not keyed");
      }
      return (KeyedStateBackend<K>) keyed;
    }

    @Override
    public Optional<AccessTracking> accessTracking() {
      return accessTracking;
    }

    @Override
    public OptionalLong restoredCheckpointId() {
      return image == null ? OptionalLong.empty() : OptionalLong.of(image.checkpointId);
    }

    @Override
    public ProcessingTime processingTime() {
      return time;
    }

    @Override
    public boolean mayContinue() {
      return mayContinue.getAsBoolean();
    }

    @Override
    public boolean checkpointingEnabled() {
      return checkpointing;
    }

    @Override
    public long autoWatermarkIntervalMillis() {
      return watermarkIntervalMillis;
    }

    @Override
    public void inject(Object function) {
      injector.accept(function);
    }
  }
}
