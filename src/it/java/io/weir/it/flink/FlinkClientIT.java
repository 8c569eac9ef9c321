package io.weir.it.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlinkClientIT {
  private static final int PORT = Integer.getInteger("weir.http.port");
  private static final String JOB = "flights";
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private RestClusterClient<String> client;

  @BeforeEach
  void connect() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, "localhost");
    configuration.set(RestOptions.PORT, PORT);
    client = new RestClusterClient<>(configuration, "weir");
    String start = "http://localhost:%d/weir/v1/jobs/%s/start".formatted(PORT, JOB);
    HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(start)).POST(BodyPublishers.noBody()).build(),
            BodyHandlers.discarding());
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  /** The demo job as soon as it runs. */
  private JobID running() throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<JobStatusMessage> job =
          client.listJobs().get(30, TimeUnit.SECONDS).stream()
              .filter(each -> each.getJobName().equals(JOB))
              .filter(each -> each.getJobState() == JobStatus.RUNNING)
              .findFirst();
      if (job.isPresent()) {
        return job.get().getJobId();
      }
    }
    throw new AssertionError("the job does not run");
  }

  @Test
  void listsAndDescribesJobsTakesACheckpointAndCancels() throws Exception {
    JobID id = running();

    JobDetailsInfo details = client.getJobDetails(id).get(30, TimeUnit.SECONDS);
    assertThat(details.getName()).isEqualTo(JOB);
    assertThat(details.getJobStatus()).isEqualTo(JobStatus.RUNNING);
    Collection<JobDetailsInfo.JobVertexDetailsInfo> vertices = details.getJobVertexInfos();
    assertThat(vertices).extracting(each -> each.getName()).contains("Source: Read flights");

    assertThat(client.getJobStatus(id).get(30, TimeUnit.SECONDS)).isEqualTo(JobStatus.RUNNING);
    assertThat(client.getAccumulators(id, getClass().getClassLoader()).get(30, TimeUnit.SECONDS))
        .isEmpty();
    assertThat(client.triggerCheckpoint(id, CheckpointType.FULL).get(2, TimeUnit.MINUTES))
        .isPositive();

    client.cancel(id).get(30, TimeUnit.SECONDS);
    assertThat(client.requestJobResult(id).get(2, TimeUnit.MINUTES).getJobStatus())
        .contains(JobStatus.CANCELED);
    assertThat(client.getJobStatus(id).get(30, TimeUnit.SECONDS)).isEqualTo(JobStatus.CANCELED);
  }

  @Test
  void readsTheErrorsOfTheServer() {
    JobID unknown = new JobID();
    assertThatThrownBy(() -> client.getJobDetails(unknown).get(30, TimeUnit.SECONDS))
        .hasStackTraceContaining("Job " + unknown + " not found");
    assertThatThrownBy(() -> client.cancel(unknown).get(30, TimeUnit.SECONDS))
        .hasStackTraceContaining("Job could not be found.");
  }
}
