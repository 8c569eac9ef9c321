package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Least, greatest, mean and percentiles of some figures, as Flink shows them. */
final class StatsSummary {
  private static final String NOT_A_NUMBER = "NaN";

  private final long[] sorted;

  private StatsSummary(long[] sorted) {
    this.sorted = sorted;
  }

  static StatsSummary of(LongStream figures) {
    long[] sorted = figures.toArray();
    Arrays.sort(sorted);
    return new StatsSummary(sorted);
  }

  /** With percentiles. */
  ObjectNode toJson() {
    ObjectNode json = extremes();
    put(json, "p50", 50);
    put(json, "p90", 90);
    put(json, "p95", 95);
    put(json, "p99", 99);
    put(json, "p999", 99.9);
    return json;
  }

  /** The figures of a task's subtasks come without percentiles. */
  ObjectNode toJsonOfTask() {
    ObjectNode json = extremes();
    for (String name : new String[] {"p50", "p90", "p95", "p99", "p999"}) {
      json.put(name, NOT_A_NUMBER);
    }
    return json;
  }

  /** Of a figure that is always zero. */
  static ObjectNode zeros() {
    ObjectNode json = StatsSummary.of(LongStream.empty()).extremes();
    for (String name : new String[] {"p50", "p90", "p95", "p99", "p999"}) {
      json.put(name, 0.0);
    }
    return json;
  }

  private ObjectNode extremes() {
    int count = sorted.length;
    return Json.object()
        .put("min", count == 0 ? 0 : sorted[0])
        .put("max", count == 0 ? 0 : sorted[count - 1])
        .put("avg", count == 0 ? 0 : Arrays.stream(sorted).sum() / count);
  }

  private void put(ObjectNode json, String name, double percent) {
    if (sorted.length == 0) {
      json.put(name, NOT_A_NUMBER);
    } else {
      json.put(name, percentile(percent));
    }
  }

  /**
   * Between two figures, the one in proportion to where the percentile lies between their ranks.
   */
  double percentile(double percent) {
    double rank = percent * (sorted.length + 1) / 100;
    int below = (int) Math.floor(rank);
    if (below < 1) {
      return sorted[0];
    }
    if (below >= sorted.length) {
      return sorted[sorted.length - 1];
    }
    long lower = sorted[below - 1];
    return lower + (rank - below) * (sorted[below] - lower);
  }
}
