package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.SubtaskRecord;
import io.weir.job.history.Verification;
import io.weir.job.history.VertexRecord;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** A checkpoint or savepoint as Flink shows it: in the history, in detail, and for one vertex. */
final class CheckpointJson {

  private CheckpointJson() {}

  /**
   * An entry of the history: without tasks. Beyond Flink's fields it has the sentence that explains
   * the checkpoint, null while it is in progress; and of a completed one when all of it was read
   * the last time, -1 for never, what was wrong with it then, or null, whether it is pinned, whose
   * it is, and what its user calls it, or null.
   */
  static ObjectNode entry(CheckpointRecord checkpoint) {
    CheckpointStatus status = checkpoint.status();
    List<SubtaskRecord> subtasks = subtasks(checkpoint);
    boolean isSavepoint = checkpoint.type().isSavepoint();
    ObjectNode entry =
        Json.object()
            .put("className", status.name().toLowerCase(Locale.ROOT))
            .put("id", checkpoint.id())
            .put("status", status.name())
            .put("is_savepoint", isSavepoint)
            .put("savepointFormat", isSavepoint ? "CANONICAL" : null)
            .put("trigger_timestamp", checkpoint.triggeredMillis())
            .put("latest_ack_timestamp", checkpoint.latestAckMillis())
            .put("checkpointed_size", checkpointedSize(checkpoint))
            .put("state_size", stateSize(checkpoint))
            .put("end_to_end_duration", endToEndDuration(checkpoint))
            .put("alignment_buffered", 0)
            .put("processed_data", sum(subtasks, SubtaskRecord::processedBytes))
            .put("persisted_data", sum(subtasks, SubtaskRecord::persistedBytes))
            .put("num_subtasks", checkpoint.subtasks())
            .put("num_acknowledged_subtasks", checkpoint.acknowledged())
            .put("checkpoint_type", type(checkpoint))
            .put("explanation", checkpoint.explanation());
    entry.putObject("tasks");
    if (status == CheckpointStatus.COMPLETED) {
      entry.put("external_path", checkpoint.path()).put("discarded", checkpoint.isDiscarded());
      Verification verification = checkpoint.verification();
      entry
          .put("verified_timestamp", verification == null ? -1 : verification.atMillis())
          .put("damage", checkpoint.damage())
          .put("pinned", checkpoint.isPinned())
          .put("ownership", checkpoint.ownership().name())
          .put("label", checkpoint.label());
    } else if (status == CheckpointStatus.FAILED) {
      entry
          .put("failure_timestamp", checkpoint.endedMillis())
          .put("failure_message", checkpoint.failureMessage());
    }
    return entry;
  }

  /** The entry with a line for every vertex. */
  static ObjectNode details(CheckpointRecord checkpoint) {
    ObjectNode details = entry(checkpoint);
    ObjectNode tasks = details.withObject("/tasks");
    for (VertexRecord vertex : checkpoint.vertices()) {
      tasks.set(vertex.id().toString(), vertex(checkpoint, vertex));
    }
    return details;
  }

  /** The line of one vertex with all its subtasks. */
  static ObjectNode subtasks(CheckpointRecord checkpoint, VertexRecord vertex) {
    ObjectNode answer = vertex(checkpoint, vertex);
    List<SubtaskRecord> acknowledged =
        vertex.subtasks().stream().filter(SubtaskRecord::isAcknowledged).toList();
    answer.set("summary", summary(checkpoint, acknowledged));
    ArrayNode list = answer.putArray("subtasks");
    vertex.subtasks().forEach(subtask -> list.add(subtask(checkpoint, subtask)));
    return answer;
  }

  private static ObjectNode vertex(CheckpointRecord checkpoint, VertexRecord vertex) {
    List<SubtaskRecord> subtasks = vertex.subtasks();
    long latestAck = vertex.latestAckMillis();
    return Json.object()
        .put("id", checkpoint.id())
        .put("status", checkpoint.status().name())
        .put("latest_ack_timestamp", latestAck)
        .put("checkpointed_size", vertex.stateBytes())
        .put("state_size", vertex.fullBytes())
        .put(
            "end_to_end_duration",
            latestAck < 0 ? -1 : Math.max(0, latestAck - checkpoint.triggeredMillis()))
        .put("alignment_buffered", 0)
        .put("processed_data", sum(subtasks, SubtaskRecord::processedBytes))
        .put("persisted_data", sum(subtasks, SubtaskRecord::persistedBytes))
        .put("num_subtasks", subtasks.size())
        .put("num_acknowledged_subtasks", vertex.acknowledged());
  }

