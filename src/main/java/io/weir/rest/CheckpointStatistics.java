package io.weir.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.config.Configuration;
import io.weir.config.WebOptions;
import io.weir.job.Dispatcher;
import io.weir.job.execution.JobView;
import io.weir.job.history.AttemptRecord;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.snapshot.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The checkpoints of a job: counts, summary, the newest of each kind, history. */
@ApplicationScoped
public class CheckpointStatistics {
  /** How far back the newest of each kind is looked for. */
  private static final int LOOK_BACK = 100;

  @Inject private Dispatcher dispatcher;

  /** Of jobs that run. */
  private final Map<JobId, CompletedWindow> windows = new ConcurrentHashMap<>();

  ObjectNode of(JobSummary job) throws CatalogException {
    JobCatalog catalog = dispatcher.catalog();
    int shown = Configuration.fromMap(job.configuration()).get(WebOptions.CHECKPOINTS_HISTORY_SIZE);
    List<CheckpointRecord> rows =
        catalog.checkpoints(job.id(), Math.max(shown, LOOK_BACK)).stream()
            .map(row -> withLiveFigures(job, row))
            .toList();
    List<AttemptRecord> attempts = catalog.attempts(job.id(), LOOK_BACK);
    ObjectNode answer = Json.object();
    answer.set("counts", counts(catalog.checkpointCounts(job.id()), attempts));
    answer.set("summary", summary(job, catalog));
    answer.set("latest", latest(rows, attempts));
    ArrayNode history = answer.putArray("history");
    rows.stream().limit(shown).forEach(row -> history.add(CheckpointJson.entry(row)));
    return answer;
  }

  /** A checkpoint in progress is known to its coordinator better than to the catalog. */
  static CheckpointRecord withLiveFigures(JobSummary job, CheckpointRecord row) {
    if (row.status() != CheckpointStatus.IN_PROGRESS) {
      return row;
    }
    return job.live().map(JobView::inProgress).orElse(List.of()).stream()
        .filter(live -> live.id() == row.id())
        .findFirst()
        .orElse(row);
  }

  private static ObjectNode counts(
      Map<CheckpointStatus, Long> counts, List<AttemptRecord> attempts) {
    long inProgress = counts.getOrDefault(CheckpointStatus.IN_PROGRESS, 0L);
    long completed = counts.getOrDefault(CheckpointStatus.COMPLETED, 0L);
    long failed = counts.getOrDefault(CheckpointStatus.FAILED, 0L);
    return Json.object()
        .put("restored", attempts.stream().filter(CheckpointStatistics::isRestored).count())
        .put("total", inProgress + completed + failed)
        .put("in_progress", inProgress)
        .put("completed", completed)
        .put("failed", failed);
  }

  private ObjectNode summary(JobSummary job, JobCatalog catalog) throws CatalogException {
    CompletedWindow window =
        job.status().isTerminalState()
            ? Optional.ofNullable(windows.remove(job.id())).orElseGet(CompletedWindow::new)
            : windows.computeIfAbsent(job.id(), id -> new CompletedWindow());
    return window.summary(most -> catalog.checkpoints(job.id(), most));
  }

  private static ObjectNode latest(List<CheckpointRecord> rows, List<AttemptRecord> attempts) {
    ObjectNode latest = Json.object();
    latest.set(
        "completed",
        newest(
            rows, row -> row.status() == CheckpointStatus.COMPLETED && !row.type().isSavepoint()));
    latest.set(
        "savepoint",
        newest(
            rows, row -> row.status() == CheckpointStatus.COMPLETED && row.type().isSavepoint()));
    latest.set("failed", newest(rows, row -> row.status() == CheckpointStatus.FAILED));
    Optional<AttemptRecord> restored =
        attempts.stream().filter(CheckpointStatistics::isRestored).findFirst();
    latest.set(
        "restored",
        restored.<JsonNode>map(CheckpointStatistics::restored).orElse(NullNode.getInstance()));
    return latest;
  }

  private static JsonNode newest(
      List<CheckpointRecord> rows, Predicate<CheckpointRecord> condition) {
    return rows.stream()
        .filter(condition)
        .findFirst()
        .<JsonNode>map(CheckpointJson::entry)
        .orElse(NullNode.getInstance());
  }

  private static boolean isRestored(AttemptRecord attempt) {
    return attempt.restoredCheckpointId().isPresent();
  }

  private static ObjectNode restored(AttemptRecord attempt) {
    return Json.object()
        .put("id", attempt.restoredCheckpointId().orElseThrow())
        .put("restore_timestamp", attempt.startedMillis())
        .put("is_savepoint", attempt.isRestoredFromSavepoint())
        .put("external_path", attempt.restoredPath());
  }
}
