package io.weir.engine.operator.function;

import io.weir.api.functions.JobInfo;
import io.weir.api.functions.RuntimeContext;
import io.weir.api.functions.TaskInfo;
import io.weir.api.metrics.MetricGroup;
import io.weir.api.state.AggregatingState;
import io.weir.api.state.AggregatingStateDescriptor;
import io.weir.api.state.KeyedStateStore;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReducingState;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.engine.operator.OperatorContext;

/** What a rich function sees of the subtask it runs in. */
record OperatorRuntimeContext(
    OperatorContext operator, KeyedStateStore keyedState, ClassLoader userCodeClassLoader)
    implements RuntimeContext {

  @Override
  public JobInfo getJobInfo() {
    return operator.jobInfo();
  }

  @Override
  public TaskInfo getTaskInfo() {
    return operator.taskInfo();
  }

  @Override
  public MetricGroup getMetricGroup() {
    return operator.metrics();
  }

  @Override
  public ClassLoader getUserCodeClassLoader() {
    return userCodeClassLoader;
  }

  @Override
  public <T> ValueState<T> getState(ValueStateDescriptor<T> stateProperties) {
    return keyedState.getState(stateProperties);
  }

  @Override
  public <T> ListState<T> getListState(ListStateDescriptor<T> stateProperties) {
    return keyedState.getListState(stateProperties);
  }

  @Override
  public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> stateProperties) {
    return keyedState.getReducingState(stateProperties);
  }

  @Override
  public <I, A, O> AggregatingState<I, O> getAggregatingState(
      AggregatingStateDescriptor<I, A, O> stateProperties) {
    return keyedState.getAggregatingState(stateProperties);
  }

  @Override
  public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> stateProperties) {
    return keyedState.getMapState(stateProperties);
  }
}
