package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Metrics as Flink gives them: names only if none are asked for, else their values as texts; or the
 * same metric of several things, aggregated.
 */
final class MetricAnswers {
  private static final List<String> AGGREGATIONS = List.of("min", "max", "avg", "sum", "skew");

  private MetricAnswers() {}

  static ArrayNode single(Map<String, ?> metrics, String get) {
    ArrayNode answer = Json.array();
    if (get == null) {
      metrics.keySet().forEach(name -> answer.addObject().put("id", name));
      return answer;
    }
    for (String name : names(get)) {
      Object value = metrics.get(name);
      if (value != null) {
        answer.addObject().put("id", name).put("value", value.toString());
      }
    }
    return answer;
  }

  /**
   * The metrics of several things.
   *
   * @throws ApiException 400 for an aggregation that there is not
   */
  static ArrayNode aggregated(Collection<? extends Map<String, ?>> all, String get, String agg) {
    List<String> wanted = agg == null ? AGGREGATIONS : names(agg);
    for (String each : wanted) {
      if (!AGGREGATIONS.contains(each)) {
        throw QueryValues.unresolvable("agg", each);
      }
    }
    ArrayNode answer = Json.array();
    if (get == null) {
      Set<String> names = new TreeSet<>();
      all.forEach(metrics -> names.addAll(numbers(metrics).keySet()));
      names.forEach(name -> answer.addObject().put("id", name));
      return answer;
    }
    for (String name : names(get)) {
      List<Double> values =
          all.stream().map(MetricAnswers::numbers).map(each -> each.get(name)).toList();
      List<Double> known = values.stream().filter(value -> value != null).toList();
      if (!known.isEmpty()) {
        answer.add(aggregate(name, known, wanted));
      }
    }
    return answer;
  }

  private static ObjectNode aggregate(String name, List<Double> values, List<String> wanted) {
    DoubleSummaryStatistics statistics =
        values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    Map<String, Double> all =
        Map.of(
            "min", statistics.getMin(),
            "max", statistics.getMax(),
            "avg", statistics.getAverage(),
            "sum", statistics.getSum(),
            "skew", skew(values, statistics.getAverage()));
    ObjectNode answer = Json.object().put("id", name);
    wanted.forEach(each -> answer.put(each, all.get(each)));
    return answer;
  }

  /** How far the values lie from their mean, in percent of it. */
  private static double skew(List<Double> values, double mean) {
    if (mean == 0) {
      return 0;
    }
    double deviation = values.stream().mapToDouble(value -> Math.abs(value - mean)).sum();
    return Math.min(100, deviation / values.size() / Math.abs(mean) * 100);
  }

  private static Map<String, Double> numbers(Map<String, ?> metrics) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    metrics.forEach(
        (name, value) -> {
          if (value instanceof Number number) {
            numbers.put(name, number.doubleValue());
          }
        });
    return numbers;
  }

  static List<String> names(String list) {
    return Stream.of(list.split(",")).map(String::strip).filter(each -> !each.isEmpty()).toList();
  }
}
