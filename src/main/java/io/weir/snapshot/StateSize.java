package io.weir.snapshot;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How large one state of an operator is in a snapshot.
 *
 * @param name of the state
 * @param writtenBytes that were written for this snapshot
 * @param fullBytes that a restore reads
 */
public record StateSize(String name, StateKind kind, long writtenBytes, long fullBytes) {

  /** A state has a name that is its own among the keyed ones, or among the others. */
  private record Key(String name, StateKind kind) {}

  /** One for each state, in the order in which they come. */
  public static List<StateSize> sums(Collection<StateSize> parts) {
    Map<Key, StateSize> sums = new LinkedHashMap<>();
    for (StateSize part : parts) {
      sums.merge(new Key(part.name, part.kind), part, StateSize::plus);
    }
    return List.copyOf(sums.values());
  }

  private StateSize plus(StateSize other) {
    return new StateSize(
        name, kind, writtenBytes + other.writtenBytes, fullBytes + other.fullBytes);
  }
}
