package io.weir.barrier;

/**
 * What the barrier handler of a task may do. An implementation must not call the handler back from
 * within these methods.
 *
 * <p>For one checkpoint the calls are {@code alignmentStarted}, then exactly one of {@code
 * triggerCheckpoint} and {@code abortCheckpoint}; a checkpoint that was given up before its first
 * barrier arrived has only {@code abortCheckpoint}.
 */
public interface BarrierController {

  /** Does not poll the channel until {@link #unblockChannels()}. */
  void blockChannel(int channel);

  /** Polls all channels again. */
  void unblockChannels();

  /**
   * The first barrier of a checkpoint is in: time for alignment runs from here. Called for tasks
   * with one channel, too.
   */
  void alignmentStarted(Barrier barrier);

  /**
   * All barriers are in: takes the snapshot and forwards the barrier before anything else is
   * processed.
   */
  void triggerCheckpoint(Barrier barrier, AlignmentFacts facts);

  /**
   * Forwards the cancellation to the tasks behind this one and, if the reason {@link
   * AbortReason#isNewToCoordinator() is new to it}, tells the coordinator.
   */
  void abortCheckpoint(long checkpointId, AbortReason reason);
}
