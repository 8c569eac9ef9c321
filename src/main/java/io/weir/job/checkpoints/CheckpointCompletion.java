package io.weir.job.checkpoints;

import io.weir.checkpoint.FailureReason;
import io.weir.checkpoint.explain.CheckpointTrace;
import io.weir.checkpoint.explain.CriticalPath;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.recovery.JobLease;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.storage.CheckpointLocation;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one checkpoint complete: its metadata, then its row in the catalog, and finds out what it
 * has come to if that failed. Waits for storage and catalog, so it never runs on the job's actor.
 */
final class CheckpointCompletion implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointCompletion.class);

  /** How long to wait before asking an unreachable catalog again what a checkpoint has come to. */
  private static final long SETTLE_RETRY_MILLIS = 1_000;

  private final String jobName;
  private final JobSurroundings surroundings;
  private final CheckpointLocation location;
  private final SnapshotMetadata metadata;
  private final CheckpointRecord inProgress;
  private final CheckpointTrace trace;
  private final JobLease lease;
  private final long token;
  private final Consumer<CheckpointRecord> completed;
  private final Consumer<Exception> failed;

  /**
   * @param trace explains it
   * @param completed called with the completed checkpoint
   * @param failed called with the reason when it is certain that it is not complete
   */
  CheckpointCompletion(
      String jobName,
      JobSurroundings surroundings,
      CheckpointLocation location,
      SnapshotMetadata metadata,
      CheckpointRecord inProgress,
      CheckpointTrace trace,
      JobLease lease,
      Consumer<CheckpointRecord> completed,
      Consumer<Exception> failed) {
    this.jobName = jobName;
    this.surroundings = surroundings;
    this.location = location;
    this.metadata = metadata;
    this.inProgress = inProgress;
    this.trace = trace;
    this.lease = lease;
    this.token = lease.token();
    this.completed = completed;
    this.failed = failed;
  }

  @Override
  public void run() {
    CheckpointRecord record;
    try {
      String path = location.publish(metadata);
      long now = surroundings.clock().nowMillis();
      record =
          inProgress
              .explained(CriticalPath.of(trace.endedAt(now)).sentence())
              .completed(now, path, 0, metadata.sizeBytes());
    } catch (IOException e) {
      settle(inProgress, e);
      return;
    }
    try {
      // DECISION: with this commit the checkpoint exists; before it, whatever is in storage is an
      // orphan
      surroundings.catalog().checkpointCompleted(record, token);
    } catch (CatalogException e) {
      settle(record, e);
      return;
    }
    completed.accept(record);
  }

  /** Asks the catalog until there is an answer. */
  private void settle(CheckpointRecord record, Exception cause) {
    CheckpointStatus status;
    try {
      if (!lease.prolong(token)) {
        return;
      }
      status = surroundings.catalog().checkpointFailed(failed(record, cause));
    } catch (CatalogException e) {
      LOG.warn(
          "Checkpoint {} of job '{}': the catalog does not say whether it is complete, asking again: {}",
          record.id(),
          jobName,
          e.getMessage());
      surroundings
          .timers()
          .callAt(
              surroundings.clock().nowMillis() + SETTLE_RETRY_MILLIS,
              () -> surroundings.blocking().execute(() -> settle(record, cause)));
      return;
    }
    if (status == CheckpointStatus.COMPLETED) {
      completed.accept(record);
    } else {
      failed.accept(cause);
    }
  }

  private CheckpointRecord failed(CheckpointRecord record, Exception cause) {
    FailureReason reason = FailureReason.FINALIZE_CHECKPOINT_FAILURE;
    long now = surroundings.clock().nowMillis();
    String why = reason.explain(String.valueOf(cause.getMessage()));
    return record
        .explained(CriticalPath.of(trace.failed(why).endedAt(now)).sentence())
        .failed(now, reason.name(), reason.advise(why));
  }
}
