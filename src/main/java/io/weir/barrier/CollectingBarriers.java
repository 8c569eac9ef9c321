package io.weir.barrier;

/**
 * Exactly-once: some barriers of one checkpoint are in, their channels are blocked until the others
 * have delivered theirs or have ended.
 */
final class CollectingBarriers implements BarrierState {
  private final Gate gate;
  private final BarrierState waiting;
  private final Alignment alignment;
  private boolean anyBlocked;

  CollectingBarriers(Gate gate, BarrierState waiting, Barrier barrier) {
    this.gate = gate;
    this.waiting = waiting;
    this.alignment = new Alignment(barrier, gate.channels());
  }

  @Override
  public BarrierState onBarrier(int channel, Barrier barrier) {
    long aligning = alignment.barrier().checkpointId();
    if (barrier.checkpointId() > aligning) {
      return giveUp(AbortReason.SUBSUMED).onBarrier(channel, barrier);
    }
    if (barrier.checkpointId() < aligning || alignment.hasDelivered(channel)) {
      return this;
    }
    return deliver(channel);
  }

  @Override
  public BarrierState onTrigger(Barrier barrier) {
    return barrier.checkpointId() > alignment.barrier().checkpointId()
        ? giveUp(AbortReason.SUBSUMED).onTrigger(barrier)
        : this;
  }

  @Override
  public BarrierState onEndOfChannel() {
    return completeIfAligned();
  }

  @Override
  public BarrierState onAbort(long checkpointId) {
    if (checkpointId == alignment.barrier().checkpointId()) {
      return giveUp(AbortReason.CANCELLED);
    }
    gate.seen().rememberAborted(checkpointId);
    return this;
  }

  @Override
  public boolean isAligning() {
    return true;
  }

  BarrierState deliver(int channel) {
    alignment.deliver(channel);
    BarrierState next = completeIfAligned();
    if (next == this) {
      gate.controller().blockChannel(channel);
      anyBlocked = true;
    }
    return next;
  }

  BarrierState completeIfAligned() {
    if (!alignment.isComplete()) {
      return this;
    }
    // the snapshot comes first: an unblocked channel would let records behind the barrier in
    gate.controller().triggerCheckpoint(alignment.barrier(), alignment.facts());
    unblock();
    return waiting;
  }

  private BarrierState giveUp(AbortReason reason) {
    unblock();
    gate.controller().abortCheckpoint(alignment.barrier().checkpointId(), reason);
    return waiting;
  }

  private void unblock() {
    if (anyBlocked) {
      gate.controller().unblockChannels();
    }
  }
}
