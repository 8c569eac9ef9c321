package io.weir.barrier;

/**
 * Exactly-once: some barriers of one checkpoint are in or announced, no snapshot has been taken.
 * Channels whose barrier is in are blocked until the others have delivered theirs or have ended, or
 * until the barrier may overtake what is in front of it.
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
    if (barrier.checkpointId() > alignment.checkpointId()) {
      return giveUp(AbortReason.SUBSUMED).onBarrier(channel, barrier);
    }
    if (!isOf(channel, barrier)) {
      return this;
    }
    followOvertaking(barrier);
    return deliver(channel);
  }

  @Override
  public BarrierState onAnnouncement(int channel, Barrier barrier, long position) {
    if (barrier.checkpointId() > alignment.checkpointId()) {
      return giveUp(AbortReason.SUBSUMED).onAnnouncement(channel, barrier, position);
    }
    if (!isOf(channel, barrier)) {
      return this;
    }
    followOvertaking(barrier);
    return announce(channel, position);
  }

  @Override
  public BarrierState onTimeout(long checkpointId) {
    if (checkpointId != alignment.checkpointId()) {
      return this;
    }
    alignment.overtake();
    return advance();
  }

  @Override
  public BarrierState onTrigger(Barrier barrier) {
    return barrier.checkpointId() > alignment.checkpointId()
        ? giveUp(AbortReason.SUBSUMED).onTrigger(barrier)
        : this;
  }

  @Override
  public BarrierState onEndOfChannel(int channel) {
    return advance();
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

  BarrierState deliver(int channel) {
    alignment.deliver(channel);
    BarrierState next = advance();
    if (next == this) {
      gate.controller().blockChannel(channel);
      anyBlocked = true;
    }
    return next;
  }

  BarrierState announce(int channel, long position) {
    alignment.announce(channel, position);
    return advance();
  }

  /** Takes the snapshot if it is time for it. */
  BarrierState advance() {
    if (alignment.overtakes()) {
      return alignment.canOvertake() ? overtake() : this;
    }
    if (!alignment.isComplete()) {
      return this;
    }
    // the snapshot comes first: an unblocked channel would let records behind the barrier in
    gate.controller().triggerCheckpoint(alignment.barrier(), alignment.facts());
    unblock();
    return waiting;
  }

  private BarrierState overtake() {
    gate.controller().triggerCheckpoint(alignment.barrier(), alignment.facts());
    unblock();
    return new CapturingInFlight(gate, waiting, alignment).begin();
  }

  private boolean isOf(int channel, Barrier barrier) {
    return barrier.checkpointId() == alignment.checkpointId() && !alignment.hasDelivered(channel);
  }

  /** A task in front of this one may have turned the checkpoint unaligned. */
  private void followOvertaking(Barrier barrier) {
    if (barrier.options().isUnaligned()) {
      alignment.overtake();
    }
  }

  private BarrierState giveUp(AbortReason reason) {
    unblock();
    gate.controller().abortCheckpoint(alignment.checkpointId(), reason);
    return waiting;
  }

  private void unblock() {
    if (anyBlocked) {
      gate.controller().unblockChannels();
    }
  }
}
