package io.weir.api.functions;

import io.weir.api.metrics.MetricGroup;
import io.weir.api.state.AggregatingState;
import io.weir.api.state.AggregatingStateDescriptor;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReducingState;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;

/**
 * The view of a function on the subtask that runs it, and its access to keyed state.
 *
 * <p>State handles are asked for in {@code open} and used while a record or a timer is processed;
 * they then show the state of the present key. Belongs to the thread of the task, but for the facts
 * about job and task, which any thread may read.
 */
public interface RuntimeContext {
  /** Facts about the job. */
  JobInfo getJobInfo();

  /** Facts about the subtask. */
  TaskInfo getTaskInfo();

  /** Where this subtask registers metrics. */
  MetricGroup getMetricGroup();

  /** The class loader of the job's classes. */
  ClassLoader getUserCodeClassLoader();

  /**
   * The state of a name, with one value per key.
   *
   * @throws IllegalStateException if the stream has no keys
   * @throws IllegalArgumentException if the name is taken by a state of another kind or type
   */
  <T> ValueState<T> getState(ValueStateDescriptor<T> stateProperties);

  /** As {@link #getState}, with one list per key. */
  <T> ListState<T> getListState(ListStateDescriptor<T> stateProperties);

  /** As {@link #getState}, with one reduced value per key. */
  <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> stateProperties);

  /** As {@link #getState}, with one accumulator per key. */
  <IN, ACC, OUT> AggregatingState<IN, OUT> getAggregatingState(
      AggregatingStateDescriptor<IN, ACC, OUT> stateProperties);

  /** As {@link #getState}, with one map per key. */
  <UK, UV> MapState<UK, UV> getMapState(MapStateDescriptor<UK, UV> stateProperties);

  /** As {@link TaskInfo#getTaskName}. */
  default String getTaskName() {
    return getTaskInfo().getTaskName();
  }

  /** As {@link TaskInfo#getTaskNameWithSubtasks}. */
  default String getTaskNameWithSubtasks() {
    return getTaskInfo().getTaskNameWithSubtasks();
  }

  /** As {@link TaskInfo#getMaxNumberOfParallelSubtasks}. */
  default int getMaxNumberOfParallelSubtasks() {
    return getTaskInfo().getMaxNumberOfParallelSubtasks();
  }

  /** As {@link TaskInfo#getIndexOfThisSubtask}. */
  default int getIndexOfThisSubtask() {
    return getTaskInfo().getIndexOfThisSubtask();
  }

  /** As {@link TaskInfo#getNumberOfParallelSubtasks}. */
  default int getNumberOfParallelSubtasks() {
    return getTaskInfo().getNumberOfParallelSubtasks();
  }

  /** As {@link TaskInfo#getAttemptNumber}. */
  default int getAttemptNumber() {
    return getTaskInfo().getAttemptNumber();
  }
}
