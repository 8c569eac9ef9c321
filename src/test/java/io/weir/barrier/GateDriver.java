package io.weir.barrier;

import java.util.BitSet;

/**
 * The least that an engine has to do around a barrier handler: polls channels that are not blocked,
 * announces barriers that are queued in them, and counts the records of each that are part of a
 * snapshot. A channel is an array of positive barrier ids, {@link #RECORD} and {@link #END}.
 */
final class GateDriver implements BarrierController {
  static final long RECORD = 0;
  static final long END = -1;

  /** Is told of every checkpoint that is taken, and of every one that was given up. */
  interface Listener {
    /**
     * All of a checkpoint is there.
     *
     * @param processed by channel, how many records had been processed at the snapshot
     * @param held by channel, how many records are in the checkpoint: those, and the captured ones,
     *     which follow them
     */
    void taken(long checkpointId, int[] processed, int[] held);

    void aborted(long checkpointId);
  }

  private final long[][] channels;
  private final GateKind kind;
  private final int[] position;
  private final int[] recordsSeen;

  /** By channel, up to where announcements have been made. */
  private final int[] announced;

  private final BitSet capturable;
  private final BitSet blocked = new BitSet();
  private final BitSet capturing = new BitSet();
  private final BarrierHandler handler;
  private final Listener listener;

  /** Of the snapshot whose capture goes on. */
  private int[] processed;

  private int[] held;

  GateDriver(long[][] channels, GateKind kind, Listener listener) {
    this.channels = channels;
    this.kind = kind;
    this.position = new int[channels.length];
    this.recordsSeen = new int[channels.length];
    this.announced = new int[channels.length];
    this.capturable = kind.capturable(channels.length);
    this.listener = listener;
    this.handler = new BarrierHandler(channels.length, capturable, kind.mode(), this);
  }

  BarrierHandler handler() {
    return handler;
  }

  boolean canPoll(int channel) {
    return !blocked.get(channel) && position[channel] < channels[channel].length;
  }

  /** The next item of the channel, which must not be at its end. */
  long next(int channel) {
    return channels[channel][position[channel]];
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
      if (capturing.get(channel)) {
        hold(channel, 1);
      }
      recordsSeen[channel]++;
    } else if (item == END) {
      handler.onEndOfChannel(channel);
    } else {
      handler.onBarrier(channel, kind.barrier(item));
    }
  }

  /**
   * Where the next barrier is that can be announced, if any is within so many items from where the
   * channel is polled; -1 if not. An announcement may come late, after its barrier.
   */
  int nextAnnouncement(int channel, int within) {
    if (!kind.mayOvertake() || !capturable.get(channel)) {
      return -1;
    }
    int end = Math.min(channels[channel].length, position[channel] + within);
    for (int i = announced[channel]; i < end; i++) {
      if (channels[channel][i] > 0) {
        return i;
      }
    }
    return -1;
  }

  void announce(int channel, int place) {
    announced[channel] = place + 1;
    handler.onAnnouncement(channel, kind.barrier(channels[channel][place]), place);
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
    processed = recordsSeen.clone();
    held = recordsSeen.clone();
    if (!barrier.options().isUnaligned()) {
      listener.taken(barrier.checkpointId(), processed, held);
    }
  }

  @Override
  public void startCapture(int channel) {
    if (capturing.get(channel)) {
      throw new AssertionError("channel " + channel + " is being captured already");
    }
    capturing.set(channel);
  }

  @Override
  public void endCapture(int channel, long until) {
    if (!capturing.get(channel)) {
      throw new AssertionError("channel " + channel + " is not being captured");
    }
    capturing.clear(channel);
    for (int i = position[channel]; i < until; i++) {
      if (channels[channel][i] == RECORD) {
        hold(channel, 1);
      }
    }
  }

  private void hold(int channel, int records) {
    if (held[channel] < recordsSeen[channel]) {
      throw new AssertionError("a record of channel " + channel + " was not captured");
    }
    held[channel] += records;
  }

  @Override
  public void captureCompleted(long checkpointId) {
    if (!capturing.isEmpty()) {
      throw new AssertionError("channels " + capturing + " are still being captured");
    }
    listener.taken(checkpointId, processed, held);
  }

  @Override
  public void abortCheckpoint(long checkpointId, AbortReason reason) {
    capturing.clear();
    listener.aborted(checkpointId);
  }
}
