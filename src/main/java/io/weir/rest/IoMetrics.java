package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.engine.Task;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Traffic and time shares of tasks. Records are handed over as they are: there are no bytes. */
final class IoMetrics {
  private static final Map<String, ToLongFunction<Task>> FIGURES = figures();

  private IoMetrics() {}

  private static Map<String, ToLongFunction<Task>> figures() {
    Map<String, ToLongFunction<Task>> figures = new LinkedHashMap<>();
    figures.put("read-bytes", task -> 0);
    figures.put("write-bytes", task -> 0);
    figures.put("read-records", task -> task.load().recordsIn());
    figures.put("write-records", task -> task.load().recordsOut());
    figures.put("accumulated-backpressured-time", task -> task.load().backPressuredMillis());
    figures.put("accumulated-idle-time", task -> task.load().idleMillis());
    figures.put("accumulated-busy-time", task -> task.load().busyMillis());
    return figures;
  }

  static ObjectNode sum(List<Task> tasks) {
    ObjectNode metrics = Json.object();
    FIGURES.forEach(
        (name, figure) -> {
          metrics.put(name, tasks.stream().mapToLong(figure).sum());
          if (!name.startsWith("accumulated")) {
            metrics.put(name + "-complete", true);
          }
        });
    return metrics;
  }

  /** Each figure over the subtasks. */
  static ObjectNode aggregated(List<Task> tasks) {
    ObjectNode metrics = Json.object();
    FIGURES.forEach(
        (name, figure) -> metrics.set(name, aggregate(tasks.stream().mapToLong(figure).toArray())));
    return metrics;
  }

  static ObjectNode aggregate(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    long sum = Arrays.stream(sorted).sum();
    return Json.object()
        .put("min", sorted.length == 0 ? 0 : sorted[0])
        .put("max", sorted.length == 0 ? 0 : sorted[sorted.length - 1])
        .put("avg", sorted.length == 0 ? 0 : sum / sorted.length)
        .put("sum", sum)
        .put("median", quantile(sorted, 0.5))
        .put("p25", quantile(sorted, 0.25))
        .put("p75", quantile(sorted, 0.75))
        .put("p95", quantile(sorted, 0.95));
  }

  private static long quantile(long[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  }
}
