package io.weir.barrier;

import java.util.BitSet;

/**
 * The least that an engine has to do around a barrier handler: polls channels that are not blocked,
 * counts the records of each, and remembers the counts at the moment of each snapshot. A channel is
 * an array of positive barrier ids, {@link #RECORD} and {@link #END}.
 */
final class GateDriver implements BarrierController {
  static final long RECORD = 0;
  static final long END = -1;

  /** Is told of every snapshot and of every checkpoint that was given up. */
  interface Listener {
    void snapshot(long checkpointId, int[] recordsSeen);

    void aborted(long checkpointId);
  }

  private final long[][] channels;
  private final int[] position;
  private final int[] recordsSeen;
  private final BitSet blocked = new BitSet();
  private final BarrierHandler handler;
  private final Listener listener;

  GateDriver(long[][] channels, AlignmentMode mode, Listener listener) {
    this.channels = channels;
    this.position = new int[channels.length];
    this.recordsSeen = new int[channels.length];
    this.listener = listener;
    this.handler = new BarrierHandler(channels.length, mode, this);
  }

  BarrierHandler handler() {
    return handler;
  }

  boolean canPoll(int channel) {
    return !blocked.get(channel) && position[channel] < channels[channel].length;
  }

  /**
   * Whether all channels are at their end; fails if there is more, but every channel that holds it
   * is blocked.
   */
  boolean isExhausted() {
    boolean exhausted = true;
    for (int channel = 0; channel < channels.length; channel++) {
      if (canPoll(channel)) {
        return false;
      }
      exhausted &= position[channel] == channels[channel].length;
    }
    if (!exhausted) {
      throw new AssertionError("channels are blocked for ever: " + blocked);
    }
    return true;
  }

  /**
   * By how many items the channel is ahead of the one that is furthest behind and not at its end.
   */
  int lead(int channel) {
    int least = Integer.MAX_VALUE;
    for (int other = 0; other < channels.length; other++) {
      if (position[other] < channels[other].length) {
        least = Math.min(least, position[other]);
      }
    }
    return position[channel] - least;
  }

  void poll(int channel) {
    long item = channels[channel][position[channel]++];
    if (item == RECORD) {
      recordsSeen[channel]++;
    } else if (item == END) {
      handler.onEndOfChannel(channel);
    } else {
      handler.onBarrier(channel, Scenario.barrierOf(item));
    }
  }

  @Override
  public void blockChannel(int channel) {
    blocked.set(channel);
  }

  @Override
  public void unblockChannels() {
    blocked.clear();
  }

  @Override
  public void alignmentStarted(Barrier barrier) {}

  @Override
  public void triggerCheckpoint(Barrier barrier, AlignmentFacts facts) {
    listener.snapshot(barrier.checkpointId(), recordsSeen.clone());
  }

  @Override
  public void abortCheckpoint(long checkpointId, AbortReason reason) {
    listener.aborted(checkpointId);
  }
}
