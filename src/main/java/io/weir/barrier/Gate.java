package io.weir.barrier;

/**
 * What all states of one task's machine share: the channels, the checkpoints seen so far, and the
 * controller.
 */
record Gate(Channels channels, SeenCheckpoints seen, BarrierController controller) {

  Gate(Channels channels, BarrierController controller) {
    this(channels, new SeenCheckpoints(), controller);
  }

  /**
   * Admits a checkpoint on its first barrier.
   *
   * @return whether it starts now; false if it is over already, or was given up before it came
   *     here, which is then passed on
   */
  boolean admit(Barrier barrier) {
    long checkpointId = barrier.checkpointId();
    if (!seen.advanceTo(checkpointId)) {
      return false;
    }
    if (seen.forgetAborted(checkpointId)) {
      controller.abortCheckpoint(checkpointId, AbortReason.CANCELLED);
      return false;
    }
    controller.alignmentStarted(barrier);
    return true;
  }
}
