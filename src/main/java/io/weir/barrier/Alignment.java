package io.weir.barrier;

import java.util.BitSet;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One checkpoint that has begun at this task: where the barrier of each channel is. */
final class Alignment {
  private Barrier barrier;
  private final Channels channels;
  private final BitSet delivered = new BitSet();

  /** The channels whose barrier is known to stand behind queued records, and where. */
  private final NavigableMap<Integer, Long> announced = new TreeMap<>();

  Alignment(Barrier barrier, Channels channels) {
    this.barrier = barrier;
    this.channels = channels;
  }

  Barrier barrier() {
    return barrier;
  }

  long checkpointId() {
    return barrier.checkpointId();
  }

  void deliver(int channel) {
    delivered.set(channel);
    announced.remove(channel);
  }

  boolean hasDelivered(int channel) {
    return delivered.get(channel);
  }

  void announce(int channel, long position) {
    announced.put(channel, position);
  }

  boolean isAnnounced(int channel) {
    return announced.containsKey(channel);
  }

  long announcedPosition(int channel) {
    return announced.get(channel);
  }

  /** From here on the barrier overtakes records. */
  void overtake() {
    barrier = barrier.unaligned();
  }

  boolean overtakes() {
    return barrier.options().isUnaligned();
  }

  boolean isComplete() {
    return channels.areCoveredBy(delivered);
  }

  /** Whether every channel whose records cannot be captured is aligned. */
  boolean canOvertake() {
    return channels.uncapturableAreCoveredBy(delivered);
  }

  AlignmentFacts facts() {
    return new AlignmentFacts(delivered.cardinality(), channels.endedCount());
  }
}
