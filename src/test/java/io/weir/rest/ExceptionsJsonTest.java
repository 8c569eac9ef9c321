package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.job.history.FailoverScope;
import io.weir.job.history.FailureRecord;
import io.weir.plan.TaskManagerId;
import io.weir.snapshot.JobId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExceptionsJsonTest {
  private static JsonNode entry(String taskName, FailoverScope failover) {
    FailureRecord failure =
        new FailureRecord(
            new JobId(1, 2), 3, 7, "java.io.IOException", "trace", taskName, failover);
    return ExceptionsJson.of(List.of(failure), false, each -> Optional.of(new TaskManagerId(2, 3)))
        .at("/exceptionHistory/entries/0");
  }

  @Test
  void aFailureOfATaskNamesItAndWhatHadToStartAgain() {
    JsonNode entry = entry("map (1/2)", FailoverScope.REGION);

    assertThat(entry.path("taskName").asText()).isEqualTo("map (1/2) - execution #3");
    assertThat(entry.path("taskManagerId").asText()).isEqualTo("localhost:2-3");
    assertThat(entry.at("/failureLabels/failover").asText()).isEqualTo("region");
  }

  @Test
  void aFailureOfTheWholeJobNamesNoTask() {
    JsonNode entry = entry(null, FailoverScope.JOB);

    assertThat(entry.has("taskName")).isFalse();
    assertThat(entry.has("taskManagerId")).isFalse();
    assertThat(entry.at("/failureLabels/failover").asText()).isEqualTo("job");
  }

  @Test
  void aFilterLetsThroughWhatHasAllItsLabels() {
    FailureRecord failure =
        new FailureRecord(
            new JobId(1, 2), 3, 7, "java.io.IOException", "trace", null, FailoverScope.JOB);

    assertThat(FailureLabels.parse(List.of()).match(failure)).isTrue();
    assertThat(FailureLabels.parse(List.of("failover:job")).match(failure)).isTrue();
    assertThat(FailureLabels.parse(List.of("failover:region")).match(failure)).isFalse();
    assertThat(FailureLabels.parse(List.of("failover:job,type:user")).match(failure)).isFalse();
    assertThatThrownBy(() -> FailureLabels.parse(List.of("job")))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("(failureLabelFilter) from value \"job\"");
  }
}
