package io.weir.barrier;

/** Exactly-once: no checkpoint is being aligned, no channel is blocked. */
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
  public BarrierState onTrigger(Barrier barrier) {
    return gate.admit(barrier) ? collecting(barrier).completeIfAligned() : this;
  }

  @Override
  public BarrierState onEndOfChannel() {
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
