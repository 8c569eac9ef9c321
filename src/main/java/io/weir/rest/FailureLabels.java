package io.weir.rest;

import io.weir.job.history.FailureRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The labels that a failure must have to be told of.
 *
 * @param wanted values by key
 */
record FailureLabels(Map<String, String> wanted) {
  private static final String PARAMETER = "failureLabelFilter";

  /**
   * Reads {@code key:value}, of which there may be several, with commas between them.
   *
   * @throws ApiException 400 if one has no colon
   */
  static FailureLabels parse(List<String> filters) {
    Map<String, String> wanted = new HashMap<>();
    for (String filter : filters) {
      for (String pair : MetricAnswers.names(filter)) {
        int colon = pair.indexOf(':');
        if (colon < 0) {
          throw QueryValues.unresolvable(PARAMETER, pair);
        }
        wanted.put(pair.substring(0, colon), pair.substring(colon + 1));
      }
    }
    return new FailureLabels(wanted);
  }

  /** What is known of a failure beyond its trace: what had to start again. */
  static Map<String, String> of(FailureRecord failure) {
    return Map.of("failover", failure.failover().name().toLowerCase(Locale.ROOT));
  }

  boolean match(FailureRecord failure) {
    return of(failure).entrySet().containsAll(wanted.entrySet());
  }
}
