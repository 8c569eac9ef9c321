package io.weir.engine.channel;

import java.util.Arrays;

/**
 * A run of records with their timestamps. Filled by the producer, read by the consumer, given back,
 * filled again: it has one owner at any time, and the ring hands it over.
 */
public final class RecordBatch implements ChannelItem {
  /**
   * Records in a full batch: large enough that the hand-over costs nothing per record, small enough
   * to stay in the first-level cache.
   */
  public static final int CAPACITY = 256;

  final Object[] values = new Object[CAPACITY];
  final long[] timestamps = new long[CAPACITY];
  int size;

  /** Records with which it counts as full; set by the producer before the first one. */
  int limit = CAPACITY;

  public int size() {
    return size;
  }

  public Object value(int index) {
    return values[index];
  }

  public long timestamp(int index) {
    return timestamps[index];
  }

  /** Adds a record; the batch must not be full. */
  void add(Object value, long timestamp) {
    int index = size;
    values[index] = value;
    timestamps[index] = timestamp;
    size = index + 1;
  }

  boolean isFull() {
    return size >= limit;
  }

  /** Forgets the records, so that they can be collected. */
  void clear() {
    Arrays.fill(values, 0, size, null);
    size = 0;
  }
}
