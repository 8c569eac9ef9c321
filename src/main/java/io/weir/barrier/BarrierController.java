package io.weir.barrier;

/**
 * What the barrier handler of a task may do. An implementation must not call the handler back from
 * within these methods.
 *
 * <p>For one checkpoint the calls are {@code alignmentStarted}, then exactly one of {@code
 * triggerCheckpoint} and {@code abortCheckpoint}; a checkpoint that was given up before its first
 * barrier arrived has only {@code abortCheckpoint}. If the barrier that is triggered is {@link
 * CheckpointOptions#isUnaligned() unaligned}, captures follow, each with its start and its end, and
 * then either {@code captureCompleted} or, instead of what is still to come, {@code
 * abortCheckpoint}.
 */
public interface BarrierController {
  /**
   * As the position at which a capture ends: everything in front of the barrier has been polled.
   */
  long AT_BARRIER = -1;

  /** Does not poll the channel until {@link #unblockChannels()}. */
  void blockChannel(int channel);

  /** Polls all channels again. */
  void unblockChannels();

  /**
   * The first barrier of a checkpoint is in or announced: time for alignment runs from here. Called
   * for tasks with one channel, too. If the barrier has an {@link
   * CheckpointOptions#alignedTimeoutMillis() alignment timeout}, the handler is to be told when it
   * is over.
   */
  void alignmentStarted(Barrier barrier);

  /**
   * Takes the snapshot and forwards the barrier before anything else is processed: all barriers are
   * in, or this one overtakes what is in front of it.
   */
  void triggerCheckpoint(Barrier barrier, AlignmentFacts facts);

  /**
   * Records of this channel that have not been processed belong to the checkpoint that was
   * triggered last: the rest of what has been polled, and what is polled from now on.
   */
  void startCapture(int channel);

  /**
   * What is queued in front of the position belongs to the checkpoint, too, and nothing behind.
   *
   * @param position of the barrier, as it was announced; or {@link #AT_BARRIER}
   */
  void endCapture(int channel, long position);

  /** All channels have been captured: the part of this task in the checkpoint is complete. */
  void captureCompleted(long checkpointId);

  /**
   * Ends all captures, forwards the cancellation to the tasks behind this one and, if the reason
   * {@link AbortReason#isNewToCoordinator() is new to it}, tells the coordinator.
   */
  void abortCheckpoint(long checkpointId, AbortReason reason);
}
