package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IoMetricsTest {

  @Test
  void aggregatesOverTheSubtasks() {
    assertThat(IoMetrics.aggregate(new long[] {40, 10, 30, 20}).toString())
        .isEqualTo(
            "{\"min\":10,\"max\":40,\"avg\":25,\"sum\":100,\"median\":20,\"p25\":10,\"p75\":30,\"p95\":40}");
  }

  @Test
  void ofNoSubtaskEverythingIsZero() {
    assertThat(IoMetrics.aggregate(new long[0]).get("p95").asLong()).isZero();
  }
}
