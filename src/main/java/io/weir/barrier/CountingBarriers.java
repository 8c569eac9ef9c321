package io.weir.barrier;

import java.util.Map;
import java.util.TreeMap;

/**
 * At-least-once: no channel is ever blocked; the barriers of several checkpoints are counted side
 * by side.
 */
final class CountingBarriers implements BarrierState {
  /**
   * More checkpoints than this are never in flight; an older one that waits for a barrier that was
   * lost is dropped beyond.
   */
  static final int MAX_PENDING = 50;

  private final Gate gate;
  private final TreeMap<Long, Alignment> pending = new TreeMap<>();

  CountingBarriers(Gate gate) {
    this.gate = gate;
  }

  @Override
  public BarrierState onBarrier(int channel, Barrier barrier) {
    Alignment alignment = find(barrier);
    if (alignment != null) {
      alignment.deliver(channel);
      completeIfAligned(alignment);
    }
    return this;
  }

  /** There is nothing to overtake: no channel waits. */
  @Override
  public BarrierState onAnnouncement(int channel, Barrier barrier, long position) {
    return this;
  }

  @Override
  public BarrierState onTimeout(long checkpointId) {
    return this;
  }

  @Override
  public BarrierState onTrigger(Barrier barrier) {
    Alignment alignment = find(barrier);
    if (alignment != null) {
      completeIfAligned(alignment);
    }
    return this;
  }

  @Override
  public BarrierState onEndOfChannel(int channel) {
    // oldest first, since one that completes takes every older one with it; never more than
    // MAX_PENDING rounds
    for (Map.Entry<Long, Alignment> next = pending.firstEntry();
        next != null;
        next = pending.higherEntry(next.getKey())) {
      completeIfAligned(next.getValue());
    }
    return this;
  }

  @Override
  public BarrierState onAbort(long checkpointId) {
    if (pending.remove(checkpointId) != null) {
      gate.controller().abortCheckpoint(checkpointId, AbortReason.CANCELLED);
    } else {
      gate.seen().rememberAborted(checkpointId);
    }
    return this;
  }

  @Override
  public boolean isAligning() {
    return !pending.isEmpty();
  }

  /**
   * The count that the barrier belongs to, begun now if the checkpoint is new; null if the
   * checkpoint is over.
   */
  private Alignment find(Barrier barrier) {
    Alignment known = pending.get(barrier.checkpointId());
    if (known != null || !gate.admit(barrier)) {
      return known;
    }
    Alignment begun = new Alignment(barrier, gate.channels());
    pending.put(barrier.checkpointId(), begun);
    if (pending.size() > MAX_PENDING) {
      abortOldest();
    }
    return begun;
  }

  private void completeIfAligned(Alignment alignment) {
    if (!alignment.isComplete()) {
      return;
    }
    long checkpointId = alignment.barrier().checkpointId();
    while (pending.firstKey() < checkpointId) {
      abortOldest();
    }
    pending.remove(checkpointId);
    gate.controller().triggerCheckpoint(alignment.barrier(), alignment.facts());
  }

  private void abortOldest() {
    gate.controller().abortCheckpoint(pending.pollFirstEntry().getKey(), AbortReason.SUBSUMED);
  }
}
