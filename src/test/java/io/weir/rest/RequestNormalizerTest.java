package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestNormalizerTest {

  @ParameterizedTest
  @CsvSource({
    "/jobs, /jobs",
    "/jobs/, /jobs",
    "/v1/jobs, /jobs",
    "/v1/jobs/overview/, /jobs/overview",
    "/, /",
    "/v1, /",
    "/v1/, /",
    "/v2/jobs, /v2/jobs",
    "/v1jobs, /v1jobs",
    "/weir/v1/jobs, /weir/v1/jobs",
  })
  void everySpellingOfAPathIsTheSame(String path, String normal) {
    assertThat(RequestNormalizer.normalize(path)).isEqualTo(normal);
  }
}
