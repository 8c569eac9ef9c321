package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.SubtaskRecord;
import io.weir.job.history.Verification;
import io.weir.job.history.VertexRecord;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import io.weir.snapshot.VertexId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointJsonTest {
  private static final String[] COMMON = {
    "className",
    "id",
    "status",
    "is_savepoint",
    "savepointFormat",
    "trigger_timestamp",
    "latest_ack_timestamp",
    "checkpointed_size",
    "state_size",
    "end_to_end_duration",
    "alignment_buffered",
    "processed_data",
    "persisted_data",
    "num_subtasks",
    "num_acknowledged_subtasks",
    "checkpoint_type",
    "explanation",
    "tasks"
  };

  @Test
  void aCompletedEntryHasFlinksFields() {
    ObjectNode entry = CheckpointJson.entry(acknowledged().completed(170, "file:/chk-7", 9, 300));

    assertThat(names(entry))
        .contains(COMMON)
        .contains("external_path", "discarded", "verified_timestamp", "damage", "pinned")
        .contains("ownership", "label")
        .hasSize(25);
    assertThat(entry.get("verified_timestamp").longValue()).isEqualTo(-1);
    assertThat(entry.get("damage").isNull()).isTrue();
    assertThat(entry.get("className").textValue()).isEqualTo("completed");
    assertThat(entry.get("latest_ack_timestamp").longValue()).isEqualTo(160);
    assertThat(entry.get("end_to_end_duration").longValue()).isEqualTo(60);
    assertThat(entry.get("checkpointed_size").longValue()).isEqualTo(30);
    assertThat(entry.get("state_size").longValue()).isEqualTo(300);
    assertThat(entry.get("savepointFormat").isNull()).isTrue();
    assertThat(entry.get("checkpoint_type").textValue()).isEqualTo("CHECKPOINT");
    assertThat(entry.get("tasks")).isEmpty();
  }

  @Test
  void aVerifiedEntrySaysWhenAndWhatIsWrong() {
    CheckpointRecord damaged =
        acknowledged()
            .completed(170, "file:/chk-7", 9, 300)
            .verified(new Verification(500, "The state file x is missing."));

    ObjectNode entry = CheckpointJson.entry(damaged);

    assertThat(entry.get("verified_timestamp").longValue()).isEqualTo(500);
    assertThat(entry.get("damage").textValue()).isEqualTo("The state file x is missing.");
  }

  @Test
  void aFailedEntrySaysWhenAndWhy() {
    ObjectNode entry =
        CheckpointJson.entry(
            started().explained("The sink was slow.").failed(400, "EXPIRED", "too slow"));

    assertThat(names(entry))
        .contains(COMMON)
        .contains("failure_timestamp", "failure_message")
        .doesNotContain("external_path")
        .hasSize(20);
    assertThat(entry.get("explanation").textValue()).isEqualTo("The sink was slow.");
    assertThat(entry.get("end_to_end_duration").longValue()).isEqualTo(300);
    assertThat(entry.get("latest_ack_timestamp").longValue()).isEqualTo(-1);
  }

  @Test
  void anEntryInProgressHasNoMore() {
    ObjectNode entry = CheckpointJson.entry(started());

    assertThat(names(entry)).containsExactlyInAnyOrder(COMMON);
    assertThat(entry.get("className").textValue()).isEqualTo("in_progress");
    assertThat(entry.get("end_to_end_duration").longValue()).isEqualTo(-1);
  }

  @Test
  void aSavepointHasItsFormatAndType() {
    CheckpointRecord savepoint =
        CheckpointRecord.started(
            new JobId(1, 1), 7, 0, CheckpointType.SUSPEND_SAVEPOINT, 100, "file:/to-be", List.of());

    ObjectNode entry = CheckpointJson.entry(savepoint);

    assertThat(entry.get("is_savepoint").booleanValue()).isTrue();
    assertThat(entry.get("savepointFormat").textValue()).isEqualTo("CANONICAL");
    assertThat(entry.get("checkpoint_type").textValue()).isEqualTo("SYNC_SAVEPOINT");
  }

  @Test
  void theDetailsHaveALineForEachVertex() {
    ObjectNode details = CheckpointJson.details(acknowledged());

    assertThat(names(details.get("tasks"))).containsExactly(new VertexId(1, 2).toString());
    JsonNode line = details.get("tasks").get(new VertexId(1, 2).toString());
    assertThat(line.get("num_subtasks").intValue()).isEqualTo(2);
    assertThat(line.get("end_to_end_duration").longValue()).isEqualTo(60);
    assertThat(line.get("checkpointed_size").longValue()).isEqualTo(30);
    assertThat(line.get("state_size").longValue()).as("if restored").isEqualTo(300);
  }

  @Test
  void aVertexHasItsSubtasksAndTheirSummary() {
    CheckpointRecord half =
        started()
            .withVertices(
                List.of(
                    new VertexRecord(
                        new VertexId(1, 2),
                        "v",
                        List.of(subtask(0, 150), subtask(1, -1)),
                        List.of())));

    ObjectNode answer = CheckpointJson.subtasks(half, half.vertices().get(0));

    JsonNode summary = answer.get("summary");
    assertThat(summary.get("checkpoint_duration").get("sync").get("max").longValue()).isEqualTo(3);
    assertThat(summary.get("alignment").get("duration").get("avg").longValue()).isEqualTo(2);
    assertThat(summary.get("start_delay").get("min").longValue()).isEqualTo(1);
    assertThat(answer.get("subtasks").get(0).get("status").textValue()).isEqualTo("completed");
    assertThat(answer.get("subtasks").get(0).get("checkpoint").get("async").longValue())
        .isEqualTo(4);
    assertThat(names(answer.get("subtasks").get(1)))
        .containsExactlyInAnyOrder("className", "index", "status");
    assertThat(answer.get("num_acknowledged_subtasks").intValue()).isEqualTo(1);
  }

  private static CheckpointRecord started() {
    return CheckpointRecord.started(
        new JobId(1, 1), 7, 0, CheckpointType.CHECKPOINT, 100, "file:/to-be", vertices(-1));
  }

  private static CheckpointRecord acknowledged() {
    return started().withVertices(vertices(160));
  }

  private static List<VertexRecord> vertices(long ackMillis) {
    return List.of(
        new VertexRecord(
            new VertexId(1, 2),
            "v",
            List.of(subtask(0, ackMillis), subtask(1, ackMillis)),
            List.of()));
  }

  private static SubtaskRecord subtask(int index, long ackMillis) {
    return new SubtaskRecord(index, ackMillis, 1, 2, 3, 4, 15, 150, 6, 7, false);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void entriesInEachStatusAreAsFlinkHasThem() throws IOException {
    AnswerShapes flink = AnswerContract.ofFlink().shapes();
    for (CheckpointRecord checkpoint :
        List.of(
            acknowledged(),
            acknowledged().completed(170, "file:/chk-7", 9, 300),
            acknowledged().failed(180, "CHECKPOINT_EXPIRED", null))) {
      assertThat(flink.differences("Entry", flink.type("Entry"), CheckpointJson.entry(checkpoint)))
          .isEmpty();
    }
  }
}
