package io.weir.job;

import io.weir.api.environment.JobStatus;
import io.weir.config.ExternalizedCheckpointRetention;
import io.weir.job.description.JobDescription;
import io.weir.job.history.DecisionRecord;
import io.weir.job.history.FailoverScope;
import io.weir.job.history.FailureRecord;
import io.weir.job.snapshots.SnapshotDisposal;
import io.weir.job.surroundings.Actor;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.job.surroundings.JobSurroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happens to a job into the catalog, in order, without making the job wait. What could
 * not be written is in the log; none of it is needed to keep the job's state right.
 */
final class JobJournal {
  private static final Logger LOG = LoggerFactory.getLogger(JobJournal.class);
  private static final int MAX_STACK_TRACE = 16_000;

  /** How long to wait before an unreachable catalog is told again that the job has ended. */
  private static final long END_RETRY_MILLIS = 1_000;

  private final JobDescription job;
  private final JobSurroundings surroundings;
  private final Actor writer;

  /** Set by the job's master, read by the writer. */
  private volatile boolean closed;

  JobJournal(JobDescription job, JobSurroundings surroundings) {
    this.job = job;
    this.surroundings = surroundings;
    this.writer =
        new Actor(
            surroundings.blocking(),
            e -> LOG.error("Job '{}': the journal has failed", job.name(), e));
  }

  /** A write to the catalog. */
  private interface Entry {
    void write(JobCatalog catalog) throws CatalogException;
  }

  private void write(String what, Entry entry) {
    writer.tell(() -> tryWrite(what, entry));
  }

  /** Nothing is written from now on, the job's end neither. */
  void close() {
    closed = true;
  }

  private void tryWrite(String what, Entry entry) {
    if (closed) {
      return;
    }
    try {
      entry.write(surroundings.catalog());
    } catch (CatalogException e) {
      LOG.warn("Job '{}': the catalog could not note {}: {}", job.name(), what, e.getMessage());
    }
  }

  void statusChanged(JobStatus status, String why) {
    long now = surroundings.clock().nowMillis();
    write("the status " + status, catalog -> catalog.statusChanged(job.id(), status, why, now));
  }

  void attemptEnded(int attempt) {
    long now = surroundings.clock().nowMillis();
    write("the end of attempt " + attempt, catalog -> catalog.attemptEnded(job.id(), attempt, now));
  }

  void releaseLease(long token) {
    write("the end of its lease", catalog -> catalog.releaseLease(job.id(), token));
  }

  void decided(String what, String why) {
    DecisionRecord decision =
        new DecisionRecord(job.id(), surroundings.clock().nowMillis(), what, why);
    write("the decision '" + what + "'", catalog -> catalog.decided(decision));
  }

  /**
   * @param taskName null if it is not one task that has failed
   */
  void failed(int attempt, Throwable cause, String taskName, FailoverScope failover) {
    FailureRecord failure =
        new FailureRecord(
            job.id(),
            attempt,
            surroundings.clock().nowMillis(),
            cause.getClass().getName(),
            stackTrace(cause),
            taskName,
            failover);
    write("a failure", catalog -> catalog.failed(failure));
  }

  /**
   * The last entry: the job has ended or is suspended. A job that has finished needs its
   * checkpoints no more; a canceled one only if its user wants to keep them; one that has failed or
   * is suspended always.
   *
   * <p>The catalog is asked until it has noted the end: a job that it holds to be running would run
   * again when the server starts the next time, and without its checkpoints from its beginning.
   *
   * @param afterwards called when all this is written
   */
  void ended(
      JobStatus status,
      String why,
      long leaseToken,
      SnapshotDisposal disposal,
      ExternalizedCheckpointRetention retention,
      Runnable afterwards) {
    long now = surroundings.clock().nowMillis();
    boolean remove =
        status == JobStatus.FINISHED
            || (status == JobStatus.CANCELED
                && retention != ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    Runnable rest =
        () -> {
          try {
            if (remove && !closed) {
              disposal.ended();
            }
            tryWrite("the end of its lease", catalog -> catalog.releaseLease(job.id(), leaseToken));
          } finally {
            afterwards.run();
          }
        };
    writer.tell(() -> writeEnd(status, why, now, rest));
  }

  private void writeEnd(JobStatus status, String why, long now, Runnable rest) {
    if (closed) {
      rest.run();
      return;
    }
    try {
      surroundings.catalog().statusChanged(job.id(), status, why, now);
    } catch (CatalogException e) {
      if (status.isTerminalState() && !isKnownToHaveEnded()) {
        LOG.warn(
            "Job '{}' is {}, but the catalog could not note it; asking again: {}",
            job.name(),
            status,
            e.getMessage());
        surroundings
            .timers()
            .callAt(
                surroundings.clock().nowMillis() + END_RETRY_MILLIS,
                () -> writer.tell(() -> writeEnd(status, why, now, rest)));
        return;
      }
      LOG.warn(
          "Job '{}': the catalog did not note the status {}: {}",
          job.name(),
          status,
          e.getMessage());
    }
    rest.run();
  }

  private boolean isKnownToHaveEnded() {
    try {
      return surroundings
          .catalog()
          .job(job.id())
          .map(record -> record.status().isGloballyTerminalState())
          .orElse(true);
    } catch (CatalogException e) {
      return false;
    }
  }

  private static String stackTrace(Throwable cause) {
    StringWriter text = new StringWriter();
    cause.printStackTrace(new PrintWriter(text));
    return text.toString().substring(0, Math.min(text.toString().length(), MAX_STACK_TRACE));
  }
}
