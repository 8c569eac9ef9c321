package io.weir.job;

import io.weir.checkpoint.SavepointPolicy;
import io.weir.config.SavepointOptions;
import io.weir.job.checkpoints.RequestedSavepoint;
import io.weir.job.checkpoints.TakenCheckpoint;
import io.weir.job.description.JobDescription;
import io.weir.job.description.JobSettings;
import io.weir.job.history.Ownership;
import io.weir.job.recovery.JobLease;
import io.weir.job.snapshots.SurplusSavepoints;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.job.surroundings.MainThread;
import io.weir.snapshot.CheckpointType;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes savepoints of one job when its policy says so, and has those removed that it keeps no
 * longer. Used by the job's actor alone.
 */
final class ScheduledSavepoints {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduledSavepoints.class);

  /** The clock is looked at this often, because it may be set, and a machine may sleep. */
  private static final long LONGEST_WAIT_MILLIS = 60_000;

  /** How often a job is looked at that is due, but does not run at the moment. */
  private static final long NOT_RUNNING_MILLIS = 1_000;

  /** What it needs of the job's scheduler. */
  interface Master {
    MainThread mainThread();

    JobLease lease();

    /** Whether all tasks run, and the job is to go on. */
    boolean takesSavepoints();

    /** Whether the job does not run here any more. */
    boolean isEnded();

    /** Takes a savepoint now. */
    void checkpoint(
        CheckpointType type,
        RequestedSavepoint savepoint,
        CompletableFuture<TakenCheckpoint> answer);
  }

  private final JobDescription job;
  private final SavepointPolicy policy;
  private final RequestedSavepoint savepoint;
  private final JobSurroundings surroundings;
  private final JobJournal journal;
  private final Master master;

  /** When the last one was tried, or the job was submitted. */
  private long lastMillis;

  ScheduledSavepoints(
      JobDescription job,
      JobSettings settings,
      SavepointPolicy policy,
      JobSurroundings surroundings,
      JobJournal journal,
      Master master) {
    this.job = job;
    this.policy = policy;
    this.savepoint =
        new RequestedSavepoint(
            settings.savepointDirectory().orElseThrow(),
            Ownership.POLICY,
            job.configuration().getOptional(SavepointOptions.LABEL).orElse(null));
    this.surroundings = surroundings;
    this.journal = journal;
    this.master = master;
  }

  /**
   * Begins to look at the clock, until the job has ended.
   *
   * @param triedMillis when the last one was tried, or the job was submitted
   */
  void begin(long triedMillis) {
    lastMillis = triedMillis;
    look();
  }

  private void look() {
    if (master.isEnded()) {
      return;
    }
    long now = master.mainThread().nowMillis();
    long wait = policy.dueMillis(lastMillis, now) - now;
    if (wait > 0) {
      master.mainThread().callAfter(Math.min(wait, LONGEST_WAIT_MILLIS), this::look);
    } else if (master.takesSavepoints()) {
      take(now);
    } else {
      master.mainThread().callAfter(NOT_RUNNING_MILLIS, this::look);
    }
  }

  private void take(long now) {
    lastMillis = now;
    CompletableFuture<TakenCheckpoint> answer = new CompletableFuture<>();
    CompletableFuture<TakenCheckpoint> unused =
        answer.whenComplete(
            (taken, failed) -> master.mainThread().tell(() -> ended(taken, failed)));
    master.checkpoint(CheckpointType.SAVEPOINT, savepoint, answer);
  }

  private void ended(TakenCheckpoint taken, Throwable failed) {
    if (failed != null) {
      failed(failed);
    } else {
      LOG.info(
          "Scheduled savepoint {} of job '{}' ({}) is at {}; the next one is due at {}",
          taken.checkpointId(),
          job.name(),
          job.id(),
          taken.path(),
          nextTime());
      long token = master.lease().token();
      surroundings.blocking().execute(() -> removeSurplus(token));
    }
    look();
  }

  private void failed(Throwable why) {
    if (master.isEnded()) {
      return;
    }
    String sentence =
        "The scheduled savepoint could not be taken: %s The next one is tried at %s; to have one sooner, ask for it (POST /weir/v1/jobs/%s/savepoints)."
            .formatted(why.getMessage(), nextTime(), job.name());
    LOG.warn("Job '{}' ({}): {}", job.name(), job.id(), sentence);
    journal.decided("scheduled savepoint failed", sentence);
  }

  private Instant nextTime() {
    return Instant.ofEpochMilli(policy.dueMillis(lastMillis, master.mainThread().nowMillis()));
  }

  private void removeSurplus(long token) {
    try {
      if (master.lease().prolong(token)) {
        new SurplusSavepoints(job, policy, surroundings).remove();
      }
    } catch (CatalogException e) {
      LOG.warn(
          "Job '{}' ({}): savepoints that its policy keeps no longer are removed behind the next one, because the catalog cannot be reached: {}",
          job.name(),
          job.id(),
          e.getMessage());
    }
  }
}
