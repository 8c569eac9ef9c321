package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.it.deployed.Eventually;
import java.io.IOException;
import java.time.Duration;

/** The demo job in the server that Maven has started, which many tests use one after the other. */
public final class DemoJob {
  public static final String NAME = "flights";

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Rest REST =
      new Rest("http://localhost:" + System.getProperty("weir.http.port"));

  private DemoJob() {}

  /**
   * Starts it unless it runs, and waits until it {@linkplain Rest#steady runs steadily}; its id.
   */
  public static String running() throws Exception {
    return Eventually.gives(
        LIMIT,
        () -> {
          // one that another test has ended takes a moment for that
          assertThat(REST.start(NAME).status()).isIn(202, 409);
          return REST.steady(NAME);
        });
  }

  /** What the overview tells of its newest run. */
  public static JsonNode line() throws IOException, InterruptedException {
    JsonNode jobs = REST.json("/weir/v1/overview").get("jobs");
    for (JsonNode job : jobs) {
      if (job.get("name").asText().equals(NAME)) {
        return job;
      }
    }
    throw new AssertionError("no " + NAME + " in " + jobs);
  }
}
