package io.weir.engine.operator;

import io.weir.api.functions.JobInfo;
import io.weir.api.functions.TaskInfo;
import io.weir.api.metrics.MetricGroup;
import io.weir.api.state.OperatorStateStore;
import io.weir.state.KeyedStateBackend;
import java.util.Optional;
import java.util.OptionalLong;

/** What the task gives to each of its operators. Used by the task's thread alone. */
public interface OperatorContext {

  String operatorName();

  TaskInfo taskInfo();

  JobInfo jobInfo();

  MetricGroup metrics();

  /** Where the operator sends what it makes. */
  <T> Output<T> output();

  /** The operator's lists and broadcast maps, restored. */
  OperatorStateStore operatorState();

  /**
   * The operator's keyed state, restored.
   *
   * @throws IllegalStateException if the operator is not keyed
   */
  <K> KeyedStateBackend<K> keyedState();

  /** Measures what the operator's function does with keyed state; empty if nothing does. */
  default Optional<AccessTracking> accessTracking() {
    return Optional.empty();
  }

  /** The checkpoint that the job was restored from; empty for a fresh start. */
  OptionalLong restoredCheckpointId();

  ProcessingTime processingTime();

  /**
   * Whether a long piece of work may go on now: the outputs have room and nothing waits in the
   * mailbox.
   */
  boolean mayContinue();

  /** Whether checkpoints are taken, so that a sink can commit on them. */
  boolean checkpointingEnabled();

  /** How often watermarks are generated, in milliseconds; 0 for after every record. */
  long autoWatermarkIntervalMillis();

  /**
   * Gives a function's fields what they ask the surroundings for (CDI injection in a server;
   * nothing elsewhere).
   */
  void inject(Object function);
}
