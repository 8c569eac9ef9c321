package io.weir.barrier;

import java.util.BitSet;

/** The input channels of a task: which have not ended yet, and which can be captured. */
final class Channels {
  private final int size;
  private final BitSet capturable;
  private final BitSet open = new BitSet();
  private int openCount;

  /**
   * @param capturable the channels whose records in flight can become part of a snapshot
   */
  Channels(int size, BitSet capturable) {
    if (size < 0) {
      throw new IllegalArgumentException("number of channels must not be negative: " + size);
    }
    if (capturable.length() > size) {
      throw new IllegalArgumentException(capturable + " are not all of " + size + " channels");
    }
    this.size = size;
    this.capturable = (BitSet) capturable.clone();
    this.openCount = size;
    open.set(0, size);
  }

  void end(int channel) {
    requireOpen(channel);
    open.clear(channel);
    openCount--;
  }

  /** INVARIANT: nothing arrives on a channel behind its end of input. */
  void requireOpen(int channel) {
    requireExisting(channel);
    if (!open.get(channel)) {
      throw new IllegalStateException(
          "channel " + channel + " has delivered its end of input already");
    }
  }

  /** INVARIANT: no barrier overtakes records that cannot be captured. */
  void requireCapturable(int channel) {
    requireExisting(channel);
    if (!capturable.get(channel)) {
      throw new IllegalStateException(
          "a barrier was announced on channel " + channel + ", which has to stay aligned");
    }
  }

  private void requireExisting(int channel) {
    if (channel < 0 || channel >= size) {
      throw new IndexOutOfBoundsException("channel " + channel + " of " + size);
    }
  }

  boolean isOpen(int channel) {
    return open.get(channel);
  }

  int size() {
    return size;
  }

  int endedCount() {
    return size - openCount;
  }

  /** Whether each channel is in the given set or has ended. */
  boolean areCoveredBy(BitSet delivered) {
    return delivered.cardinality() >= openCount && firstMissing(delivered, false) < 0;
  }

  /** Whether each channel that cannot be captured is in the given set or has ended. */
  boolean uncapturableAreCoveredBy(BitSet delivered) {
    return firstMissing(delivered, true) < 0;
  }

  private int firstMissing(BitSet delivered, boolean onlyUncapturable) {
    for (int channel = open.nextSetBit(0); channel >= 0; channel = open.nextSetBit(channel + 1)) {
      if (!delivered.get(channel) && !(onlyUncapturable && capturable.get(channel))) {
        return channel;
      }
    }
    return -1;
  }
}
