package io.weir.rest;

import java.util.ArrayList;
import java.util.List;

/** Which subtasks a query names: {@code 0,2-4}; all if it names none. */
record SubtaskSelection(List<Range> ranges) {

  /** Both ends belong to it. */
  record Range(long first, long last) {}

  static SubtaskSelection parse(String text) {
    List<Range> ranges = new ArrayList<>();
    if (text != null) {
      for (String part : MetricAnswers.names(text)) {
        int dash = part.indexOf('-');
        String first = dash < 0 ? part : part.substring(0, dash);
        String last = dash < 0 ? part : part.substring(dash + 1);
        ranges.add(
            new Range(QueryValues.number("subtasks", first), QueryValues.number("subtasks", last)));
      }
    }
    return new SubtaskSelection(List.copyOf(ranges));
  }

  boolean contains(int subtask) {
    return ranges.isEmpty()
        || ranges.stream().anyMatch(range -> range.first <= subtask && subtask <= range.last);
  }
}
