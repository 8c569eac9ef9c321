package io.weir.snapshot;

/**
 * A run of key groups.
 *
 * @param start the first key group, inclusive
 * @param end the last key group, inclusive; {@code start - 1} for an empty range
 */
public record KeyGroupRange(int start, int end) {

  public KeyGroupRange {
    if (start < 0 || end < start - 1) {
      throw new IllegalArgumentException("not a range of key groups: " + start + " to " + end);
    }
  }

  /** How many key groups are in it. */
  public int size() {
    return end - start + 1;
  }

  public boolean contains(int keyGroup) {
    return keyGroup >= start && keyGroup <= end;
  }

  /** The key groups in both; empty if there are none. */
  public KeyGroupRange intersection(KeyGroupRange other) {
    int from = Math.max(start, other.start);
    int to = Math.min(end, other.end);
    return new KeyGroupRange(from, Math.max(to, from - 1));
  }

  @Override
  public String toString() {
    return start + ".." + end;
  }
}
