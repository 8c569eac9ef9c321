package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricAnswersTest {
  private static final Map<String, Object> METRICS = metrics();

  private static Map<String, Object> metrics() {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("numRecordsIn", 7L);
    metrics.put("isBackPressured", false);
    metrics.put("lastCheckpointExternalPath", "n/a");
    return metrics;
  }

  @Test
  void withoutARequestThereAreNamesOnly() {
    assertThat(MetricAnswers.single(METRICS, null).toString())
        .isEqualTo(
            "[{\"id\":\"numRecordsIn\"},{\"id\":\"isBackPressured\"},"
                + "{\"id\":\"lastCheckpointExternalPath\"}]");
  }

  @Test
  void valuesAreTextsAndUnknownNamesAreLeftOut() {
    assertThat(MetricAnswers.single(METRICS, "isBackPressured,nothing, numRecordsIn").toString())
        .isEqualTo(
            "[{\"id\":\"isBackPressured\",\"value\":\"false\"},"
                + "{\"id\":\"numRecordsIn\",\"value\":\"7\"}]");
  }

  @Test
  void numbersAreAggregated() {
    List<Map<String, Object>> tasks =
        List.of(Map.of("n", 1), Map.of("n", 3L), Map.of("other", 5), Map.of("n", "text"));
    assertThat(MetricAnswers.aggregated(tasks, "n", null).toString())
        .isEqualTo(
            "[{\"id\":\"n\",\"min\":1.0,\"max\":3.0,\"avg\":2.0,\"sum\":4.0,\"skew\":50.0}]");
    assertThat(MetricAnswers.aggregated(tasks, "n", "max,sum").toString())
        .isEqualTo("[{\"id\":\"n\",\"max\":3.0,\"sum\":4.0}]");
    assertThat(MetricAnswers.aggregated(tasks, "nothing", null)).isEmpty();
    assertThat(MetricAnswers.aggregated(tasks, null, null).toString())
        .isEqualTo("[{\"id\":\"n\"},{\"id\":\"other\"}]");
  }

  @Test
  void anAggregationThatThereIsNotIsABadRequest() {
    assertThatThrownBy(() -> MetricAnswers.aggregated(List.of(METRICS), "numRecordsIn", "mode"))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(400));
  }

  @Test
  void subtasksAreNamedOneByOneOrAsRanges() {
    SubtaskSelection some = SubtaskSelection.parse("0,2-4");
    assertThat(List.of(0, 1, 2, 3, 4, 5)).filteredOn(some::contains).containsExactly(0, 2, 3, 4);
    assertThat(SubtaskSelection.parse(null).contains(17)).isTrue();
    assertThatThrownBy(() -> SubtaskSelection.parse("a")).isInstanceOf(ApiException.class);
  }
}
