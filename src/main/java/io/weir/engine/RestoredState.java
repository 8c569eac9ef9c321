package io.weir.engine;

import io.weir.snapshot.OperatorId;
import io.weir.snapshot.SubtaskState;
import io.weir.snapshot.TaskId;
import io.weir.snapshot.VertexId;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the tasks of an attempt begin with.
 *
 * @param checkpointId what was restored; empty for a fresh start
 * @param states by task and operator; absent where there is none
 * @param finished vertices whose operators had all finished in all subtasks: their tasks only pass
 *     the end of input on
 * @param isStopped whether the job was stopped behind what is restored: its tasks commit what they
 *     had prepared, and end
 */
public record RestoredState(
    OptionalLong checkpointId,
    Map<TaskId, Map<OperatorId, SubtaskState>> states,
    Set<VertexId> finished,
    boolean isStopped) {
  /** A fresh start. */
  public static final RestoredState NONE =
      new RestoredState(OptionalLong.empty(), Map.of(), Set.of(), false);

  public RestoredState {
    states = Map.copyOf(states);
    finished = Set.copyOf(finished);
  }

  /** The same, of a job that was stopped behind it. */
  public RestoredState stopped() {
    return new RestoredState(checkpointId, states, finished, true);
  }
}
