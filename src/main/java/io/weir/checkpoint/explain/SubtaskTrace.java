package io.weir.checkpoint.explain;

import io.weir.snapshot.TaskId;
import java.util.Objects;
import java.util.Optional;

/**
 * How far one checkpoint has come at one subtask. Times are in milliseconds since the epoch, -1 for
 * what has not happened; each is at or after the one before.
 *
 * @param name as shown to people: {@code window (3/8)}
 * @param startedMillis when its first barrier arrived, or it took the trigger up
 * @param alignedMillis when its last barrier was in: its snapshot began, and its own barriers went
 *     out
 * @param snapshottedMillis end of the synchronous part
 * @param writtenMillis end of the asynchronous part
 * @param acknowledgedMillis when the coordinator heard of it
 * @param stateBytes bytes of state written
 * @param late the channel that kept it waiting; empty for a source
 * @param spent how it spent the time until its snapshot began
 * @param activity what it was doing, looked at when the checkpoint came to its end
 */
public record SubtaskTrace(
    TaskId task,
    String name,
    long startedMillis,
    long alignedMillis,
    long snapshottedMillis,
    long writtenMillis,
    long acknowledgedMillis,
    long stateBytes,
    Optional<LateChannel> late,
    TimeSpent spent,
    Activity activity) {

  public SubtaskTrace {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(late, "late");
    Objects.requireNonNull(spent, "spent");
    Objects.requireNonNull(activity, "activity");
    requireOrder("aligned", startedMillis, alignedMillis);
    requireOrder("snapshotted", alignedMillis, snapshottedMillis);
    requireOrder("written", snapshottedMillis, writtenMillis);
  }

  private static void requireOrder(String what, long before, long after) {
    if (after >= 0 && (before < 0 || before > after)) {
      throw new IllegalArgumentException(
          what + " at " + after + ", but the step before that at " + before);
    }
  }

  boolean isAcknowledged() {
    return acknowledgedMillis >= 0;
  }

  boolean isAligned() {
    return alignedMillis >= 0;
  }
}
