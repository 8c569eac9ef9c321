package io.weir.barrier;

import java.util.BitSet;

/** The input channels of a task, and which of them have not ended yet. */
final class Channels {
  private final int size;
  private final BitSet open = new BitSet();
  private int openCount;

  Channels(int size) {
    if (size < 0) {
      throw new IllegalArgumentException("number of channels must not be negative: " + size);
    }
    this.size = size;
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
    if (channel < 0 || channel >= size) {
      throw new IndexOutOfBoundsException("channel " + channel + " of " + size);
    }
    if (!open.get(channel)) {
      throw new IllegalStateException(
          "channel " + channel + " has delivered its end of input already");
    }
  }

  int endedCount() {
    return size - openCount;
  }

  /** Whether each channel is in the given set or has ended. */
  boolean areCoveredBy(BitSet delivered) {
    if (delivered.cardinality() < openCount) {
      return false;
    }
    for (int channel = open.nextSetBit(0); channel >= 0; channel = open.nextSetBit(channel + 1)) {
      if (!delivered.get(channel)) {
        return false;
      }
    }
    return true;
  }
}
