package io.weir.barrier;

/**
 * One state of a task's barrier machine: each event acts through the {@link Gate} and answers the
 * state that follows.
 */
interface BarrierState {

  BarrierState onBarrier(int channel, Barrier barrier);

  BarrierState onAnnouncement(int channel, Barrier barrier, long position);

  BarrierState onTimeout(long checkpointId);

  BarrierState onTrigger(Barrier barrier);

  /** Called after the channel has left the set of open channels. */
  BarrierState onEndOfChannel(int channel);

  BarrierState onAbort(long checkpointId);

  boolean isAligning();
}
