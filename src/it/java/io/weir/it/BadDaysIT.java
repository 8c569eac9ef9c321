package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.it.deployed.BadJobs;
import io.weir.it.deployed.Eventually;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs that cannot run: whoever starts one is told why and what to do; the others run on. */
@ExtendWith(ArquillianExtension.class)
class BadDaysIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String WAR = "weir-bad-days";

  private final Rest rest =
      new Rest("http://localhost:" + System.getProperty("weir.arquillian.http.port") + "/" + WAR);

  @Deployment(testable = false)
  static WebArchive war() {
    return WeirWar.named(WAR + ".war");
  }

  @Test
  void refusesAWrongValueByKeyValueAndWhatIsAllowed() throws Exception {
    Rest.Answer answer = rest.start(BadJobs.WRONG_VALUE);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.error())
        .contains(
            "Job 'wrong-value' is refused",
            "execution.checkpointing.mode",
            "SOMETIMES",
            "EXACTLY_ONCE",
            "AT_LEAST_ONCE");
    assertThat(rest.get("/weir/v1/jobs/" + BadJobs.WRONG_VALUE).status())
        .as("there is no such job afterwards")
        .isEqualTo(404);
  }

  @Test
  void tellsThatTheDirectoryOfCheckpointsCannotBeWritten() throws Exception {
    Rest.Answer answer = rest.start(BadJobs.NO_DIRECTORY);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.error())
        .contains("Job 'no-directory' is refused", "tests/a-file", "execution.checkpointing.dir");
  }

  @Test
  void tellsWhichLibraryAStorageNeeds() throws Exception {
    Rest.Answer answer = rest.start(BadJobs.NO_LIBRARY);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.error())
        .contains(
            "Job 'no-library' is refused",
            "The library for hdfs:// is not installed",
            "org.apache.hadoop:hadoop-client-api:",
            "lib/storage");
  }

  @Test
  void tellsWhichFileIsMissing() throws Exception {
    assertThat(failureOf(BadJobs.MISSING_SOURCE)).contains("nowhere/numbers.txt");
  }

  @Test
  void tellsWhereALineIsBroken() throws Exception {
    assertThat(failureOf(BadJobs.BROKEN_LINE)).contains("broken.txt", "three", "Line 3");
  }

  /** The newest failure of a job that has ended with it. */
  private String failureOf(String job) throws Exception {
    assertThat(rest.start(job).status()).isEqualTo(202);
    String id = rest.named(job).get("id").asText();
    return Eventually.gives(
        LIMIT,
        () -> {
          assertThat(rest.json("/jobs/" + id).get("state").asText()).isEqualTo("FAILED");
          JsonNode failures =
              rest.json("/jobs/" + id + "/exceptions").at("/exceptionHistory/entries");
          assertThat(failures).isNotEmpty();
          return failures.get(0).get("stacktrace").asText();
        });
  }
}
