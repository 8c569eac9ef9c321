package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.weir.it.deployed.Eventually;
import io.weir.rest.AnswerContract;
import io.weir.rest.AnswerContract.Expected;
import io.weir.rest.AnswerShapes;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every resource below {@code /weir/v1} answers what {@link AnswerContract#ofWeir} says, which the
 * OpenAPI document is made of, and reads the fields that its body may have. One job lives through
 * all of it, so that each kind of answer comes up.
 */
class WeirContractIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private static AnswerContract contract;

  private final Rest rest = new Rest("http://localhost:" + System.getProperty("weir.http.port"));
  private final Map<String, String> known = new HashMap<>();
  private final Set<String> asked = new TreeSet<>();

  @BeforeAll
  static void readContract() throws IOException {
    contract = AnswerContract.ofWeir();
  }

  @Test
  void everyResourceAnswersAsTheContractSays() throws Exception {
    known.put("name", DemoJob.NAME);
    known.put("jobid", DemoJob.running());
    server();
    snapshots();
    job();
    theEnd();
    assertThat(asked).as("resources that were asked").isEqualTo(contract.endpoints());
  }

  private void server() throws Exception {
    JsonNode unused = ask("GET /weir/v1/overview");
    unused = ask("GET /weir/v1/overview/:jobid");
    unused = ask("GET /weir/v1/configuration");
    assertThat(ask("GET /weir/v1/prometheus").asText()).contains("flink_jobmanager_");
    unused = ask("GET /weir/v1/orphans");
    JsonNode removal = ask("DELETE /weir/v1/orphans?grace=86400000");
    known.put("triggerid", removal.get("request-id").asText());
    completed("GET /weir/v1/orphans/:triggerid");
    unused = ask("POST /weir/v1/catalog/rebuild");
  }

  /** A savepoint stays, whatever checkpoints are subsumed meanwhile. */
  private void snapshots() throws Exception {
    known.put("earlier", savepoint());
    known.put("checkpointid", known.get("earlier"));
    keyedState(ask("GET /weir/v1/checkpoints/:jobid/:checkpointid/state"));
    String state = "GET /weir/v1/checkpoints/:jobid/:checkpointid/state/";
    JsonNode unused = ask(state + "key-groups?operator=:operator&state=:keyed");
    unused = ask(state + "entries?operator=:operator&state=:keyed&limit=3");
    Eventually.holds(
        LIMIT,
        () -> {
          known.put("checkpointid", savepoint());
          JsonNode same = ask(state + "difference?operator=:operator&state=:keyed&since=:earlier");
          assertThat(same.get("samples")).isNotEmpty();
        });
    String snapshot = " /weir/v1/checkpoints/:jobid/:checkpointid/";
    unused = ask("GET" + snapshot + "sizes");
    unused = ask("PUT" + snapshot + "pin");
    unused = ask("DELETE" + snapshot + "pin");
    unused = ask("PUT" + snapshot + "label");
    unused = ask("DELETE" + snapshot + "label");
    unused = ask("POST" + snapshot + "verification");
    unused = ask("GET" + snapshot + "verification");
    unused = ask("GET /weir/v1/checkpoints/:jobid");
    unused = ask("GET /weir/v1/jobs/:name/restore-points");
  }

  /** The id of a new one. */
  private String savepoint() throws Exception {
    JsonNode begun = ask("POST /weir/v1/jobs/:name/savepoints");
    String job = known.get("jobid");
    String status = "/jobs/" + job + "/savepoints/" + begun.get("request-id").asText();
    Eventually.holds(
        LIMIT,
        () -> assertThat(rest.json(status).at("/status/id").asText()).isEqualTo("COMPLETED"));
    String path = rest.json(status).at("/operation/location").asText();
    for (JsonNode entry : rest.json("/weir/v1/checkpoints/" + job + "?limit=500").get("history")) {
      if (entry.path("external_path").asText().equals(path)) {
        return entry.get("id").asText();
      }
    }
    throw new AssertionError("the history has no savepoint at " + path);
  }

  private void keyedState(JsonNode contents) {
    for (JsonNode operator : contents.get("operators")) {
      for (JsonNode state : operator.get("states")) {
        if (state.get("kind").asText().equals("AGGREGATING")) {
          known.put("operator", operator.get("id").asText());
          known.put("keyed", state.get("name").asText());
          return;
        }
      }
    }
    throw new AssertionError("no state of this kind in " + contents);
  }

  private void job() throws Exception {
    JsonNode unused = ask("GET /weir/v1/jobs");
    unused = ask("GET /weir/v1/jobs/:name/advice?rpo=30s&mtbf=12h");
    unused = ask("POST /weir/v1/jobs/:name/dry-run");
    unused = ask("POST /weir/v1/jobs/:name/suspend");
    awaitStatus("SUSPENDED");
    unused = ask("POST /weir/v1/jobs/:name/resume");
    known.put("jobid", DemoJob.running());
    unused = ask("GET /weir/v1/jobs/:name");
    assertThat(ask("GET /weir/v1/overview/:jobid").get("restored").isObject()).isTrue();
  }

  private void theEnd() throws Exception {
    JsonNode unused = ask("POST /weir/v1/jobs/:name/cancel");
    awaitStatus("CANCELED");
    unused = ask("POST /weir/v1/jobs/:name/start");
    known.put("jobid", DemoJob.running());
    String job = "/jobs/" + known.get("jobid");
    String vertex = rest.json(job + "/plan").at("/plan/nodes/0/id").asText();
    JsonNode subtask = rest.json(job + "/vertices/" + vertex).at("/subtasks/0");
    known.put("taskmanagerid", subtask.get("taskmanager-id").asText());
    unused = ask("POST /weir/v1/taskmanagers/:taskmanagerid/lose");
    awaitStatus("FAILED");
    assertThat(ask("GET /weir/v1/overview/:jobid").get("failure").isObject()).isTrue();
  }

  private void awaitStatus(String status) throws Exception {
    Eventually.holds(
        LIMIT,
        () -> assertThat(rest.named(known.get("name")).get("status").asText()).isEqualTo(status));
  }

  private void completed(String endpoint) throws Exception {
    Eventually.holds(
        LIMIT, () -> assertThat(ask(endpoint).at("/status/id").asText()).isEqualTo("COMPLETED"));
  }

  /** Asks as the contract says; the answer, which is as it says. */
  private JsonNode ask(String endpoint) throws Exception {
    asked.add(endpoint);
    Expected row = contract.success(endpoint);
    JsonNode request = contract.request(endpoint).orElse(null);
    if (request != null) {
      refusesNumbers(row, shape(request));
    }
    String body = request == null ? "" : row.body();
    Rest.Answer answer = rest.send(row.method(), row.path(known), body);
    assertThat(answer.status()).as("%s: %s", row, answer.body()).isEqualTo(row.status());
    if (row.shape().asText().equals("text")) {
      assertThat(answer.contentType()).startsWith("text/plain");
      return TextNode.valueOf(answer.body());
    }
    JsonNode json = answer.json();
    assertThat(contract.shapes().differences(endpoint, row.shape(), json)).isEmpty();
    return json;
  }

  private static JsonNode shape(JsonNode request) {
    return request.isTextual() ? contract.shapes().type(request.asText()) : request;
  }

  /** None of the fields may be a number; one that is not read would be passed over. */
  private void refusesNumbers(Expected row, JsonNode request) throws Exception {
    for (Map.Entry<String, JsonNode> field : request.properties()) {
      String body = "{\"%s\":7}".formatted(AnswerShapes.name(field.getKey()));
      Rest.Answer answer = rest.send(row.method(), row.path(known), body);
      assertThat(answer.status()).as("%s %s: %s", row, body, answer.body()).isEqualTo(400);
      assertThat(answer.error()).contains("did not match expected format");
    }
  }
}
