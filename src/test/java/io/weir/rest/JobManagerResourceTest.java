package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobManagerResourceTest {

  @Test
  void argumentsAreShownWithoutTheirSecrets() {
    assertThat(JobManagerResource.withoutSecret("-Ddb.password=abc=d"))
        .isEqualTo("-Ddb.password=******");
    assertThat(JobManagerResource.withoutSecret("-Xmx1g")).isEqualTo("-Xmx1g");
    assertThat(JobManagerResource.withoutSecret("-Dfile.encoding=UTF-8"))
        .isEqualTo("-Dfile.encoding=UTF-8");
  }
}
