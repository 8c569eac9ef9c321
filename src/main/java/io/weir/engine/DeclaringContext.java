package io.weir.engine;

import io.weir.api.functions.JobInfo;
import io.weir.api.functions.TaskInfo;
import io.weir.api.metrics.MetricGroup;
import io.weir.api.state.OperatorStateStore;
import io.weir.api.types.OutputTag;
import io.weir.engine.operator.OperatorContext;
import io.weir.engine.operator.Output;
import io.weir.engine.operator.ProcessingTime;
import io.weir.state.KeyedStateBackend;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Surroundings in which an operator can be opened without running: it begins with empty state, what
 * it emits is dropped, its timers never come.
 *
 * @param keyed its keyed state; null if the operator is not keyed
 */
record DeclaringContext(
    String operatorName,
    TaskInfo taskInfo,
    JobInfo jobInfo,
    Clock clock,
    OperatorStateStore operatorState,
    KeyedStateBackend<?> keyed,
    Consumer<Object> injector,
    TaskSettings settings)
    implements OperatorContext {

  @Override
  public MetricGroup metrics() {
    return new OperatorMetrics();
  }

  @Override
  public <T> Output<T> output() {
    return new Nowhere<>();
  }

  @Override
  @SuppressWarnings("unchecked") // as the task does
  public <K> KeyedStateBackend<K> keyedState() {
    if (keyed == null) {
      throw new IllegalStateException("operator '" + operatorName + "' has no keyed state");
    }
    return (KeyedStateBackend<K>) keyed;
  }

  @Override
  public OptionalLong restoredCheckpointId() {
    return OptionalLong.empty();
  }

  @Override
  public ProcessingTime processingTime() {
    return new StandingTime(clock.nowMillis());
  }

  @Override
  public boolean mayContinue() {
    return true;
  }

  @Override
  public boolean checkpointingEnabled() {
    return settings.checkpointingEnabled();
  }

  @Override
  public long autoWatermarkIntervalMillis() {
    return settings.autoWatermarkIntervalMillis();
  }

  @Override
  public void inject(Object function) {
    injector.accept(function);
  }

  /** Nobody is called back. */
  private record StandingTime(long now) implements ProcessingTime {
    @Override
    public void callAt(long timestamp, Callback callback) {}
  }

  /** Drops everything. */
  private static final class Nowhere<T> implements Output<T> {
    @Override
    public void emit(T value, long timestamp) {}

    @Override
    public <X> void emitSide(OutputTag<X> tag, X value, long timestamp) {}

    @Override
    public void emitWatermark(long timestamp) {}

    @Override
    public void emitIdleness(boolean idle) {}
  }
}
