package io.weir.api.state;

import java.util.Set;

/**
 * Gives state per subtask. The same name always gives the same state; use it on the task's thread
 * only.
 */
public interface OperatorStateStore {
  /**
   * A map of which every subtask has the same copy.
   *
   * @throws Exception if the name is taken by a state of another kind or type
   */
  <K, V> BroadcastState<K, V> getBroadcastState(MapStateDescriptor<K, V> stateDescriptor)
      throws Exception;

  /**
   * A list whose elements are shared out among the subtasks when the job is restored.
   *
   * @throws Exception if the name is taken by a state of another kind or type
   */
  <S> ListState<S> getListState(ListStateDescriptor<S> stateDescriptor) throws Exception;

  /**
   * A list of which every subtask gets the elements of all subtasks when the job is restored.
   *
   * @throws Exception if the name is taken by a state of another kind or type
   */
  <S> ListState<S> getUnionListState(ListStateDescriptor<S> stateDescriptor) throws Exception;

  /** Names of the lists that exist, also of those that were restored and not yet asked for. */
  Set<String> getRegisteredStateNames();

  /**
   * Names of the broadcast maps that exist, also of those that were restored and not yet asked for.
   */
  Set<String> getRegisteredBroadcastStateNames();
}
