package io.weir.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The system outside of the engine into which sinks write: takes batches, each once, and can be
 * asked what it has.
 */
final class Ledger {
  private final Set<String> transactions = new HashSet<>();
  private final Map<Integer, Map<Event, Integer>> committed = new HashMap<>();

  private int size;

  /** Takes a batch, unless it has it already. */
  boolean commit(Batch batch, boolean evenTwice) {
    if (!transactions.add(batch.transaction()) && !evenTwice) {
      return false;
    }
    Map<Event, Integer> counts = committed.computeIfAbsent(batch.sink(), unused -> new TreeMap<>());
    batch.events().forEach(event -> counts.merge(event, 1, Integer::sum));
    size += batch.events().size();
    return true;
  }

  /** How often a sink has committed each record. */
  Map<Event, Integer> of(int sink) {
    return committed.getOrDefault(sink, Map.of());
  }

  int size() {
    return size;
  }

  /**
   * What becomes visible at once.
   *
   * @param transaction unique
   */
  record Batch(int sink, String transaction, List<Event> events) {
    Batch {
      events = List.copyOf(new ArrayList<>(events));
    }
  }
}
