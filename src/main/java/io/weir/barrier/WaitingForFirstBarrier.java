package io.weir.barrier;

/** Exactly-once: no checkpoint has begun, no channel is blocked, none is captured. */
final class WaitingForFirstBarrier implements BarrierState {
  private final Gate gate;

  WaitingForFirstBarrier(Gate gate) {
    this.gate = gate;
  }

  @Override
  public BarrierState onBarrier(int channel, Barrier barrier) {
    return gate.admit(barrier) ? collecting(barrier).deliver(channel) : this;
  }

  @Override
  public BarrierState onAnnouncement(int channel, Barrier barrier, long position) {
    return gate.admit(barrier) ? collecting(barrier).announce(channel, position) : this;
  }

  @Override
  public BarrierState onTimeout(long checkpointId) {
    return this;
  }

  @Override
  public BarrierState onTrigger(Barrier barrier) {
    return gate.admit(barrier) ? collecting(barrier).advance() : this;
  }

  @Override
  public BarrierState onEndOfChannel(int channel) {
    return this;
  }

  @Override
  public BarrierState onAbort(long checkpointId) {
    gate.seen().rememberAborted(checkpointId);
    return this;
  }

  @Override
  public boolean isAligning() {
    return false;
  }

  private CollectingBarriers collecting(Barrier barrier) {
    return new CollectingBarriers(gate, this, barrier);
  }
}
