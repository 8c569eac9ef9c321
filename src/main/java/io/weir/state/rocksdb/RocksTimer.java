package io.weir.state.rocksdb;

import java.util.Arrays;

/**
 * A timer of one key group. Two timers are equal if they are of the same key, namespace and time.
 * Their order is that of their keys in the column family.
 */
final class RocksTimer implements Comparable<RocksTimer> {
  final long timestamp;

  /** Key and namespace, as they are stored. */
  final byte[] suffix;

  /** Null as long as it has not been read out of the suffix. */
  Object key;

  Object namespace;

  /** Whether it has neither been taken nor deleted. */
  boolean alive = true;

  /** Whether the column family holds it. */
  boolean stored;

  /** Whether it is among the changes to be written. */
  boolean changed;

  RocksTimer(long timestamp, byte[] suffix) {
    this.timestamp = timestamp;
    this.suffix = suffix;
  }

  @Override
  public int compareTo(RocksTimer other) {
    int byTime = Long.compare(timestamp, other.timestamp);
    return byTime != 0 ? byTime : Arrays.compareUnsigned(suffix, other.suffix);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RocksTimer that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(timestamp) + Arrays.hashCode(suffix);
  }
}
