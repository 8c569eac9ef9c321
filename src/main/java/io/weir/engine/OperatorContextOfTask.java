package io.weir.engine;

import io.weir.api.functions.JobInfo;
import io.weir.api.functions.TaskInfo;
import io.weir.api.metrics.MetricGroup;
import io.weir.engine.operator.AccessTracking;
import io.weir.engine.operator.OperatorContext;
import io.weir.engine.operator.OperatorException;
import io.weir.engine.operator.Output;
import io.weir.engine.operator.ProcessingTime;
import io.weir.engine.operator.StateTracking;
import io.weir.engine.output.OperatorOutput;
import io.weir.state.KeyedStateBackend;
import io.weir.state.OperatorStateBackend;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** What a task gives to one of its operators. */
final class OperatorContextOfTask implements OperatorContext {

  /**
   * What is the same for all operators of one task.
   *
   * @param mayContinue whether long work may go on now
   */
  record Shared(
      TaskEnvironment environment,
      TaskInfo taskInfo,
      ProcessingTime processingTime,
      OptionalLong restoredCheckpointId,
      BooleanSupplier mayContinue) {}

  private final Shared shared;
  private final String operatorName;
  private final OperatorOutput<?> output;
  private final OperatorStateBackend operatorState;
  private final KeyedStateBackend<?> keyedState;
  private final MetricGroup metrics;
  private final ProcessingTime processingTime;

  OperatorContextOfTask(
      Shared shared,
      String operatorName,
      OperatorOutput<?> output,
      OperatorStateBackend operatorState,
      KeyedStateBackend<?> keyedState,
      MetricGroup metrics) {
    this.shared = shared;
    this.operatorName = operatorName;
    this.output = output;
    this.operatorState = operatorState;
    this.keyedState = keyedState;
    this.metrics = metrics;
    this.processingTime = new TimeOfOperator(shared.processingTime, operatorName);
  }

  @Override
  public String operatorName() {
    return operatorName;
  }

  @Override
  public TaskInfo taskInfo() {
    return shared.taskInfo;
  }

  @Override
  public JobInfo jobInfo() {
    return shared.environment.jobInfo();
  }

  @Override
  public MetricGroup metrics() {
    return metrics;
  }

  /** Unchecked: the plan joins only operators whose types fit. */
  @Override
  @SuppressWarnings("unchecked")
  public <T> Output<T> output() {
    return (Output<T>) output;
  }

  @Override
  public OperatorStateBackend operatorState() {
    return operatorState;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <K> KeyedStateBackend<K> keyedState() {
    if (keyedState == null) {
      throw new IllegalStateException(
          "operator '" + operatorName + "' has no keyed state, because its input is not keyed");
    }
    return (KeyedStateBackend<K>) keyedState;
  }

  @Override
  public Optional<AccessTracking> accessTracking() {
    StateTracking tracking = shared.environment.settings().stateTracking();
    return tracking.isOn()
        ? Optional.of(new AccessTracking(tracking, metrics, shared.environment.clock()::nanoTime))
        : Optional.empty();
  }

  @Override
  public OptionalLong restoredCheckpointId() {
    return shared.restoredCheckpointId;
  }

  @Override
  public ProcessingTime processingTime() {
    return processingTime;
  }

  @Override
  public boolean mayContinue() {
    return shared.mayContinue.getAsBoolean();
  }

  @Override
  public boolean checkpointingEnabled() {
    return shared.environment.settings().checkpointingEnabled();
  }

  @Override
  public long autoWatermarkIntervalMillis() {
    return shared.environment.settings().autoWatermarkIntervalMillis();
  }

  @Override
  public void inject(Object function) {
    shared.environment.injector().accept(function);
  }

  /** The task's processing time; what a callback throws is attributed to the operator. */
  private record TimeOfOperator(ProcessingTime ofTask, String operatorName)
      implements ProcessingTime {
    @Override
    public long now() {
      return ofTask.now();
    }

    @Override
    public void callAt(long timestamp, Callback callback) {
      ofTask.callAt(timestamp, due -> call(callback, due));
    }

    private void call(Callback callback, long due) {
      try {
        callback.onTime(due);
      } catch (Exception e) {
        throw OperatorException.of(operatorName, e);
      }
    }
  }
}
