package io.weir.inspect;

import java.util.List;
import java.util.Map;

/**
 * What a state holds for one key, or one element of operator state. Values are trees as {@link
 * JsonTree} makes them.
 *
 * @param part the key group; of operator state the subtask
 * @param key null in operator state
 * @param namespace null in a state without
 * @param value of a value, reducing or aggregating state the value; of a list its elements; of a
 *     map {@code key} and {@code value} of its entries; of a timer the time at which it is due. No
 *     more of it than {@link SnapshotExplorer#MOST_PARTS} parts
 * @param elements how many values, elements or map entries there are
 * @param sizeBytes of all of them, as stored
 */
public record StateEntry(
    int part, Object key, Object namespace, Object value, long elements, long sizeBytes) {

  /**
   * Some entries of a state, in the order of their parts.
   *
   * @param next where to go on; null at the end
   */
  public record Page(List<StateEntry> entries, Position next) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /**
   * A place in a state.
   *
   * @param part the key group; of operator state the subtask
   * @param skip how many entries of it come before
   */
  public record Position(int part, long skip) {
    /** The first place. */
    public static final Position START = new Position(0, 0);
  }

  /** How much of a state is in one key group; largest first in lists. */
  public record KeyGroupSize(int keyGroup, long entries, long sizeBytes) {}

  /**
   * The key of an entry that differs between two snapshots.
   *
   * @param what {@code added}, {@code changed} or {@code gone}
   */
  public record DifferentKey(String what, int keyGroup, Object key, Object namespace) {}

  /**
   * How a keyed state differs between two snapshots. A value's time of last use does not count.
   *
   * @param counts {@code added}, {@code changed}, {@code gone} and {@code same}
   * @param samples some keys of each kind of difference
   */
  public record Difference(Map<String, Long> counts, List<DifferentKey> samples) {
    public Difference {
      samples = List.copyOf(samples);
    }
  }
}
