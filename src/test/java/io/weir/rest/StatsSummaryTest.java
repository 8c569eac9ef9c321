package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StatsSummaryTest {

  @Test
  void percentilesLieBetweenTheFigures() {
    StatsSummary stats = StatsSummary.of(LongStream.of(40, 10, 30, 20));

    assertThat(stats.percentile(50)).isEqualTo(25.0);
    assertThat(stats.percentile(25)).isEqualTo(12.5);
    assertThat(stats.percentile(90)).isEqualTo(40.0);
    assertThat(stats.percentile(1)).isEqualTo(10.0);
  }

  @Test
  void ofOneFigureAllIsThatFigure() {
    ObjectNode json = StatsSummary.of(LongStream.of(7)).toJson();

    assertThat(json.toString())
        .isEqualTo(
            "{\"min\":7,\"max\":7,\"avg\":7,\"p50\":7.0,\"p90\":7.0,\"p95\":7.0,\"p99\":7.0,\"p999\":7.0}");
  }

  @Test
  void withoutFiguresPercentilesAreNoNumbers() {
    ObjectNode json = StatsSummary.of(LongStream.empty()).toJson();

    assertThat(json.get("min").longValue()).isZero();
    assertThat(json.get("avg").longValue()).isZero();
    assertThat(json.get("p999").textValue()).isEqualTo("NaN");
  }

  @Test
  void theFiguresOfATaskHaveNoPercentiles() {
    ObjectNode json = StatsSummary.of(LongStream.of(1, 2)).toJsonOfTask();

    assertThat(json.get("max").longValue()).isEqualTo(2);
    assertThat(json.get("p50").textValue()).isEqualTo("NaN");
  }
}
