package io.weir.engine;

import io.weir.checkpoint.explain.Activity;
import io.weir.checkpoint.explain.LateChannel;
import io.weir.checkpoint.explain.SubtaskTrace;
import io.weir.checkpoint.explain.TimeSpent;
import io.weir.snapshot.TaskId;
import java.util.Optional;

/**
 * How far one checkpoint has come at a task. Times are in milliseconds since the epoch, -1 for what
 * has not happened; none is before the one in front of it, even if the clock is set back.
 *
 * <p>Written by the task's thread, {@link #written} by the one that writes the snapshot; read by
 * any. INVARIANT: the times are written once each, in their order, and read in the opposite one, so
 * that whoever sees a time sees those in front of it.
 */
final class CheckpointMark {

  /**
   * The input channel that the task waits for, or waited for last.
   *
   * @param itemsInFront what the channel held in front of the barrier; -1 while that has not come
   */
  record Late(int channel, int itemsInFront) {
    static final int NOT_COME = -1;
  }

  private volatile long startedMillis = -1;
  private volatile long alignedMillis = -1;
  private volatile long snapshottedMillis = -1;
  private volatile long capturedMillis = -1;
  private volatile long writtenMillis = -1;

  /** Null for a source. */
  private volatile Late late;

  /** Null until the snapshot begins. */
  private volatile TimeSpent spent;

  void late(Late channel) {
    late = channel;
  }

  void started(long millis) {
    startedMillis = millis;
  }

  /**
   * @param spentBefore how the task had spent its life when the snapshot began
   */
  void aligned(long millis, TimeSpent spentBefore) {
    spent = spentBefore;
    alignedMillis = Math.max(startedMillis, millis);
  }

  boolean isAligned() {
    return alignedMillis >= 0;
  }

  void snapshotted(long millis) {
    snapshottedMillis = Math.max(alignedMillis, millis);
  }

  void captured(long millis) {
    capturedMillis = Math.max(snapshottedMillis, millis);
  }

  void written(long millis) {
    writtenMillis = Math.max(capturedMillis, millis);
  }

  /**
   * @param spentNow how the task has spent its life
   */
  SubtaskTrace toTrace(
      TaskId task, String name, InputChannels channels, TimeSpent spentNow, Activity activity) {
    long written = writtenMillis;
    long captured = capturedMillis;
    long snapshotted = snapshottedMillis;
    long aligned = alignedMillis;
    return new SubtaskTrace(
        task,
        name,
        startedMillis,
        aligned,
        snapshotted,
        captured,
        written,
        -1,
        0,
        Optional.ofNullable(late).map(each -> toLateChannel(each, channels)),
        aligned < 0 ? spentNow : spent,
        activity);
  }

  private static LateChannel toLateChannel(Late late, InputChannels channels) {
    return new LateChannel(
        channels.producer(late.channel),
        late.itemsInFront == Late.NOT_COME
            ? channels.channel(late.channel).queuedItems()
            : late.itemsInFront);
  }
}