  private static ObjectNode summary(CheckpointRecord checkpoint, List<SubtaskRecord> subtasks) {
    ObjectNode summary = Json.object();
    summary.set("checkpointed_size", stats(subtasks, SubtaskRecord::stateBytes));
    summary.set("state_size", stats(subtasks, SubtaskRecord::fullBytes));
    summary.set(
        "end_to_end_duration", stats(subtasks, subtask -> endToEndDuration(checkpoint, subtask)));
    ObjectNode duration = summary.putObject("checkpoint_duration");
    duration.set("sync", stats(subtasks, SubtaskRecord::syncMillis));
    duration.set("async", stats(subtasks, SubtaskRecord::asyncMillis));
    ObjectNode alignment = summary.putObject("alignment");
    alignment.set("buffered", StatsSummary.zeros());
    alignment.set("processed", stats(subtasks, SubtaskRecord::processedBytes));
    alignment.set("persisted", stats(subtasks, SubtaskRecord::persistedBytes));
    alignment.set("duration", stats(subtasks, SubtaskRecord::alignmentMillis));
    summary.set("start_delay", stats(subtasks, SubtaskRecord::startDelayMillis));
    return summary;
  }

  private static ObjectNode stats(
      List<SubtaskRecord> subtasks, ToLongFunction<SubtaskRecord> figure) {
    return StatsSummary.of(subtasks.stream().mapToLong(figure)).toJsonOfTask();
  }

  private static ObjectNode subtask(CheckpointRecord checkpoint, SubtaskRecord subtask) {
    ObjectNode entry = Json.object();
    if (!subtask.isAcknowledged()) {
      return entry
          .put("className", "pending")
          .put("index", subtask.subtask())
          .put("status", "pending_or_failed");
    }
    entry
        .put("className", "completed")
        .put("index", subtask.subtask())
        .put("ack_timestamp", subtask.ackMillis())
        .put("end_to_end_duration", endToEndDuration(checkpoint, subtask))
        .put("checkpointed_size", subtask.stateBytes())
        .put("state_size", subtask.fullBytes());
    entry
        .putObject("checkpoint")
        .put("sync", subtask.syncMillis())
        .put("async", subtask.asyncMillis());
    entry
        .putObject("alignment")
        .put("buffered", 0)
        .put("processed", subtask.processedBytes())
        .put("persisted", subtask.persistedBytes())
        .put("duration", subtask.alignmentMillis());
    return entry
        .put("start_delay", subtask.startDelayMillis())
        .put("unaligned_checkpoint", subtask.isUnaligned())
        .put("aborted", false)
        .put("status", "completed");
  }

  private static long endToEndDuration(CheckpointRecord checkpoint, SubtaskRecord subtask) {
    return Math.max(0, subtask.ackMillis() - checkpoint.triggeredMillis());
  }

  /** To the last acknowledgement, or to the failure; -1 if there is neither. */
  static long endToEndDuration(CheckpointRecord checkpoint) {
    long end =
        checkpoint.status() == CheckpointStatus.FAILED
            ? checkpoint.endedMillis()
            : checkpoint.latestAckMillis();
    return end < 0 ? -1 : Math.max(0, end - checkpoint.triggeredMillis());
  }

  static long checkpointedSize(CheckpointRecord checkpoint) {
    return checkpoint.vertices().stream().mapToLong(VertexRecord::stateBytes).sum();
  }

  static long stateSize(CheckpointRecord checkpoint) {
    return checkpoint.status() == CheckpointStatus.COMPLETED
        ? checkpoint.stateBytes()
        : checkpointedSize(checkpoint);
  }

  static long processedBytes(CheckpointRecord checkpoint) {
    return sum(subtasks(checkpoint), SubtaskRecord::processedBytes);
  }

  static long persistedBytes(CheckpointRecord checkpoint) {
    return sum(subtasks(checkpoint), SubtaskRecord::persistedBytes);
  }

  private static String type(CheckpointRecord checkpoint) {
    if (checkpoint.type().isSavepoint()) {
      return checkpoint.type().isSynchronous() ? "SYNC_SAVEPOINT" : "SAVEPOINT";
    }
    boolean unaligned = subtasks(checkpoint).stream().anyMatch(SubtaskRecord::isUnaligned);
    return unaligned ? "UNALIGNED_CHECKPOINT" : "CHECKPOINT";
  }

  private static List<SubtaskRecord> subtasks(CheckpointRecord checkpoint) {
    return checkpoint.vertices().stream().flatMap(vertex -> vertex.subtasks().stream()).toList();
  }

  private static long sum(List<SubtaskRecord> subtasks, ToLongFunction<SubtaskRecord> figure) {
    return subtasks.stream().mapToLong(figure).sum();
  }
}
