package io.weir.checkpoint;

import io.weir.snapshot.TaskId;
import java.util.Set;

/**
 * Who takes part in one checkpoint.
 *
 * @param attempt the execution attempt of the job that the tasks belong to
 * @param toTrigger tasks that are told by the coordinator; all others hear of it from their
 *     barriers
 * @param toAcknowledge all tasks that take a snapshot
 * @param finished tasks that had finished before; they have no state and are restored as finished
 */
public record CheckpointPlan(
    long attempt, Set<TaskId> toTrigger, Set<TaskId> toAcknowledge, Set<TaskId> finished) {}
