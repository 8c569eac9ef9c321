package io.weir.barrier;

/**
 * Exactly-once: the snapshot has been taken before all barriers were in. Records of the channels
 * whose barrier is still to come belong to the checkpoint; they are captured while processing goes
 * on.
 */
final class CapturingInFlight implements BarrierState {
  private final Gate gate;
  private final BarrierState waiting;
  private final Alignment alignment;

  CapturingInFlight(Gate gate, BarrierState waiting, Alignment alignment) {
    this.gate = gate;
    this.waiting = waiting;
    this.alignment = alignment;
  }

  BarrierState begin() {
    for (int channel = 0; channel < gate.channels().size(); channel++) {
      if (gate.channels().isOpen(channel) && !alignment.hasDelivered(channel)) {
        gate.controller().startCapture(channel);
        if (alignment.isAnnounced(channel)) {
          endCapture(channel, alignment.announcedPosition(channel));
        }
      }
    }
    return completeIfCaptured();
  }

  @Override
  public BarrierState onBarrier(int channel, Barrier barrier) {
    if (barrier.checkpointId() > alignment.checkpointId()) {
      return giveUp(AbortReason.SUBSUMED).onBarrier(channel, barrier);
    }
    return arrived(channel, barrier, BarrierController.AT_BARRIER);
  }

  @Override
  public BarrierState onAnnouncement(int channel, Barrier barrier, long position) {
    if (barrier.checkpointId() > alignment.checkpointId()) {
      return giveUp(AbortReason.SUBSUMED).onAnnouncement(channel, barrier, position);
    }
    return arrived(channel, barrier, position);
  }

  private BarrierState arrived(int channel, Barrier barrier, long position) {
    if (barrier.checkpointId() < alignment.checkpointId() || alignment.hasDelivered(channel)) {
      return this;
    }
    endCapture(channel, position);
    return completeIfCaptured();
  }

  @Override
  public BarrierState onTimeout(long checkpointId) {
    return this;
  }

  @Override
  public BarrierState onTrigger(Barrier barrier) {
    return barrier.checkpointId() > alignment.checkpointId()
        ? giveUp(AbortReason.SUBSUMED).onTrigger(barrier)
        : this;
  }

  @Override
  public BarrierState onEndOfChannel(int channel) {
    if (!alignment.hasDelivered(channel)) {
      endCapture(channel, BarrierController.AT_BARRIER);
    }
    return completeIfCaptured();
  }

  @Override
  public BarrierState onAbort(long checkpointId) {
    if (checkpointId == alignment.checkpointId()) {
      return giveUp(AbortReason.CANCELLED);
    }
    gate.seen().rememberAborted(checkpointId);
    return this;
  }

  @Override
  public boolean isAligning() {
    return true;
  }

  private void endCapture(int channel, long position) {
    alignment.deliver(channel);
    gate.controller().endCapture(channel, position);
  }

  private BarrierState completeIfCaptured() {
    if (!alignment.isComplete()) {
      return this;
    }
    gate.controller().captureCompleted(alignment.checkpointId());
    return waiting;
  }

  private BarrierState giveUp(AbortReason reason) {
    gate.controller().abortCheckpoint(alignment.checkpointId(), reason);
    return waiting;
  }
}
