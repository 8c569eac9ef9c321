package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.it.deployed.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** A server as its clients see it. */
final class Rest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final String base;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  Rest(String base) {
    this.base = base;
  }

  /** An answer, whatever its status. */
  record Answer(int status, String contentType, String body) {

    JsonNode json() {
      try {
        return MAPPER.readTree(body);
      } catch (JsonProcessingException e) {
        throw new AssertionError("no JSON: " + body, e);
      }
    }

    /** The one text of an error. */
    String error() {
      assertThat(json().properties()).as("keys of an error").hasSize(1);
      return json().at("/errors/0").asText();
    }
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  Answer post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, body);
  }

  Answer send(String method, String path, String body) throws IOException, InterruptedException {
    return send(method, path, body, Map.of());
  }

  Answer send(String method, String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body());
  }

  /** The JSON of an answer that must be 200. */
  JsonNode json(String path) throws IOException, InterruptedException {
    Answer answer = get(path);
    assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return answer.json();
  }

  /** Starts a job by its name. */
  Answer start(String job) throws IOException, InterruptedException {
    return post("/weir/v1/jobs/" + job + "/start", "");
  }

  /** The newest job of a name with the decisions about it. */
  JsonNode named(String job) throws IOException, InterruptedException {
    return json("/weir/v1/jobs/" + job);
  }

  /**
   * The id of the newest job of a name; fails unless it runs, has completed a checkpoint, and each
   * source with an end has come to it: a checkpoint that is asked for at that moment fails.
   */
  String steady(String job) throws IOException, InterruptedException {
    JsonNode newest = named(job);
    assertThat(newest.get("status").asText()).isEqualTo("RUNNING");
    String id = newest.get("id").asText();
    JsonNode unused = newestCompleted(id);
    JsonNode counts = json("/jobs/" + id).get("status-counts");
    assertThat(counts.path("FINISHED").asInt()).as("sources at their end: %s", counts).isPositive();
    return id;
  }

  /** Waits until a job has finished. */
  void awaitFinished(String jobId, Duration limit) throws Exception {
    Eventually.holds(
        limit,
        () -> assertThat(json("/jobs/" + jobId).get("state").asText()).isEqualTo("FINISHED"));
  }

  /** The newest checkpoint that was completed; fails if there is none. */
  JsonNode newestCompleted(String jobId) throws IOException, InterruptedException {
    JsonNode newest = json("/jobs/" + jobId + "/checkpoints").at("/latest/completed");
    assertThat(newest.isObject()).as("a completed checkpoint of %s", jobId).isTrue();
    return newest;
  }
}
