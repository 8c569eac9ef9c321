package io.weir.rest;

import java.util.LinkedHashMap;
import java.util.Map;

/** Prometheus' text format as Flink's reporter writes it: every metric is a gauge. */
final class PrometheusText {
  private static final String PREFIX = "flink_";

  /** All samples of one name stand together, below its type. */
  private final Map<String, StringBuilder> samples = new LinkedHashMap<>();

  /** Texts cannot be told to Prometheus: in Flink they are 0, too. */
  void add(String scope, String name, Map<String, String> labels, Object value) {
    String full = PREFIX + scope + "_" + allowed(name);
    StringBuilder lines =
        samples.computeIfAbsent(
            full,
            key ->
                new StringBuilder("# HELP %s %s (scope: %s)\n".formatted(full, name, scope))
                    .append("# TYPE %s gauge\n".formatted(full)));
    lines.append(full).append('{');
    labels.forEach(
        (label, text) -> lines.append(label).append("=\"").append(allowed(text)).append("\","));
    lines.append("} ").append(number(value)).append('\n');
  }

  private static double number(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    return Boolean.TRUE.equals(value) ? 1 : 0;
  }

  private static String allowed(String text) {
    return text.replaceAll("[^a-zA-Z0-9:_]", "_");
  }

  @Override
  public String toString() {
    return String.join("", samples.values());
  }
}
