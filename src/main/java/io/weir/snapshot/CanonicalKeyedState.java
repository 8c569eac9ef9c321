package io.weir.snapshot;

import java.util.Arrays;
import java.util.List;

/**
 * Keyed state in the form that every backend writes and reads, ordered by key group.
 *
 * @param range the key groups in it
 * @param states the states in it; entries refer to them by their index
 * @param offsets for each key group of the range, where it begins in the data, in bytes as they are
 *     stored
 * @param compression of each key group
 * @param data the bytes, as they are stored
 */
@SuppressWarnings(
    "ArrayRecordComponent") // compared by content; copying the offsets would double them
public record CanonicalKeyedState(
    KeyGroupRange range,
    List<StateDescription> states,
    long[] offsets,
    Compression compression,
    StateHandle data)
    implements KeyedStateHandle {
  public CanonicalKeyedState {
    states = List.copyOf(states);
    if (offsets.length != range.size()) {
      throw new IllegalArgumentException(offsets.length + " offsets for the key groups " + range);
    }
  }

  @Override
  public List<StateHandle> pieces() {
    return List.of(data);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CanonicalKeyedState that
        && range.equals(that.range)
        && states.equals(that.states)
        && Arrays.equals(offsets, that.offsets)
        && compression == that.compression
        && data.equals(that.data);
  }

  @Override
  public int hashCode() {
    return 31 * range.hashCode() + data.hashCode();
  }
}
