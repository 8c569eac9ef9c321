package io.weir.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.api.environment.JobStatus;
import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.job.Dispatcher;
import io.weir.job.execution.JobView;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.FailureRecord;
import io.weir.job.surroundings.CatalogException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One line per job for those who watch many: its state, its last good checkpoint, its failures. */
@ApplicationScoped
public class JobLines {

  @Inject private Dispatcher dispatcher;

  ObjectNode of(JobSummary job, long nowMillis) throws CatalogException {
    ObjectNode line =
        Json.object()
            .put("id", job.id().toString())
            .put("name", job.name())
            .put("status", job.status().name())
            .put("start-time", job.startMillis())
            .put("end-time", job.endMillis())
            .put("duration", job.durationMillis(nowMillis))
            .put("status-since", job.lastModificationMillis())
            .put("restarts", job.live().map(view -> Math.max(0, view.attempt())).orElse(0));
    line.set("tasks", JobJson.taskCounts(job));
    line.set("checkpoints", checkpoints(job));
    line.set("restored", job.live().map(JobLines::restored).orElseGet(NullNode::getInstance));
    line.set("failure", failure(job));
    return line;
  }

  private ObjectNode checkpoints(JobSummary job) throws CatalogException {
    Configuration configuration = Configuration.fromMap(job.configuration());
    ObjectNode checkpoints =
        Json.object()
            .put(
                "interval",
                configuration
                    .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                    .map(Duration::toMillis)
                    .orElse(0L))
            .put("in-progress", job.live().map(view -> view.inProgress().size()).orElse(0))
            .put("failures-in-a-row", job.live().map(JobView::checkpointFailuresInARow).orElse(0))
            .put(
                "tolerable-failures",
                configuration.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER));
    checkpoints.set(
        "last-completed",
        lastCompleted(job).map(JobLines::completed).orElseGet(NullNode::getInstance));
    return checkpoints;
  }

  /** Of a job that has ended nobody asks how much it would lose. */
  private Optional<CheckpointRecord> lastCompleted(JobSummary job) throws CatalogException {
    Optional<CheckpointRecord> here = job.live().map(JobView::lastCompleted);
    return here.isPresent() || job.status().isGloballyTerminalState()
        ? here
        : dispatcher.catalog().restorePoints(job.id()).stream().findFirst();
  }

  private static JsonNode completed(CheckpointRecord checkpoint) {
    return Json.object()
        .put("id", checkpoint.id())
        .put("is-savepoint", checkpoint.type().isSavepoint())
        .put("trigger-timestamp", checkpoint.triggeredMillis())
        .put("timestamp", checkpoint.endedMillis())
        .put("duration", CheckpointJson.endToEndDuration(checkpoint))
        .put("size", CheckpointJson.stateSize(checkpoint));
  }

  private static JsonNode restored(JobView view) {
    if (view.restoredCheckpointId().isEmpty()) {
      return NullNode.getInstance();
    }
    return Json.object()
        .put("id", view.restoredCheckpointId().getAsLong())
        .put("is-savepoint", view.isRestoredFromSavepoint())
        .put("timestamp", view.restoredMillis());
  }

  /** What made it fail last, if it has not recovered from that. */
  private JsonNode failure(JobSummary job) throws CatalogException {
    if (job.status() == JobStatus.RUNNING || job.status() == JobStatus.FINISHED) {
      return NullNode.getInstance();
    }
    Throwable thrown = job.live().map(JobView::lastFailure).orElse(null);
    if (thrown != null) {
      return Json.object()
          .put("exception", thrown.getClass().getName())
          .put("message", thrown.getMessage());
    }
    if (job.status() != JobStatus.FAILED) {
      return NullNode.getInstance();
    }
    List<FailureRecord> newest = dispatcher.catalog().failures(job.id(), 1);
    return newest.isEmpty()
        ? NullNode.getInstance()
        : Json.object()
            .put("exception", newest.get(0).exceptionName())
            .put("message", ExceptionsJson.message(newest.get(0)));
  }
}
