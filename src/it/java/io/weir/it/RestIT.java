package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.it.deployed.Eventually;
import io.weir.rest.ResourceRoles;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged WAR with the demo job, from outside. */
class RestIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String JOB = DemoJob.NAME;
  private static final String NO_JOB = "0123456789abcdef0123456789abcdef";

  private final Rest rest = new Rest("http://localhost:" + System.getProperty("weir.http.port"));

  private static String running() throws Exception {
    return DemoJob.running();
  }

  @Test
  void listsTheJobs() throws Exception {
    String id = running();
    JsonNode entry = byId(rest.json("/jobs").get("jobs"), "id", id);
    assertThat(entry.get("status").asText()).isEqualTo("RUNNING");
  }

  @Test
  void tellsWhichEdgesBarriersMayOvertakeRecordsOn() throws Exception {
    running();
    for (JsonNode edge : rest.named(JOB).get("edges")) {
      assertThat(edge.get("supports_unaligned").asBoolean())
          .as("%s", edge)
          .isEqualTo(edge.get("ship_strategy").asText().equals("HASH"));
    }
    assertThat(rest.named(JOB).get("edges")).isNotEmpty();
  }

  @Test
  void tellsWhetherTheRunningJobWouldStart() throws Exception {
    running();
    JsonNode report =
        Eventually.gives(
            LIMIT,
            () -> {
              Rest.Answer answer =
                  rest.post("/weir/v1/jobs/" + JOB + "/dry-run", "{\"openFunctions\": true}");
              assertThat(answer.status()).as(answer.body()).isEqualTo(200);
              // a checkpoint may be subsumed and removed while it is looked at
              assertThat(answer.json().get("verdict").asText()).isEqualTo("STARTS");
              return answer.json();
            });
    assertThat(report.get("operators"))
        .isNotEmpty()
        .allSatisfy(
            operator ->
                assertThat(operator.get("match").asText()).isIn("MATCHED", "NEW", "FINISHED"));
    assertThat(rest.named(JOB).get("status").asText()).isEqualTo("RUNNING");
  }

  @Test
  void looksIntoACheckpoint() throws Exception {
    String id = running();
    JsonNode entries =
        Eventually.gives(
            LIMIT,
            () -> {
              // the checkpoint may be subsumed and removed while it is looked at
              long newest = rest.newestCompleted(id).get("id").asLong();
              String state = "/weir/v1/checkpoints/" + id + "/" + newest + "/state";
              String keyed = keyedState(rest.json(state));
              assertThat(rest.json(state + "/key-groups" + keyed).get("key_groups")).isNotEmpty();
              return rest.json(state + "/entries" + keyed + "&limit=3").get("entries");
            });
    assertThat(entries).isNotEmpty();
    assertThat(entries.get(0).get("key").isNull()).isFalse();
  }

  @Test
  void tellsTheSizeOfEveryStateInACheckpoint() throws Exception {
    String id = running();
    long newest = rest.newestCompleted(id).get("id").asLong();
    JsonNode sizes = rest.json("/weir/v1/checkpoints/" + id + "/" + newest + "/sizes");
    JsonNode details = rest.json("/jobs/" + id + "/checkpoints/details/" + newest);
    long written = 0;
    long full = 0;
    int states = 0;
    for (JsonNode operator : sizes.get("operators")) {
      long ofStates = operator.at("/other/state_size").asLong();
      for (JsonNode state : operator.get("states")) {
        assertThat(state.get("state_size").asLong()).as("%s", state).isPositive();
        ofStates += state.get("state_size").asLong();
        states++;
      }
      assertThat(operator.get("state_size").asLong())
          .isEqualTo(
              ofStates
                  + operator.get("in_flight_size").asLong()
                  + operator.get("coordinator_size").asLong());
      written += operator.get("checkpointed_size").asLong();
      full += operator.get("state_size").asLong();
    }
    assertThat(states).isPositive();
    assertThat(written).isEqualTo(details.get("checkpointed_size").asLong());
    assertThat(full).isEqualTo(details.get("state_size").asLong());
    assertThat(rest.get("/weir/v1/checkpoints/" + id + "/999999999/sizes").status()).isEqualTo(404);
  }

  @Test
  void verifiesASavepointInTheBackground() throws Exception {
    String id = running();
    Rest.Answer asked =
        rest.post("/jobs/" + id + "/savepoints", "{\"target-directory\":\"target/savepoints\"}");
    assertThat(asked.status()).isEqualTo(202);
    String status = "/jobs/" + id + "/savepoints/" + asked.json().get("request-id").asText();
    Eventually.holds(
        LIMIT,
        () -> assertThat(rest.json(status).at("/status/id").asText()).isEqualTo("COMPLETED"));
    String path = rest.json(status).at("/operation/location").asText();
    String savepoint = "/weir/v1/checkpoints/" + id + "/" + savepointAt(path, id);

    assertThat(rest.post(savepoint + "/verification", "").status()).isEqualTo(202);

    JsonNode known =
        Eventually.gives(
            LIMIT,
            () -> {
              JsonNode answer = rest.json(savepoint + "/verification");
              assertThat(answer.get("status").asText()).isEqualTo("SOUND");
              return answer;
            });
    assertThat(known.get("verified_timestamp").asLong()).isPositive();
    assertThat(known.get("damage").isNull()).isTrue();
    assertThat(rest.send("PUT", savepoint + "/pin", "").json().get("pinned").asBoolean()).isTrue();
    String details =
        savepoint.replace("/weir/v1/checkpoints/" + id, "/jobs/" + id + "/checkpoints/details");
    assertThat(rest.json(details).get("pinned").asBoolean()).isTrue();
    assertThat(rest.send("DELETE", savepoint + "/pin", "").json().get("pinned").asBoolean())
        .isFalse();
  }

  @Test
  void labelsASavepointWhenItIsTakenAndLater() throws Exception {
    String id = running();
    String byName = "/weir/v1/jobs/" + JOB + "/savepoints";
    String directory = "\"targetDirectory\":\"target/savepoints\"";
    assertThat(rest.post(byName, "{" + directory + ",\"label\":\" \"}").status()).isEqualTo(400);
    Rest.Answer asked = rest.post(byName, "{" + directory + ",\"label\":\"before 2.1\"}");
    assertThat(asked.status()).as(asked.body()).isEqualTo(202);
    String status = "/jobs/" + id + "/savepoints/" + asked.json().get("request-id").asText();
    Eventually.holds(
        LIMIT,
        () -> assertThat(rest.json(status).at("/status/id").asText()).isEqualTo("COMPLETED"));
    String path = rest.json(status).at("/operation/location").asText();
    assertThat(restorePoint(path).get("label").asText()).isEqualTo("before 2.1");
    assertThat(restorePoint(path).get("ownership").asText()).isEqualTo("USER");

    String label = "/weir/v1/checkpoints/" + id + "/" + savepointAt(path, id) + "/label";
    assertThat(rest.send("PUT", label, "{\"label\":\"audit\"}").status()).isEqualTo(200);
    assertThat(restorePoint(path).get("label").asText()).isEqualTo("audit");
    assertThat(rest.send("PUT", label, "{}").status()).isEqualTo(400);
    assertThat(rest.send("DELETE", label, "").status()).isEqualTo(200);
    assertThat(restorePoint(path).get("label").isNull()).isTrue();
  }

  private JsonNode restorePoint(String path) throws Exception {
    for (JsonNode point :
        rest.json("/weir/v1/jobs/" + JOB + "/restore-points").get("restore-points")) {
      if (point.get("path").asText().equals(path)) {
        return point;
      }
    }
    throw new AssertionError("there is no restore point " + path);
  }

  @Test
  void findsAndRemovesWhatBelongsToNothing() throws Exception {
    String unused = running();
    assertThat(rest.json("/weir/v1/orphans").get("orphans").isArray()).isTrue();
    Rest.Answer asked = rest.send("DELETE", "/weir/v1/orphans?grace=86400000", "");
    assertThat(asked.status()).isEqualTo(202);
    String removal = "/weir/v1/orphans/" + asked.json().get("request-id").asText();
    Eventually.holds(
        LIMIT,
        () -> assertThat(rest.json(removal).at("/status/id").asText()).isEqualTo("COMPLETED"));
    assertThat(rest.json(removal).at("/operation/count").asInt()).isZero();
  }

  @Test
  void aRebuildOfTheCatalogDisturbsNoJobThatRuns() throws Exception {
    String id = running();
    Rest.Answer rebuilt = rest.post("/weir/v1/catalog/rebuild", "{}");
    assertThat(rebuilt.status()).as(rebuilt.body()).isEqualTo(200);
    assertThat(rebuilt.json().get("directories")).isNotEmpty();
    assertThat(rest.named(JOB).get("id").asText()).isEqualTo(id);
    assertThat(rest.named(JOB).get("status").asText()).isEqualTo("RUNNING");
  }

  private long savepointAt(String path, String id) throws Exception {
    for (JsonNode entry : rest.json("/weir/v1/checkpoints/" + id + "?limit=1000").get("history")) {
      if (entry.path("external_path").asText().equals(path)) {
        return entry.get("id").asLong();
      }
    }
    throw new AssertionError("the history has no snapshot at " + path);
  }

  /** The query that names a state with entries. */
  private static String keyedState(JsonNode contents) {
    for (JsonNode operator : contents.get("operators")) {
      for (JsonNode state : operator.get("states")) {
        if (state.get("kind").asText().equals("AGGREGATING")
            || state.get("kind").asText().equals("VALUE")) {
          return "?operator="
              + operator.get("id").asText()
              + "&state="
              + state.get("name").asText();
        }
      }
    }
    throw new AssertionError("no keyed state in " + contents);
  }

  @Test
  void givesAnOverviewOfTheJobs() throws Exception {
    String id = running();
    JsonNode entry = byId(rest.json("/jobs/overview").get("jobs"), "jid", id);
    assertThat(names(entry))
        .contains(
            "jid",
            "name",
            "start-time",
            "end-time",
            "duration",
            "state",
            "last-modification",
            "tasks");
    assertThat(entry.get("name").asText()).isEqualTo(JOB);
    assertThat(entry.get("end-time").asLong()).isEqualTo(-1);
    assertThat(entry.at("/tasks/running").asInt() + entry.at("/tasks/finished").asInt())
        .as("the airports are soon read")
        .isEqualTo(entry.at("/tasks/total").asInt());
  }

  private static JsonNode byId(JsonNode list, String key, String id) {
    for (JsonNode entry : list) {
      if (entry.get(key).asText().equals(id)) {
        return entry;
      }
    }
    throw new AssertionError("no " + id + " in " + list);
  }

  @Test
  void tellsWhereTheConfigurationIsFrom() throws Exception {
    JsonNode answer = rest.json("/weir/v1/configuration");
    JsonNode entries = answer.get("configuration");
    JsonNode fromFile = byId(entries, "key", "jobs.flights.execution.checkpointing.interval");
    assertThat(fromFile.get("value").asText()).isEqualTo("300ms");
    assertThat(fromFile.get("source").asText()).endsWith("src/it/liberty/weir.properties");
    JsonNode fromYaml = byId(entries, "key", "web.exception-history-size");
    assertThat(fromYaml.get("value").asText()).isEqualTo("17");
    assertThat(fromYaml.get("source").asText()).endsWith("src/it/liberty/config.yaml");
    JsonNode ofServer = byId(entries, "key", "weir.data.dir");
    assertThat(ofServer.get("source").asText()).contains("bootstrap.properties");
    JsonNode unset = byId(entries, "key", "execution.checkpointing.max-concurrent-checkpoints");
    assertThat(unset.get("value")).isEqualTo(unset.get("default"));
    assertThat(unset.get("source").isNull()).isTrue();
    JsonNode finding = byId(answer.get("findings"), "key", "jobmanager.memory.process.size");
    assertThat(finding.get("kind").asText()).isEqualTo("WITHOUT_EFFECT");
  }

  @Test
  void advisesOnCheckpointsWithTheArithmetic() throws Exception {
    running();
    JsonNode advice = rest.json("/weir/v1/jobs/" + JOB + "/advice?rpo=30s&mtbf=12h");
    assertThat(advice.get("rpo").asLong()).isEqualTo(30_000);
    assertThat(advice.get("mtbf").asLong()).isEqualTo(43_200_000);
    JsonNode interval = byId(advice.get("settings"), "key", "execution.checkpointing.interval");
    assertThat(interval.get("present").asText()).isEqualTo("300 ms");
    assertThat(interval.get("advised").asText()).isNotEmpty();
    assertThat(byId(advice.get("arithmetic"), "name", "Young").get("millis").asLong()).isPositive();
    Rest.Answer wrong = rest.get("/weir/v1/jobs/" + JOB + "/advice?rpo=soon");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.error()).contains("rpo = 'soon'", "Allowed");
  }

  @Test
  void describesEveryResource() throws Exception {
    JsonNode paths = rest.json("/openapi?format=JSON").get("paths");
    for (ResourceRoles.Row row : ResourceRoles.table()) {
      JsonNode operation = paths.path(row.plainPath()).path(row.method().toLowerCase(Locale.ROOT));
      assertThat(operation.path("summary").asText()).as("%s", row).isNotEmpty();
      assertThat(operation.path("x-weir-role").asText())
          .as("%s", row)
          .isEqualToIgnoringCase(row.role().name());
    }
    assertThat(rest.get("/openapi/ui/").status()).isEqualTo(200);
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  @Test
  void tellsTheDetailsOfAJob() throws Exception {
    String id = running();
    JsonNode job = rest.json("/v1/jobs/" + id + "/");
    assertThat(job.get("jid").asText()).isEqualTo(id);
    assertThat(job.get("state").asText()).isEqualTo("RUNNING");
    assertThat(names(job)).contains("isStoppable", "timestamps", "plan", "status-counts", "now");
    assertThat(job.get("vertices")).isNotEmpty();
    assertThat(job.get("vertices"))
        .allSatisfy(
            vertex ->
                assertThat(names(vertex))
                    .contains("id", "name", "parallelism", "maxParallelism", "status", "metrics"));
  }

  @Test
  void tellsTheStatisticsOfCheckpoints() throws Exception {
    String id = running();
    JsonNode checkpoints = rest.json("/jobs/" + id + "/checkpoints");
    JsonNode counts = checkpoints.get("counts");
    assertThat(names(counts))
        .containsExactlyInAnyOrder("restored", "total", "in_progress", "completed", "failed");
    assertThat(counts.get("completed").asInt()).isPositive();
    assertThat(names(checkpoints.get("latest")))
        .containsExactlyInAnyOrder("completed", "savepoint", "failed", "restored");
    assertThat(names(checkpoints.get("summary")))
        .contains(
            "checkpointed_size",
            "state_size",
            "end_to_end_duration",
            "alignment_buffered",
            "processed_data",
            "persisted_data");
    JsonNode newest = checkpoints.get("history").get(0);
    assertThat(names(newest))
        .contains("className", "id", "status", "is_savepoint", "trigger_timestamp", "tasks");
  }

  @Test
  void tellsTheSettingsOfCheckpoints() throws Exception {
    JsonNode config = rest.json("/jobs/" + running() + "/checkpoints/config");
    assertThat(config.get("mode").asText()).isEqualTo("exactly_once");
    assertThat(config.get("interval").asLong()).isEqualTo(300);
    assertThat(config.get("timeout").asLong()).isEqualTo(120_000);
    assertThat(config.get("state_backend").asText()).isEqualTo("HashMapStateBackend");
    assertThat(config.at("/externalization/enabled").isBoolean()).isTrue();
  }

  @Test
  void tellsTheDetailsOfACheckpointDownToTheSubtask() throws Exception {
    String id = running();
    String checkpoint = rest.newestCompleted(id).get("id").asText();
    String path = "/jobs/" + id + "/checkpoints/details/" + checkpoint;
    JsonNode details = rest.json(path);
    assertThat(details.get("status").asText()).isEqualTo("COMPLETED");
    assertThat(details.get("num_acknowledged_subtasks").asInt())
        .isEqualTo(details.get("num_subtasks").asInt());
    assertThat(details.get("external_path").asText()).contains("chk-" + checkpoint);
    assertThat(details.get("tasks")).isNotEmpty();
    for (String vertex : names(details.get("tasks"))) {
      JsonNode subtasks = rest.json(path + "/subtasks/" + vertex);
      assertThat(subtasks.at("/summary/checkpoint_duration/sync").isObject()).isTrue();
      assertThat(subtasks.get("subtasks")).hasSize(subtasks.get("num_subtasks").asInt());
      assertThat(subtasks.get("subtasks"))
          .allSatisfy(
              subtask -> {
                assertThat(subtask.get("status").asText()).isEqualTo("completed");
                assertThat(subtask.at("/alignment/duration").asLong()).isNotNegative();
              });
    }
  }

  @Test
  void takesACheckpointWhenAsked() throws Exception {
    String id = running();
    Rest.Answer asked = rest.post("/jobs/" + id + "/checkpoints", "{\"checkpointType\":\"FULL\"}");
    assertThat(asked.status()).isEqualTo(202);
    String trigger = asked.json().get("request-id").asText();
    assertThat(trigger).matches("[0-9a-f]{32}");
    JsonNode done =
        Eventually.gives(
            LIMIT,
            () -> {
              JsonNode status = rest.json("/jobs/" + id + "/checkpoints/" + trigger);
              assertThat(status.at("/status/id").asText()).isEqualTo("COMPLETED");
              return status;
            });
    long checkpoint = done.at("/operation/checkpointId").asLong();
    assertThat(
            rest.json("/jobs/" + id + "/checkpoints/details/" + checkpoint).get("status").asText())
        .isEqualTo("COMPLETED");
  }

  @Test
  void cancelsAJob() throws Exception {
    String id = running();
    Rest.Answer canceled = rest.send("PATCH", "/jobs/" + id + "?mode=cancel", "{}");
    assertThat(canceled.status()).isEqualTo(202);
    assertThat(canceled.body()).isEqualTo("{}");
    Eventually.holds(
        LIMIT,
        () -> assertThat(rest.json("/jobs/" + id).get("state").asText()).isEqualTo("CANCELED"));
    assertThat(rest.send("PATCH", "/jobs/" + id, "").status()).as("once more").isEqualTo(202);
    assertThat(rest.named(JOB).get("status").asText()).isEqualTo("CANCELED");
  }

  @Test
  void hasNoFailuresToTellOfAJobThatRuns() throws Exception {
    JsonNode exceptions = rest.json("/jobs/" + running() + "/exceptions");
    assertThat(exceptions.at("/exceptionHistory/entries")).isEmpty();
    assertThat(exceptions.at("/exceptionHistory/truncated").isBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/config",
        "/exceptions",
        "/plan",
        "/checkpoints",
        "/checkpoints/config",
        "/checkpoints/details/1"
      })
  void knowsNoJobOfAnotherId(String below) throws Exception {
    Rest.Answer answer = rest.get("/jobs/" + NO_JOB + below);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.contentType()).startsWith("application/json");
    assertThat(answer.error()).contains("Job " + NO_JOB + " not found");
  }

  @ParameterizedTest
  @CsvSource({
    "/jobs/xyz, jobid",
    "/jobs/xyz/checkpoints, jobid",
    "/jobs/" + NO_JOB + "/checkpoints/details/first, checkpointid",
    "/jobs/" + NO_JOB + "/checkpoints/details/1/subtasks/v, vertexid",
    "/jobs/" + NO_JOB + "/checkpoints/now, triggerid"
  })
  void refusesWhatIsNoId(String path, String parameter) throws Exception {
    Rest.Answer answer = rest.get(path);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).contains("Cannot resolve path parameter (" + parameter + ")");
  }

  @Test
  void knowsNoOtherCheckpointVertexOrTrigger() throws Exception {
    String id = running();
    String newest = rest.newestCompleted(id).get("id").asText();
    String checkpoints = "/jobs/" + id + "/checkpoints/";
    assertThat(rest.get(checkpoints + "details/99999").status()).isEqualTo(404);
    assertThat(rest.get(checkpoints + "details/" + newest + "/subtasks/" + NO_JOB).error())
        .contains("There is no checkpoint statistics for task " + NO_JOB);
    assertThat(rest.get(checkpoints + NO_JOB).error())
        .contains("There is no checkpoint operation with triggerId=" + NO_JOB);
  }

  @Test
  void refusesABodyThatIsNoRequest() throws Exception {
    String path = "/jobs/" + running() + "/checkpoints";
    assertThat(rest.post(path, "{\"checkpointType\":\"SOME\"}").status()).isEqualTo(400);
    assertThat(rest.post(path, "[]").status()).isEqualTo(400);
    assertThat(rest.post(path, "{").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"DELETE, /jobs", "PUT, /jobs/overview", "OPTIONS, /jobs", "POST, /jobs/overview"})
  void knowsNoOtherMethod(String method, String path) throws Exception {
    Rest.Answer answer = rest.send(method, path, "");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.error()).contains("Not found: " + path);
  }

  @Test
  void tellsByTheTriggerThatThereIsNoSuchJob() throws Exception {
    Rest.Answer asked = rest.post("/jobs/" + NO_JOB + "/checkpoints", "{}");
    assertThat(asked.status()).isEqualTo(202);
    JsonNode status =
        rest.json("/jobs/" + NO_JOB + "/checkpoints/" + asked.json().get("request-id").asText());
    assertThat(status.at("/operation/failureCause/stack-trace").asText()).contains(NO_JOB);
  }

  @Test
  void knowsNoOtherNameOfAJob() throws Exception {
    Rest.Answer answer = rest.start("flihgts");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.error()).contains("no job named 'flihgts'", "flights");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/started", "/health/live", "/health/ready"})
  void isHealthy(String path) throws Exception {
    Eventually.holds(
        LIMIT, () -> assertThat(rest.json(path).get("status").asText()).isEqualTo("UP"));
  }

  @Test
  void measuresTheCheckpointsOfEachJob() throws Exception {
    String id = running();
    Eventually.holds(
        LIMIT,
        () ->
            assertThat(gauge(metrics(), "checkpoint_failed_count"))
                .isEqualTo(rest.json("/jobs/" + id + "/checkpoints").at("/counts/failed").asInt()));
    String metrics = metrics();
    assertThat(gauge(metrics, "checkpoint_duration_milliseconds")).isNotNegative();
    assertThat(gauge(metrics, "checkpoint_size_bytes")).isPositive();
    assertThat(gauge(metrics, "checkpoint_alignment_time_milliseconds")).isNotNegative();
    assertThat(gauge(metrics, "checkpoint_count")).isPositive();
    assertThat(gauge(metrics, "checkpoint_damaged_count")).isZero();
  }

  private String metrics() throws IOException, InterruptedException {
    Rest.Answer answer = rest.get("/metrics?scope=application");
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  private static double gauge(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains("job=\"" + JOB + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " of " + JOB + " in:\n" + metrics));
  }
}
