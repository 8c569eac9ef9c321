package io.weir.catalog;

import io.weir.api.environment.JobStatus;
import io.weir.catalog.Transactions.Work;
import io.weir.job.history.AttemptRecord;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.DecisionRecord;
import io.weir.job.history.FailureRecord;
import io.weir.job.history.JobRecord;
import io.weir.job.history.Verification;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.job.surroundings.JobNameTakenException;
import io.weir.job.surroundings.LeaseHeldException;
import io.weir.snapshot.JobId;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** The catalog in a relational database. Needs the tables that {@link CatalogSchema} makes. */
public final class JpaJobCatalog implements JobCatalog {
  private final Transactions transactions;

  public JpaJobCatalog(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<JobRecord> jobs() throws CatalogException {
    return jobsBesides(Set.of());
  }

  @Override
  public List<JobRecord> jobsBesides(Set<JobId> known) throws CatalogException {
    return call("list the jobs", entities -> new JobTable(entities).allBesides(known));
  }

  @Override
  public Optional<JobRecord> job(JobId id) throws CatalogException {
    return call("read job " + id, entities -> new JobTable(entities).find(id));
  }

  @Override
  public Optional<JobRecord> jobNamed(String name) throws CatalogException {
    return call("read job '" + name + "'", entities -> new JobTable(entities).newestNamed(name));
  }

  @Override
  public JobRecord register(
      JobId id, String name, Map<String, String> configuration, long nowMillis)
      throws CatalogException, JobNameTakenException {
    String what = "add job '" + name + "'";
    if (name.length() > ColumnText.NAME) {
      throw DatabaseFault.of(
          what,
          new IllegalArgumentException(
              "a job's name has at most %d characters, this one has %d"
                  .formatted(ColumnText.NAME, name.length())));
    }
    try {
      return transactions.call(
          entities -> {
            JobRecord added = new JobTable(entities).add(id, name, configuration, nowMillis);
            entities.flush();
            return added;
          });
    } catch (RuntimeException e) {
      if (!DatabaseFault.isConstraintViolation(e)) {
        throw DatabaseFault.of(what, e);
      }
      JobRecord holder =
          call(what, entities -> new JobTable(entities).activeNamed(name))
              .orElseThrow(() -> DatabaseFault.of(what, e));
      if (holder.id().equals(id)) {
        // an earlier call had come through although its answer had not
        return holder;
      }
      throw new JobNameTakenException(name, holder.id());
    }
  }

  @Override
  public void statusChanged(JobId job, JobStatus status, String why, long nowMillis)
      throws CatalogException {
    run(
        "set the status of job %s to %s".formatted(job, status),
        entities -> new JobTable(entities).changeStatus(job, status, why, nowMillis));
  }

  @Override
  public long lease(JobId job, String owner, OptionalLong token, long nowMillis, long untilMillis)
      throws CatalogException, LeaseHeldException {
    try {
      return transactions.call(
          entities -> {
            LeaseTable leases = new LeaseTable(entities);
            return token.isPresent()
                ? leases.prolong(job, token.getAsLong(), untilMillis)
                : leases.take(job, owner, nowMillis, untilMillis);
          });
    } catch (RuntimeException e) {
      throw DatabaseFault.of("lease job " + job, e);
    }
  }

  @Override
  public void releaseLease(JobId job, long token) throws CatalogException {
    run(
        "give the lease of job " + job + " back",
        entities -> new LeaseTable(entities).release(job, token));
  }

  @Override
  public AttemptRecord attemptStarted(AttemptRecord attempt) throws CatalogException {
    return call(
        "begin an attempt of job " + attempt.job(),
        entities -> new HistoryTable(entities).addAttempt(attempt));
  }

  @Override
  public void attemptEnded(JobId job, int attempt, long nowMillis) throws CatalogException {
    run(
        "end attempt %d of job %s".formatted(attempt, job),
        entities -> new HistoryTable(entities).endAttempt(job, attempt, nowMillis));
  }

  @Override
  public List<AttemptRecord> attempts(JobId job, int most) throws CatalogException {
    return call(
        "read the attempts of job " + job,
        entities -> new HistoryTable(entities).attempts(job, most));
  }

  @Override
  public void failed(FailureRecord failure) throws CatalogException {
    run(
        "note a failure of job " + failure.job(),
        entities -> new HistoryTable(entities).add(failure));
  }

  @Override
  public List<FailureRecord> failures(JobId job, int most) throws CatalogException {
    return call(
        "read the failures of job " + job,
        entities -> new HistoryTable(entities).failures(job, most));
  }

  @Override
  public void decided(DecisionRecord decision) throws CatalogException {
    run(
        "note a decision about job " + decision.job(),
        entities -> new HistoryTable(entities).add(decision));
  }

  @Override
  public List<DecisionRecord> decisions(JobId job, int most) throws CatalogException {
    return call(
        "read the decisions about job " + job,
        entities -> new HistoryTable(entities).decisions(job, most));
  }

  @Override
  public long nextCheckpointId(JobId job) throws CatalogException {
    return call(
        "find the next checkpoint id of job " + job,
        entities -> new CheckpointTable(entities).nextId(job));
  }

  @Override
  public void checkpointStarted(CheckpointRecord checkpoint) throws CatalogException {
    run("start " + nameOf(checkpoint), entities -> new CheckpointTable(entities).start(checkpoint));
  }

  @Override
  public void checkpointCompleted(CheckpointRecord checkpoint, long token) throws CatalogException {
    // the job's row stays locked until the commit, so no other server takes the lease in between
    run(
        "complete " + nameOf(checkpoint),
        entities -> {
          if (!new LeaseTable(entities).isHeld(checkpoint.job(), token)) {
            throw new IllegalStateException("this server has lost the lease of the job");
          }
          new CheckpointTable(entities).complete(checkpoint);
        });
  }

  @Override
  public CheckpointStatus checkpointFailed(CheckpointRecord checkpoint) throws CatalogException {
    return call(
        "mark %s as failed".formatted(nameOf(checkpoint)),
        entities -> new CheckpointTable(entities).fail(checkpoint));
  }

  @Override
  public void snapshotAdopted(CheckpointRecord snapshot) throws CatalogException {
    run(
        "adopt %s at %s".formatted(nameOf(snapshot), snapshot.path()),
        entities -> new CheckpointTable(entities).adopt(snapshot));
  }

  @Override
  public List<CheckpointRecord> snapshotsAt(String path) throws CatalogException {
    return call(
        "look for the snapshot at " + path, entities -> new CheckpointTable(entities).at(path));
  }

  @Override
  public List<CheckpointRecord> retained() throws CatalogException {
    return call(
        "find what jobs can be restored from",
        entities -> new CheckpointTable(entities).retained());
  }

  @Override
  public void snapshotVerified(String path, Verification outcome) throws CatalogException {
    run(
        "note the verification of " + path,
        entities -> new CheckpointTable(entities).verified(path, outcome));
  }

  @Override
  public void checkpointPinned(JobId job, long checkpointId, boolean pinned)
      throws CatalogException {
    run(
        "pin or unpin checkpoint %d of job %s".formatted(checkpointId, job),
        entities -> new CheckpointTable(entities).pin(job, checkpointId, pinned));
  }

  @Override
  public void checkpointLabelled(JobId job, long checkpointId, String label)
      throws CatalogException {
    run(
        "label checkpoint %d of job %s".formatted(checkpointId, job),
        entities -> new CheckpointTable(entities).label(job, checkpointId, label));
  }

  @Override
  public OptionalLong lastScheduledSavepoint(JobId job) throws CatalogException {
    return call(
        "find the last scheduled savepoint of job " + job,
        entities -> new CheckpointTable(entities).lastScheduledSavepoint(job));
  }

  @Override
  public void checkpointDiscarded(JobId job, long checkpointId) throws CatalogException {
    run(
        "mark checkpoint %d of job %s as discarded".formatted(checkpointId, job),
        entities -> new CheckpointTable(entities).discard(job, checkpointId));
  }

  @Override
  public Optional<CheckpointRecord> checkpoint(JobId job, long checkpointId)
      throws CatalogException {
    return call(
        "read checkpoint %d of job %s".formatted(checkpointId, job),
        entities -> new CheckpointTable(entities).find(job, checkpointId));
  }

  @Override
  public List<CheckpointRecord> checkpointsBefore(JobId job, long checkpointId, int most)
      throws CatalogException {
    return call(
        "read the checkpoints of job " + job,
        entities -> new CheckpointTable(entities).before(job, checkpointId, most));
  }

  @Override
  public List<CheckpointRecord> restorePoints(JobId job) throws CatalogException {
    return call(
        "find what job %s can be restored from".formatted(job),
        entities -> new CheckpointTable(entities).restorePoints(job));
  }

  @Override
  public List<CheckpointRecord> leftovers(JobId job) throws CatalogException {
    return call(
        "find the unfinished checkpoints of job " + job,
        entities -> new CheckpointTable(entities).leftovers(job));
  }

  @Override
  public Map<CheckpointStatus, Long> checkpointCounts(JobId job) throws CatalogException {
    return call(
        "count the checkpoints of job " + job,
        entities -> new CheckpointTable(entities).counts(job));
  }

  private static String nameOf(CheckpointRecord checkpoint) {
    return "checkpoint %d of job %s".formatted(checkpoint.id(), checkpoint.job());
  }

  private <T> T call(String what, Work<T, RuntimeException> work) throws CatalogException {
    try {
      return transactions.call(work);
    } catch (RuntimeException e) {
      throw DatabaseFault.of(what, e);
    }
  }

  private void run(String what, Consumer<EntityManager> work) throws CatalogException {
    call(
        what,
        entities -> {
          work.accept(entities);
          return null;
        });
  }
}
