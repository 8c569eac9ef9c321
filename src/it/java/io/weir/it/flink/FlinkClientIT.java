package io.weir.it.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.it.DemoJob;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlinkClientIT {
  private static final int PORT = Integer.getInteger("weir.http.port");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private RestClusterClient<String> client;

  @BeforeEach
  void connect() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, "localhost");
    configuration.set(RestOptions.PORT, PORT);
    configuration.set(RestOptions.CONNECTION_TIMEOUT, PATIENCE);
    client = new RestClusterClient<>(configuration, "weir");
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  private static <T> T get(CompletableFuture<T> answer) throws Exception {
    return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void listsAndDescribesJobsTakesACheckpointAndCancels() throws Exception {
    JobID id = JobID.fromHexString(DemoJob.running());

    assertThat(get(client.listJobs()))
        .filteredOn(each -> each.getJobId().equals(id))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.getJobName()).isEqualTo(DemoJob.NAME);
              assertThat(each.getJobState()).isEqualTo(JobStatus.RUNNING);
            });

    JobDetailsInfo details = get(client.getJobDetails(id));
    assertThat(details.getName()).isEqualTo(DemoJob.NAME);
    assertThat(details.getJobStatus()).isEqualTo(JobStatus.RUNNING);
    Collection<JobDetailsInfo.JobVertexDetailsInfo> vertices = details.getJobVertexInfos();
    assertThat(vertices).extracting(each -> each.getName()).contains("Source: Read flights");

    assertThat(get(client.getJobStatus(id))).isEqualTo(JobStatus.RUNNING);
    assertThat(get(client.getAccumulators(id, getClass().getClassLoader()))).isEmpty();
    assertThat(get(client.triggerCheckpoint(id, CheckpointType.FULL))).isPositive();

    get(client.cancel(id));
    assertThat(get(client.requestJobResult(id)).getJobStatus()).contains(JobStatus.CANCELED);
    assertThat(get(client.getJobStatus(id))).isEqualTo(JobStatus.CANCELED);
  }

  @Test
  void readsTheErrorsOfTheServer() {
    JobID unknown = new JobID();
    assertThatThrownBy(() -> get(client.getJobDetails(unknown)))
        .hasStackTraceContaining("Job " + unknown + " not found");
    assertThatThrownBy(() -> get(client.cancel(unknown)))
        .hasStackTraceContaining("Job could not be found.");
  }
}
