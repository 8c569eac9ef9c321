package io.weir.state.rocksdb;

import java.util.TreeSet;

/** The earliest timers of one key group; the others are in the column family only. */
final class GroupTimers implements Comparable<GroupTimers> {
  final int keyGroup;

  /** All timers in front of the horizon. */
  final TreeSet<RocksTimer> earliest = new TreeSet<>();

  /** The first place about which the column family has to be asked; null if there is none. */
  RocksTimer horizon;

  /** When the first timer is due; its place in the order of key groups depends on it. */
  long first;

  GroupTimers(int keyGroup) {
    this.keyGroup = keyGroup;
  }

  boolean isBeyondHorizon(RocksTimer timer) {
    return horizon != null && timer.compareTo(horizon) >= 0;
  }

  @Override
  public int compareTo(GroupTimers other) {
    int byTime = Long.compare(first, other.first);
    return byTime != 0 ? byTime : Integer.compare(keyGroup, other.keyGroup);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return keyGroup;
  }
}
