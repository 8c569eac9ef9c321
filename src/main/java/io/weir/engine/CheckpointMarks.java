package io.weir.engine;

import io.weir.checkpoint.explain.Activity;
import io.weir.checkpoint.explain.SubtaskTrace;
import io.weir.engine.CheckpointMark.Late;
import io.weir.snapshot.TaskId;
import java.util.BitSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * How far the newest checkpoints have come at a task: what explains them. Used by the task's thread
 * alone, a few times per checkpoint, except where another is named.
 */
final class CheckpointMarks {
  /** Seldom are more in progress, and what is forgotten costs an explanation only. */
  private static final int MOST_KEPT = 16;

  private final Clock clock;
  private final InputChannels channels;
  private final TaskActivity activity;
  private final ConcurrentNavigableMap<Long, CheckpointMark> marks = new ConcurrentSkipListMap<>();

  /** The one that was started last. */
  private CheckpointMark current = new CheckpointMark();

  /** The channels that have not delivered its barrier; behind the snapshot, not announced it. */
  private final BitSet missing = new BitSet();

  /** The channel because of whose barrier the next thing is decided, or null. */
  private Late coming;

  /** The same channel if the barrier has come and was not only announced, or -1. */
  private int delivered = -1;

  CheckpointMarks(Clock clock, InputChannels channels, TaskActivity activity) {
    this.clock = clock;
    this.channels = channels;
    this.activity = activity;
  }

  /**
   * What is decided next is because of this barrier.
   *
   * @param itemsInFront what was in front of it when it was sent
   */
  void barrierDelivered(int channel, int itemsInFront) {
    coming = new Late(channel, itemsInFront);
    delivered = channel;
    if (!current.isAligned()) {
      noLongerMissing(channel);
    }
  }

  /** What is decided next is because this channel has a barrier in its queue. */
  void barrierAnnounced(int channel) {
    coming = new Late(channel, 0);
    delivered = -1;
  }

  /** What is decided next is not because of a barrier. */
  void noBarrier() {
    coming = null;
    delivered = -1;
  }

  /** The channel has come to its end, and is not waited for. */
  void ended(int channel) {
    noBarrier();
    noLongerMissing(channel);
  }

  void started(long checkpointId) {
    current = new CheckpointMark();
    current.late(coming);
    current.started(clock.nowMillis());
    missing.clear();
    missing.or(channels.open());
    if (delivered >= 0) {
      noLongerMissing(delivered);
    }
    marks.put(checkpointId, current);
    if (marks.size() > MOST_KEPT) {
      marks.pollFirstEntry();
    }
  }

  private void noLongerMissing(int channel) {
    missing.clear(channel);
    int fullest = channels.fullestOf(missing);
    if (fullest >= 0) {
      current.late(new Late(fullest, Late.NOT_COME));
    }
  }

  void aligned(long checkpointId) {
    CheckpointMark mark = of(checkpointId);
    if (coming != null) {
      mark.late(coming);
    }
    mark.aligned(clock.nowMillis(), activity.spent());
    missing.clear();
  }

  void snapshotted(long checkpointId) {
    of(checkpointId).snapshotted(clock.nowMillis());
  }

  void captureStarted(int channel) {
    missing.set(channel);
  }

  void captureEnded(int channel) {
    noLongerMissing(channel);
  }

  /** All barriers are in: the snapshot has all that belongs to it. */
  void captured(long checkpointId) {
    of(checkpointId).captured(clock.nowMillis());
  }

  /** For any thread. */
  void written(long checkpointId) {
    of(checkpointId).written(clock.nowMillis());
  }

  private CheckpointMark of(long checkpointId) {
    CheckpointMark mark = marks.get(checkpointId);
    return mark == null ? new CheckpointMark() : mark;
  }

  /** How far a checkpoint has come, but for its acknowledgement; for any thread. */
  SubtaskTrace traceOf(long checkpointId, TaskId task, String name, Activity doing) {
    CheckpointMark mark = marks.get(checkpointId);
    if (mark == null) {
      mark = new CheckpointMark();
      int fullest = channels.fullest();
      mark.late(fullest < 0 ? null : new Late(fullest, Late.NOT_COME));
    }
    return mark.toTrace(task, name, channels, activity.spent(), doing);
  }
}
