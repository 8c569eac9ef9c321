package io.weir.state.heap;

/**
 * A timer. Two timers are equal if they are of the same key, namespace and time. What that is does
 * not change while the timer is in a queue.
 */
final class HeapTimer {
  private Object key;
  private Object namespace;
  private long timestamp;
  private int keyGroup;

  /** Tells which of two timers was registered first. */
  private long sequence;

  /** Where it stands in the queue; belongs to {@link TimerHeap}. */
  int heapIndex = -1;

  void set(
      Object newKey, Object newNamespace, long newTimestamp, int newKeyGroup, long newSequence) {
    key = newKey;
    namespace = newNamespace;
    timestamp = newTimestamp;
    keyGroup = newKeyGroup;
    sequence = newSequence;
  }

  Object key() {
    return key;
  }

  Object namespace() {
    return namespace;
  }

  long timestamp() {
    return timestamp;
  }

  int keyGroup() {
    return keyGroup;
  }

  long sequence() {
    return sequence;
  }

  /**
   * By time; at the same time by key group, and within a key group by registration: all of that is
   * in a snapshot.
   */
  boolean isBefore(HeapTimer other) {
    if (timestamp != other.timestamp) {
      return timestamp < other.timestamp;
    }
    return keyGroup != other.keyGroup ? keyGroup < other.keyGroup : sequence < other.sequence;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeapTimer that
        && timestamp == that.timestamp
        && key.equals(that.key)
        && namespace.equals(that.namespace);
  }

  @Override
  public int hashCode() {
    return (31 * key.hashCode() + namespace.hashCode()) * 31 + Long.hashCode(timestamp);
  }
}
