package io.weir.catalog;

import io.weir.job.history.AttemptRecord;
import io.weir.job.history.DecisionRecord;
import io.weir.job.history.FailureRecord;
import io.weir.snapshot.JobId;
import jakarta.persistence.EntityManager;
import java.util.List;

/** Attempts, failures and decisions, within one transaction. */
record HistoryTable(EntityManager entities) {

  /** How many attempts back failures are kept. */
  static final int FAILURES_OF_ATTEMPTS = 1_000;

  AttemptRecord addAttempt(AttemptRecord attempt) {
    Integer newest =
        entities
            .createQuery(
                "select max(a.key.attempt) from AttemptRow a where a.key.jobId = :job",
                Integer.class)
            .setParameter("job", attempt.job().toString())
            .getSingleResult();
    AttemptRow row = new AttemptRow(newest == null ? 0 : newest + 1, attempt);
    entities.persist(row);
    return row.toRecord();
  }

  void endAttempt(JobId job, int attempt, long nowMillis) {
    AttemptRow row = entities.find(AttemptRow.class, new AttemptRow.Key(job.toString(), attempt));
    if (row == null) {
      throw new IllegalStateException("job " + job + " has no attempt " + attempt);
    }
    row.end(nowMillis);
  }

  List<AttemptRecord> attempts(JobId job, int most) {
    return entities
        .createQuery(
            "select a from AttemptRow a where a.key.jobId = :job order by a.key.attempt desc",
            AttemptRow.class)
        .setParameter("job", job.toString())
        .setMaxResults(most)
        .getResultStream()
        .map(AttemptRow::toRecord)
        .toList();
  }

  /** Adds a failure, and removes those of long ago: a job may fail every second for months. */
  void add(FailureRecord failure) {
    entities
        .createQuery("delete from FailureRow f where f.jobId = :job and f.attempt < :bound")
        .setParameter("job", failure.job().toString())
        .setParameter("bound", failure.attempt() - FAILURES_OF_ATTEMPTS)
        .executeUpdate();
    entities.persist(new FailureRow(failure));
  }

  List<FailureRecord> failures(JobId job, int most) {
    return entities
        .createQuery(
            "select f from FailureRow f where f.jobId = :job order by f.number desc",
            FailureRow.class)
        .setParameter("job", job.toString())
        .setMaxResults(most)
        .getResultStream()
        .map(FailureRow::toRecord)
        .toList();
  }

  void add(DecisionRecord decision) {
    entities.persist(new DecisionRow(decision));
  }

  List<DecisionRecord> decisions(JobId job, int most) {
    return entities
        .createQuery(
            "select d from DecisionRow d where d.jobId = :job order by d.number desc",
            DecisionRow.class)
        .setParameter("job", job.toString())
        .setMaxResults(most)
        .getResultStream()
        .map(DecisionRow::toRecord)
        .toList();
  }
}
