package io.weir.sim;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The records that a sink must have committed, each as often as it is expected. */
final class ExpectedRecords implements Expectation {
  private final Map<Event, Integer> counts = new TreeMap<>();
  private final int size;
  private final boolean isNumbered;

  /**
   * @param isNumbered whether each subtask numbers its records, however many it gets
   */
  ExpectedRecords(List<Event> events, boolean isNumbered) {
    events.forEach(event -> counts.merge(event, 1, Integer::sum));
    this.size = events.size();
    this.isNumbered = isNumbered;
  }

  @Override
  public String excess(Map<Event, Integer> committed) {
    for (Map.Entry<Event, Integer> each : committed.entrySet()) {
      int allowed = isNumbered ? 1 : counts.getOrDefault(each.getKey(), 0);
      if (each.getValue() > allowed) {
        return each.getKey() + " is committed " + each.getValue() + " times instead of " + allowed;
      }
    }
    return null;
  }

  @Override
  public String lack(Map<Event, Integer> committed) {
    if (isNumbered) {
      return gap(committed);
    }
    for (Map.Entry<Event, Integer> each : counts.entrySet()) {
      int found = committed.getOrDefault(each.getKey(), 0);
      if (found < each.getValue()) {
        return each.getKey() + " is committed " + found + " times instead of " + each.getValue();
      }
    }
    return null;
  }

  private String gap(Map<Event, Integer> committed) {
    Map<Integer, Long> numbers = new TreeMap<>();
    for (Event event : committed.keySet()) {
      long next = numbers.merge(event.key(), 1L, Long::sum);
      if (event.value() != next) {
        return "subtask " + event.key() + " has not committed its record number " + next;
      }
    }
    long all = numbers.values().stream().mapToLong(Long::longValue).sum();
    return all == size ? null : "the subtasks have numbered " + all + " records instead of " + size;
  }
}
