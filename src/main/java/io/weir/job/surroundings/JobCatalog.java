package io.weir.job.surroundings;

import io.weir.api.environment.JobStatus;
import io.weir.job.history.AttemptRecord;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.DecisionRecord;
import io.weir.job.history.FailureRecord;
import io.weir.job.history.JobRecord;
import io.weir.job.history.Verification;
import io.weir.snapshot.JobId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Port: the durable memory of all jobs. Each method is one transaction and returns when it is
 * durable. May block; safe for use by several threads. Times are milliseconds since the epoch.
 */
public interface JobCatalog {

  /** All jobs, newest first. */
  List<JobRecord> jobs() throws CatalogException;

  /** All jobs but these, newest first. */
  List<JobRecord> jobsBesides(Set<JobId> known) throws CatalogException;

  Optional<JobRecord> job(JobId id) throws CatalogException;

  /** The newest job of this name. */
  Optional<JobRecord> jobNamed(String name) throws CatalogException;

  /**
   * Adds a job with status {@link JobStatus#CREATED}.
   *
   * @throws JobNameTakenException if a job of this name has not ended
   */
  JobRecord register(JobId id, String name, Map<String, String> configuration, long nowMillis)
      throws CatalogException, JobNameTakenException;

  /** Sets a job's status. */
  void statusChanged(JobId job, JobStatus status, String why, long nowMillis)
      throws CatalogException;

  /**
   * Takes or prolongs the right to run a job.
   *
   * @param owner names the server; the same over its restarts
   * @return the fencing token: greater than any that another taking of this lease gave, unchanged
   *     by a prolongation with it
   * @param token of the lease that is to be prolonged; empty to take it
   * @throws LeaseHeldException if another owner has it and it has not run out, or if it was to be
   *     prolonged and has been taken since
   */
  long lease(JobId job, String owner, OptionalLong token, long nowMillis, long untilMillis)
      throws CatalogException, LeaseHeldException;

  /** Gives the lease back; nothing happens if somebody else has taken it since. */
  void releaseLease(JobId job, long token) throws CatalogException;

  /**
   * Begins a run of a job's tasks; its number is the next one of the job, whatever number the
   * record has.
   */
  AttemptRecord attemptStarted(AttemptRecord attempt) throws CatalogException;

  /** Ends a run of a job's tasks. */
  void attemptEnded(JobId job, int attempt, long nowMillis) throws CatalogException;

  /** The runs of a job's tasks, newest first. */
  List<AttemptRecord> attempts(JobId job, int most) throws CatalogException;

  void failed(FailureRecord failure) throws CatalogException;

  /** The failures of a job, newest first. */
  List<FailureRecord> failures(JobId job, int most) throws CatalogException;

  void decided(DecisionRecord decision) throws CatalogException;

  /** What was decided about a job, newest first. */
  List<DecisionRecord> decisions(JobId job, int most) throws CatalogException;

  /** The id that the job's next checkpoint may have: greater than all that were ever started. */
  long nextCheckpointId(JobId job) throws CatalogException;

  /**
   * Adds a checkpoint in progress: from now on its id is used up, and files in its directory have
   * an owner.
   */
  void checkpointStarted(CheckpointRecord checkpoint) throws CatalogException;

  /**
   * Completes a checkpoint that is in progress, if this server still has the job's lease. Once this
   * has been committed, the checkpoint exists, whatever happens next.
   *
   * @param token of the lease
   * @throws CatalogException also if the checkpoint is no longer in progress or the lease is lost
   */
  void checkpointCompleted(CheckpointRecord checkpoint, long token) throws CatalogException;

  /**
   * Marks a checkpoint as failed, unless it has been completed; so it settles what an uncertain
   * completion has come to. What it has left in storage is its own until it is discarded.
   *
   * @return what the checkpoint is now, {@link CheckpointStatus#FAILED} or {@link
   *     CheckpointStatus#COMPLETED}
   */
  CheckpointStatus checkpointFailed(CheckpointRecord checkpoint) throws CatalogException;

  /**
   * Adds a completed snapshot that another run has taken and with which the job begins, or that was
   * found in storage when nothing was known of it. Its id is used up, but it counts as no
   * checkpoint of the job. May be repeated.
   */
  void snapshotAdopted(CheckpointRecord snapshot) throws CatalogException;

  /** What all jobs know of the completed snapshot at a path, as long as it is not discarded. */
  List<CheckpointRecord> snapshotsAt(String path) throws CatalogException;

  /**
   * Notes what reading the completed snapshot at a path from its first to its last byte has come
   * to, for all jobs that know it. Nothing happens if it is discarded or unknown.
   */
  void snapshotVerified(String path, Verification outcome) throws CatalogException;

  /**
   * Notes whether a completed checkpoint or savepoint is to be kept until its user says otherwise.
   *
   * @throws CatalogException also if it is not complete, or discarded
   */
  void checkpointPinned(JobId job, long checkpointId, boolean pinned) throws CatalogException;

  /**
   * Notes what a completed checkpoint or savepoint is called.
   *
   * @param label null for nothing
   * @throws CatalogException also if it is not complete, or discarded
   */
  void checkpointLabelled(JobId job, long checkpointId, String label) throws CatalogException;

  /**
   * When the job has triggered the newest savepoint that its policy wanted, whatever has become of
   * it; empty if it never has.
   */
  OptionalLong lastScheduledSavepoint(JobId job) throws CatalogException;

  /**
   * What any job can be restored from: completed checkpoints and savepoints that have not been
   * discarded, without the figures of their vertices.
   */
  List<CheckpointRecord> retained() throws CatalogException;

  /**
   * Notes that the files of a checkpoint have been removed; of one that was claimed, also for those
   * from whom it was claimed.
   */
  void checkpointDiscarded(JobId job, long checkpointId) throws CatalogException;

  Optional<CheckpointRecord> checkpoint(JobId job, long checkpointId) throws CatalogException;

  /** The checkpoints and savepoints of a job, whatever became of them, newest first. */
  default List<CheckpointRecord> checkpoints(JobId job, int most) throws CatalogException {
    return checkpointsBefore(job, Long.MAX_VALUE, most);
  }

  /** Those of a job with smaller ids than this, whatever became of them, newest first. */
  List<CheckpointRecord> checkpointsBefore(JobId job, long checkpointId, int most)
      throws CatalogException;

  /**
   * What the job can be restored from: completed checkpoints and savepoints that have not been
   * discarded, newest first.
   */
  List<CheckpointRecord> restorePoints(JobId job) throws CatalogException;

  /** How many of those are known to be damaged. */
  default long damagedRestorePoints(JobId job) throws CatalogException {
    return restorePoints(job).stream().filter(each -> each.damage() != null).count();
  }

  /**
   * Checkpoints and savepoints that are in progress, or that have failed and of which files may be
   * left, newest first; after a crash, what is left of them can be removed.
   */
  List<CheckpointRecord> leftovers(JobId job) throws CatalogException;

  /** How many checkpoints of the job came to each status, savepoints included. */
  Map<CheckpointStatus, Long> checkpointCounts(JobId job) throws CatalogException;
}
