package io.weir.catalog;

import io.weir.api.environment.JobStatus;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.DecisionRecord;
import io.weir.job.history.JobRecord;
import io.weir.snapshot.JobId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The jobs, within one transaction. */
record JobTable(EntityManager entities) {

  /** Newest first. */
  List<JobRecord> allBesides(Set<JobId> known) {
    return entities
        .createQuery(
            "select j from JobRow j where j.jobId not in :known order by j.number desc",
            JobRow.class)
        .setParameter("known", known.stream().map(JobId::toString).toList())
        .getResultStream()
        .map(JobRow::toRecord)
        .toList();
  }

  Optional<JobRecord> find(JobId id) {
    return row(id, LockModeType.NONE).map(JobRow::toRecord);
  }

  Optional<JobRecord> newestNamed(String name) {
    return entities
        .createQuery(
            "select j from JobRow j where j.name = :name order by j.number desc", JobRow.class)
        .setParameter("name", name)
        .setMaxResults(1)
        .getResultStream()
        .findFirst()
        .map(JobRow::toRecord);
  }

  Optional<JobRecord> activeNamed(String name) {
    return entities
        .createQuery("select j from JobRow j where j.activeName = :name", JobRow.class)
        .setParameter("name", name)
        .getResultStream()
        .findFirst()
        .map(JobRow::toRecord);
  }

  /** Fails if a job of this name or id is there: the unique keys of the table see to that. */
  JobRecord add(JobId id, String name, Map<String, String> configuration, long nowMillis) {
    JobRow row = new JobRow(id, name, configuration, nowMillis);
    entities.persist(row);
    return row.toRecord();
  }

  void changeStatus(JobId id, JobStatus status, String why, long nowMillis) {
    JobRow row = locked(id);
    if (row.status() == status) {
      return;
    }
    if (row.status().isGloballyTerminalState()) {
      throw new IllegalStateException(
          "the job has ended with status %s, it cannot become %s".formatted(row.status(), status));
    }
    row.changeStatus(status, nowMillis);
    entities.persist(new DecisionRow(new DecisionRecord(id, nowMillis, status.name(), why)));
  }

  /** Of those that were ever started; 0 if none was. */
  long newestCheckpointId(JobId id) {
    return row(id, LockModeType.NONE).map(JobRow::newestCheckpointId).orElse(0L);
  }

  /** How many checkpoints of the job have been completed, and how many have failed. */
  Map<CheckpointStatus, Long> endedCheckpoints(JobId id) {
    Optional<JobRow> job = row(id, LockModeType.NONE);
    Map<CheckpointStatus, Long> counts = new EnumMap<>(CheckpointStatus.class);
    counts.put(CheckpointStatus.COMPLETED, job.map(JobRow::completedCheckpoints).orElse(0L));
    counts.put(CheckpointStatus.FAILED, job.map(JobRow::failedCheckpoints).orElse(0L));
    return counts;
  }

  /** The row, locked until the end of the transaction. */
  JobRow locked(JobId id) {
    return row(id, LockModeType.PESSIMISTIC_WRITE)
        .orElseThrow(() -> new IllegalStateException("there is no job " + id));
  }

  private Optional<JobRow> row(JobId id, LockModeType lock) {
    return entities
        .createQuery("select j from JobRow j where j.jobId = :id", JobRow.class)
        .setParameter("id", id.toString())
        .setLockMode(lock)
        .getResultStream()
        .findFirst();
  }
}
