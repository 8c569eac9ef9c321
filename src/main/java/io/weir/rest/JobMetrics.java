package io.weir.rest;

import io.weir.api.environment.JobStatus;
import io.weir.engine.Clock;
import io.weir.job.Dispatcher;
import io.weir.job.execution.JobView;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.surroundings.CatalogException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metrics of a job under Flink's names. A job that has ended has none. */
@ApplicationScoped
public class JobMetrics {
  /** Of checkpoints, as long as none was completed. */
  private static final long NONE_YET = -1;

  /** How long a job has been in each of these, while it is. */
  private static final Map<JobStatus, String> TIMES =
      Map.of(
          JobStatus.CREATED, "createdTime",
          JobStatus.INITIALIZING, "initializingTime",
          JobStatus.RUNNING, "runningTime",
          JobStatus.RESTARTING, "restartingTime",
          JobStatus.FAILING, "failingTime",
          JobStatus.CANCELLING, "cancellingTime");

  @Inject private Dispatcher dispatcher;
  @Inject private Clock clock;

  Map<String, Object> of(JobSummary job) throws CatalogException {
    if (job.live().isEmpty() || job.status().isTerminalState()) {
      return Map.of();
    }
    JobView view = job.live().get();
    Map<String, Object> metrics = new LinkedHashMap<>();
    counts(dispatcher.catalog().checkpointCounts(job.id()), metrics);
    // not Flink's: it does not look
    metrics.put("numberOfDamagedCheckpoints", dispatcher.catalog().damagedRestorePoints(job.id()));
    lastCheckpoint(view.lastCompleted(), metrics);
    metrics.put("lastCheckpointRestoreTimestamp", view.restoredMillis());
    metrics.put("numRestarts", Math.max(0, view.attempt()));
    times(job, clock.nowMillis(), metrics);
    return metrics;
  }

  private static void counts(Map<CheckpointStatus, Long> counts, Map<String, Object> metrics) {
    metrics.put(
        "totalNumberOfCheckpoints", counts.values().stream().mapToLong(Long::longValue).sum());
    metrics.put(
        "numberOfInProgressCheckpoints", counts.getOrDefault(CheckpointStatus.IN_PROGRESS, 0L));
    metrics.put(
        "numberOfCompletedCheckpoints", counts.getOrDefault(CheckpointStatus.COMPLETED, 0L));
    metrics.put("numberOfFailedCheckpoints", counts.getOrDefault(CheckpointStatus.FAILED, 0L));
  }

  private static void lastCheckpoint(CheckpointRecord last, Map<String, Object> metrics) {
    boolean none = last == null;
    metrics.put("lastCheckpointSize", none ? NONE_YET : CheckpointJson.checkpointedSize(last));
    metrics.put("lastCheckpointFullSize", none ? NONE_YET : CheckpointJson.stateSize(last));
    metrics.put("lastCheckpointDuration", none ? NONE_YET : CheckpointJson.endToEndDuration(last));
    metrics.put(
        "lastCheckpointProcessedData", none ? NONE_YET : CheckpointJson.processedBytes(last));
    metrics.put(
        "lastCheckpointPersistedData", none ? NONE_YET : CheckpointJson.persistedBytes(last));
    metrics.put("lastCheckpointExternalPath", none ? "n/a" : last.path());
    metrics.put("lastCompletedCheckpointId", none ? NONE_YET : last.id());
    metrics.put("lastCheckpointCompletedTimestamp", none ? NONE_YET : last.endedMillis());
  }

  private static void times(JobSummary job, long now, Map<String, Object> metrics) {
    long inStatus = now - job.statusSince().getOrDefault(job.status(), now);
    boolean runs = job.status() == JobStatus.RUNNING;
    metrics.put("uptime", runs ? inStatus : 0L);
    metrics.put("downtime", runs ? 0L : inStatus);
    for (JobStatus status : List.of(JobStatus.values())) {
      if (TIMES.containsKey(status)) {
        metrics.put(TIMES.get(status), job.status() == status ? inStatus : 0L);
      }
    }
  }
}
