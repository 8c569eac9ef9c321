package io.weir.engine;

import io.weir.barrier.Barrier;
import io.weir.engine.channel.Signal;
import io.weir.engine.source.SourceEventLetter;
import io.weir.snapshot.OperatorId;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * Everything but data reaches a task through here: from any thread, in the order in which it was
 * put in. The task empties it before it polls data. A mailbox belongs to one attempt, so whoever
 * has it cannot address another one.
 */
public final class Mailbox {
  private static final int CHUNK = 64;

  private final MpscUnboundedArrayQueue<Letter> letters = new MpscUnboundedArrayQueue<>(CHUNK);
  private final Signal signal;

  Mailbox(Signal signal) {
    this.signal = signal;
  }

  /**
   * Starts a checkpoint at this task, which is a source or has only finished tasks in front of it.
   */
  public void triggerCheckpoint(Barrier barrier) {
    put(new Letter.Trigger(barrier));
  }

  /** Tells that a barrier which may overtake records is queued in an input channel. */
  void barrierAnnounced(int channel, Barrier barrier, long position) {
    put(new Letter.BarrierAnnounced(channel, barrier, position));
  }

  /** Tells that a checkpoint is complete. */
  public void checkpointCompleted(long checkpointId) {
    put(new Letter.CheckpointCompleted(checkpointId));
  }

  /** Tells that a checkpoint was given up. */
  public void checkpointAborted(long checkpointId) {
    put(new Letter.CheckpointAborted(checkpointId));
  }

  /** Passes on what a source's coordinator says to its reader. */
  public void sourceEvent(OperatorId source, SourceEventLetter event) {
    put(new Letter.SourceEvent(source, event));
  }

  /** Stops the task at its next step. */
  public void cancel() {
    put(new Letter.Cancel());
  }

  private void put(Letter letter) {
    letters.add(letter);
    signal.raise();
  }

  /** The oldest letter, or null; for the task alone. */
  Letter take() {
    return letters.relaxedPoll();
  }

  boolean isEmpty() {
    return letters.isEmpty();
  }
}
