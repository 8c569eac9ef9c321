package io.weir.barrier;

import java.util.BitSet;

/** One checkpoint that has begun at this task: which channels have delivered its barrier. */
final class Alignment {
  private final Barrier barrier;
  private final Channels channels;
  private final BitSet delivered = new BitSet();

  Alignment(Barrier barrier, Channels channels) {
    this.barrier = barrier;
    this.channels = channels;
  }

  Barrier barrier() {
    return barrier;
  }

  void deliver(int channel) {
    delivered.set(channel);
  }

  boolean hasDelivered(int channel) {
    return delivered.get(channel);
  }

  boolean isComplete() {
    return channels.areCoveredBy(delivered);
  }

  AlignmentFacts facts() {
    return new AlignmentFacts(delivered.cardinality(), channels.endedCount());
  }
}
