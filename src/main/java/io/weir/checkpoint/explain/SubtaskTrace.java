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
 * @param alignedMillis when its snapshot began and its own barriers went out: its last barrier was
 *     in, or one had overtaken records
 * @param snapshottedMillis end of the synchronous part
 * @param capturedMillis when every channel had delivered or announced its barrier
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
    long capturedMillis,
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
    requireOrder("captured", snapshottedMillis, capturedMillis);
    requireOrder("written", capturedMillis, writtenMillis);
    requireOrder("acknowledged", writtenMillis, acknowledgedMillis);
  }

  private static void requireOrder(String what, long before, long after) {
    if (after >= 0 && (before < 0 || before > after)) {
      throw new IllegalArgumentException(
          what + " at " + after + ", but the step before that at " + before);
    }
  }

  /**
   * The same, acknowledged: all that the subtask has to do is done, whatever it has been seen at.
   */
  public SubtaskTrace acknowledged(long millis, long bytes) {
    long started = startedMillis < 0 ? millis : startedMillis;
    long aligned = alignedMillis < 0 ? started : alignedMillis;
    long snapshotted = snapshottedMillis < 0 ? aligned : snapshottedMillis;
    long captured = capturedMillis < 0 ? snapshotted : capturedMillis;
    long written = writtenMillis < 0 ? captured : writtenMillis;
    return new SubtaskTrace(
        task,
        name,
        started,
        aligned,
        snapshotted,
        captured,
        written,
        Math.max(written, millis),
        bytes,
        late,
        spent,
        activity);
  }

  /** The same, without what the subtask had spent its time on before the checkpoint. */
  public SubtaskTrace spentSince(TimeSpent earlier) {
    return new SubtaskTrace(
        task,
        name,
        startedMillis,
        alignedMillis,
        snapshottedMillis,
        capturedMillis,
        writtenMillis,
        acknowledgedMillis,
        stateBytes,
        late,
        spent.since(earlier),
        activity);
  }

  boolean isAcknowledged() {
    return acknowledgedMillis >= 0;
  }

  /** Whether its own barriers are on their way. */
  boolean isAligned() {
    return alignedMillis >= 0;
  }

  /** The part at which it is, or the last one. */
  Phase phase() {
    if (startedMillis < 0) {
      return late.isEmpty() ? Phase.TRIGGER : Phase.START_DELAY;
    }
    if (alignedMillis < 0) {
      return Phase.ALIGNMENT;
    }
    if (snapshottedMillis < 0) {
      return Phase.SYNC;
    }
    if (capturedMillis < 0) {
      return Phase.CAPTURE;
    }
    return writtenMillis < 0 ? Phase.ASYNC : Phase.ACKNOWLEDGEMENT;
  }

  /** Whether it needs something from another task before it can go on. */
  boolean isWaitingForBarrier() {
    return phase().isBeforeSnapshot() || phase() == Phase.CAPTURE;
  }

  /** Whether the tasks behind it keep it from going on, or did so most of the time. */
  boolean isHeldUp() {
    return activity.doing() == Activity.Doing.BACK_PRESSURED || spent.isMostlyBackPressured();
  }
}
