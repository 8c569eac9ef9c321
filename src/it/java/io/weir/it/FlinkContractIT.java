package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.it.deployed.Eventually;
import io.weir.rest.AnswerContract;
import io.weir.rest.AnswerContract.Expected;
import io.weir.rest.AnswerShapes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every endpoint of Flink's, in success and in error, answers what {@link AnswerContract} has
 * recorded: status, content type, the fields with their types, the texts of errors. Each request is
 * sent twice: to the plain path without a body where it may have none, as the dashboard does, and
 * below {@code /v1} with one, as Flink's Java client does.
 *
 * <p>Other than Flink, on purpose: the text of an error does not begin with a class and does not
 * end with a stack trace, which would tell strangers about the inside of the server; and no answer
 * carries {@code Access-Control-Allow-Origin}.
 */
class FlinkContractIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String NO_JOB = "0123456789abcdef0123456789abcdef";

  /** Asked of a job that runs. */
  private static final List<String> OF_A_RUNNING_JOB =
      """
      GET /config
      GET /overview
      GET /jobmanager/config
      GET /jobmanager/environment
      GET /jobmanager/metrics
      GET /jobmanager/metrics?get=Status.JVM.Memory.Heap.Used
      GET /taskmanagers
      GET /taskmanagers/:taskmanagerid
      GET /taskmanagers/:taskmanagerid/metrics
      GET /taskmanagers/:taskmanagerid/metrics?get=Status.JVM.Memory.Heap.Used
      GET /taskmanagers/metrics
      GET /taskmanagers/metrics?get=Status.JVM.Memory.Heap.Used
      GET /taskmanagers/metrics?get=Status.JVM.Memory.Heap.Used&agg=min,sum
      GET /applications/overview
      GET /applications/:applicationid
      GET /jobs
      GET /jobs/overview
      GET /jobs/metrics
      GET /jobs/metrics?get=uptime
      GET /jobs/metrics?get=uptime&agg=min,sum&jobs=:jobid
      GET /jobs/:jobid
      GET /jobs/:jobid/status
      GET /jobs/:jobid/config
      GET /jobs/:jobid/plan
      GET /jobs/:jobid/accumulators
      GET /jobs/:jobid/metrics
      GET /jobs/:jobid/metrics?get=uptime
      GET /jobs/:jobid/checkpoints
      GET /jobs/:jobid/checkpoints/config
      GET /jobs/:jobid/checkpoints/details/:checkpointid
      GET /jobs/:jobid/checkpoints/details/:checkpointid/subtasks/:vertexid
      POST /jobs/:jobid/checkpoints
      GET /jobs/:jobid/checkpoints/:triggerid
      POST /jobs/:jobid/savepoints
      GET /jobs/:jobid/savepoints/:triggerid
      POST /savepoint-disposal
      GET /savepoint-disposal/:triggerid
      GET /jobs/:jobid/vertices/:vertexid
      GET /jobs/:jobid/vertices/:vertexid/accumulators
      GET /jobs/:jobid/vertices/:vertexid/backpressure
      GET /jobs/:jobid/vertices/:vertexid/jm-operator-metrics
      GET /jobs/:jobid/vertices/:vertexid/metrics
      GET /jobs/:jobid/vertices/:vertexid/metrics?get=:subtaskindex.numRecordsIn
      GET /jobs/:jobid/vertices/:vertexid/subtasks/metrics
      GET /jobs/:jobid/vertices/:vertexid/subtasks/metrics?get=numRecordsIn
      GET /jobs/:jobid/vertices/:vertexid/subtasks/metrics?get=numRecordsIn&agg=min,sum&subtasks=0
      GET /jobs/:jobid/vertices/:vertexid/subtasks/:subtaskindex
      GET /jobs/:jobid/vertices/:vertexid/subtasks/:subtaskindex/attempts/:attempt
      GET /jobs/:jobid/vertices/:vertexid/subtasks/:subtaskindex/metrics
      GET /jobs/:jobid/vertices/:vertexid/subtasks/:subtaskindex/metrics?get=numRecordsIn
      GET /jobs/:jobid/vertices/:vertexid/subtasktimes
      GET /jobs/:jobid/vertices/:vertexid/taskmanagers
      GET /jobs/:jobid/vertices/:vertexid/watermarks
      """
          .lines()
          .toList();

  private static final String EXCEPTIONS = "GET /jobs/:jobid/exceptions";
  private static final String RESULT = "GET /jobs/:jobid/execution-result";
  private static final String STOP = "POST /jobs/:jobid/stop";
  private static final String CANCEL = "PATCH /jobs/:jobid?mode=cancel";

  /** What there is to tell only when the job has ended, and what ends it. */
  private static final List<String> OF_THE_END = List.of(EXCEPTIONS, RESULT, STOP, CANCEL);

  private static final Map<String, String> NOT_SERVED =
      Map.of(
          "GET /jars",
          "programs come with the server, none is uploaded: /config says web-submit=false, upon"
              + " which nothing asks",
          "GET /jobmanager/logs",
          "logs are the container's, and may hold what is not for viewers; so nothing offers them",
          "GET /jobs/:jobid/yarn-cancel",
          "a GET must not change anything: a link on any page could cancel a job");

  private static AnswerContract contract;

  private final Rest rest = new Rest("http://localhost:" + System.getProperty("weir.http.port"));

  @BeforeAll
  static void readContract() throws IOException {
    contract = AnswerContract.ofFlink();
  }

  @Test
  void everyEndpointHasARow() {
    Set<String> rows = new TreeSet<>(OF_A_RUNNING_JOB);
    rows.addAll(OF_THE_END);
    rows.addAll(NOT_SERVED.keySet());
    assertThat(rows).isEqualTo(contract.endpoints());
  }

  @TestFactory
  Stream<DynamicTest> whatIsAskedOfARunningJob() throws Exception {
    Map<String, String> known = known(DemoJob.running());
    List<DynamicTest> tests = new ArrayList<>();
    for (String endpoint : OF_A_RUNNING_JOB) {
      tests.add(test(contract.success(endpoint), with(known, endpoint)));
      contract.cases(endpoint).forEach(each -> tests.add(test(each, with(known, endpoint))));
    }
    for (String endpoint : OF_THE_END) {
      contract.cases(endpoint).forEach(each -> tests.add(test(each, known)));
    }
    contract.elsewhere().forEach(each -> tests.add(test(each, known)));
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> whatIsNotServedIsUnknown() throws Exception {
    Map<String, String> known = known(DemoJob.running());
    return NOT_SERVED.keySet().stream()
        .map(contract::success)
        .map(
            row ->
                dynamicTest(
                    row.toString(),
                    () ->
                        assertThat(rest.send(row.method(), row.path(known), "").status())
                            .isEqualTo(404)));
  }

  /** What a request can name: of a job that runs, and what it has done. */
  private Map<String, String> known(String id) throws Exception {
    Map<String, String> known = new HashMap<>();
    known.put("jobid", id);
    known.put("applicationid", id);
    known.put("subtaskindex", "0");
    known.put("vertexid", vertexWithInput(id));
    String vertex = "/jobs/" + id + "/vertices/" + known.get("vertexid");
    JsonNode subtask = rest.json(vertex).at("/subtasks/0");
    known.put("attempt", subtask.get("attempt").asText());
    known.put("taskmanagerid", subtask.get("taskmanager-id").asText());
    Eventually.holds(
        LIMIT,
        () -> {
          assertThat(rest.json(vertex + "/backpressure").get("status").asText()).isEqualTo("ok");
          assertThat(rest.json(vertex + "/watermarks")).isNotEmpty();
        });
    String checkpoints = "/jobs/" + id + "/checkpoints";
    known.put("trigger of a checkpoint", begin(checkpoints, "{}"));
    JsonNode unused = result(checkpoints, known.get("trigger of a checkpoint"));
    String savepoints = "/jobs/" + id + "/savepoints";
    String body = "{\"target-directory\":\"target/savepoints\"}";
    known.put("trigger of a savepoint", begin(savepoints, body));
    String first = result(savepoints, known.get("trigger of a savepoint")).get("location").asText();
    known.put(
        "trigger of a disposal",
        begin("/savepoint-disposal", "{\"savepoint-path\":\"" + first + "\"}"));
    unused = result("/savepoint-disposal", known.get("trigger of a disposal"));
    known.put("savepoint", result(savepoints, begin(savepoints, body)).get("location").asText());
    return known;
  }

  private String vertexWithInput(String id) throws Exception {
    for (JsonNode node : rest.json("/jobs/" + id + "/plan").at("/plan/nodes")) {
      if (node.has("inputs")) {
        return node.get("id").asText();
      }
    }
    throw new AssertionError("no vertex has an input");
  }

  private String begin(String path, String body) throws Exception {
    Rest.Answer answer = rest.post(path, body);
    assertThat(answer.status()).as(answer.body()).isIn(200, 202);
    return answer.json().get("request-id").asText();
  }

  private JsonNode result(String path, String trigger) throws Exception {
    return Eventually.gives(
        LIMIT,
        () -> {
          JsonNode status = rest.json(path + "/" + trigger);
          assertThat(status.at("/status/id").asText()).isEqualTo("COMPLETED");
          return status.get("operation");
        });
  }

  private static Map<String, String> with(Map<String, String> known, String endpoint) {
    Map<String, String> values = new HashMap<>(known);
    String kind =
        endpoint.contains("disposal")
            ? "disposal"
            : endpoint.contains("savepoints") ? "savepoint" : "checkpoint";
    values.put("triggerid", known.get("trigger of a " + kind));
    return values;
  }

  private DynamicTest test(Expected row, Map<String, String> known) {
    return dynamicTest(row.toString(), () -> isAsRecorded(row, withFreshCheckpoint(known)));
  }

  /** What a vertex did is forgotten of checkpoints that have left the history. */
  private Map<String, String> withFreshCheckpoint(Map<String, String> known) throws Exception {
    Map<String, String> values = new HashMap<>(known);
    String newest = rest.newestCompleted(known.get("jobid")).get("id").asText();
    values.put("checkpointid", newest);
    return values;
  }

  /** Both ways to ask. */
  private void isAsRecorded(Expected row, Map<String, String> known) throws Exception {
    String body = row.body().replace(":savepoint", known.getOrDefault("savepoint", ""));
    boolean isRead = row.method().equals("GET") || row.method().equals("HEAD");
    isAsRecorded(row, known, rest.send(row.method(), row.path(known), isRead ? "" : body));
    isAsRecorded(row, known, rest.send(row.method(), "/v1" + row.path(known), body));
  }

  private static void isAsRecorded(Expected row, Map<String, String> known, Rest.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(row.status());
    if (row.method().equals("HEAD")) {
      return;
    }
    assertThat(answer.contentType()).isEqualTo("application/json; charset=UTF-8");
    JsonNode json = answer.json();
    if (row.errors() == null) {
      assertThat(contract.shapes().differences(row.endpoint(), row.shape(), json)).isEmpty();
      return;
    }
    assertThat(new HashSet<>(json.properties())).as("the key of an error").hasSize(1);
    List<String> expected = row.errors(known);
    assertThat(json.get("errors")).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(json.get("errors").get(i).asText()).contains(expected.get(i));
    }
  }

  @Test
  void anOperationOnAnUnknownJobFailsInItsStatus() throws Exception {
    String jobs = "/jobs/" + NO_JOB;
    JsonNode checkpoint = result(jobs + "/checkpoints", begin(jobs + "/checkpoints", "{}"));
    isFailure(checkpoint, "failureCause");
    String body = "{\"target-directory\":\"target/savepoints\"}";
    isFailure(result(jobs + "/savepoints", begin(jobs + "/savepoints", body)), "failure-cause");
    body = "{\"targetDirectory\":\"target/savepoints\"}";
    isFailure(result(jobs + "/savepoints", begin(jobs + "/stop", body)), "failure-cause");
    body = "{\"savepoint-path\":\"target/savepoints/none\"}";
    String disposal = begin("/savepoint-disposal", body);
    isFailure(result("/savepoint-disposal", disposal), "failure-cause");
  }

  private static void isFailure(JsonNode operation, String field) {
    assertThat(operation.properties()).hasSize(1);
    isThrowable(operation.path(field));
  }

  private static void isThrowable(JsonNode cause) {
    AnswerShapes shapes = contract.shapes();
    assertThat(shapes.differences("Throwable", shapes.type("Throwable"), cause)).isEmpty();
  }

  @Test
  void theSameTriggerIdIsTheSameOperation() throws Exception {
    String savepoints = "/jobs/" + DemoJob.running() + "/savepoints";
    String body =
        "{\"target-directory\":\"target/savepoints\",\"triggerId\":\"%s\"}"
            .formatted("c0ffee00".repeat(4));
    assertThat(begin(savepoints, body)).isEqualTo("c0ffee00".repeat(4));
    String first = result(savepoints, "c0ffee00".repeat(4)).get("location").asText();
    assertThat(begin(savepoints, body)).isEqualTo("c0ffee00".repeat(4));
    assertThat(result(savepoints, "c0ffee00".repeat(4)).get("location").asText())
        .as("no second savepoint")
        .isEqualTo(first);
  }

  @Test
  void aJobThatWasStopped() throws Exception {
    Map<String, String> known = new HashMap<>(Map.of("jobid", DemoJob.running()));
    isAsRecorded(contract.success(RESULT), known);
    Rest.Answer stop = rest.post(contract.success(STOP).path(known), contract.success(STOP).body());
    isAsRecorded(contract.success(STOP), known, stop);
    known.put("triggerid", stop.json().get("request-id").asText());
    String savepoints = "/jobs/" + known.get("jobid") + "/savepoints";
    assertThat(result(savepoints, known.get("triggerid")).get("location").isTextual()).isTrue();
    ends(known, "FINISHED", "SUCCEEDED");
    isAsRecorded(contract.success("GET /jobs/:jobid/savepoints/:triggerid"), known);
    isAsRecorded(contract.success(STOP), known);
  }

  @Test
  void aJobThatHasFailed() throws Exception {
    Map<String, String> known = Map.of("jobid", DemoJob.running());
    String id = known.get("jobid");
    String vertex = "/jobs/" + id + "/vertices/" + vertexWithInput(id);
    String place = rest.json(vertex).at("/subtasks/0/taskmanager-id").asText();
    assertThat(rest.post("/weir/v1/taskmanagers/" + place + "/lose", "").status()).isEqualTo(202);
    ends(known, "FAILED", "FAILED");
    isThrowable(
        rest.json("/jobs/" + id + "/execution-result").at("/job-execution-result/failure-cause"));
    isAsRecorded(contract.success(EXCEPTIONS), known);
    String exceptions = "/jobs/" + id + "/exceptions?failureLabelFilter=failover:";
    assertThat(rest.json(exceptions + "none").at("/exceptionHistory/entries")).isEmpty();
  }

  @Test
  void aJobThatWasCanceled() throws Exception {
    Map<String, String> known = Map.of("jobid", DemoJob.running());
    isAsRecorded(contract.success(CANCEL), known);
    ends(known, "CANCELED", "CANCELED");
  }

  private void ends(Map<String, String> known, String status, String application) throws Exception {
    String job = "/jobs/" + known.get("jobid");
    Eventually.holds(
        LIMIT, () -> assertThat(rest.json(job).get("state").asText()).isEqualTo(status));
    JsonNode result = rest.json(job + "/execution-result").get("job-execution-result");
    assertThat(result.get("application-status").asText()).isEqualTo(application);
    isAsRecorded(contract.success(RESULT), known);
    isAsRecorded(contract.ended(CANCEL, status), known);
  }
}
