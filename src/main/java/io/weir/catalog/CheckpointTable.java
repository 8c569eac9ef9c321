package io.weir.catalog;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.Ownership;
import io.weir.job.history.Verification;
import io.weir.job.history.VertexRecord;
import io.weir.snapshot.JobId;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The checkpoints and savepoints with the figures of their vertices, within one transaction. */
record CheckpointTable(EntityManager entities) {

  /**
   * How many checkpoints back the rows of those are kept whose files have been removed. What can be
   * restored is kept without limit.
   */
  static final long HISTORY = 10_000;

  /** Old rows are removed when one in so many checkpoints starts. */
  private static final long SWEEP_EVERY = 100;

  long nextId(JobId job) {
    return new JobTable(entities).newestCheckpointId(job) + 1;
  }

  void start(CheckpointRecord checkpoint) {
    add(checkpoint, CheckpointStatus.IN_PROGRESS);
    if (checkpoint.id() % SWEEP_EVERY == 0) {
      sweep(checkpoint.job(), checkpoint.id() - HISTORY);
    }
  }

  /** Completes a checkpoint in progress; fails, and changes nothing, if it is not. */
  void complete(CheckpointRecord checkpoint) {
    JobRow job = new JobTable(entities).locked(checkpoint.job());
    CheckpointRow row = row(checkpoint.job(), checkpoint.id());
    if (row == null || row.status() != CheckpointStatus.IN_PROGRESS) {
      throw new IllegalStateException(
          "checkpoint %d is %s and no longer in progress"
              .formatted(checkpoint.id(), row == null ? "not known" : row.status()));
    }
    update(row, checkpoint, CheckpointStatus.COMPLETED);
    job.checkpointCompleted();
  }

  /** Marks a checkpoint as failed unless it has been completed; gives what it is now. */
  CheckpointStatus fail(CheckpointRecord checkpoint) {
    JobRow job = new JobTable(entities).locked(checkpoint.job());
    CheckpointRow row = row(checkpoint.job(), checkpoint.id());
    if (row == null) {
      // its start has not been committed, and its id is used up all the same
      add(checkpoint, CheckpointStatus.FAILED);
    } else if (row.status() == CheckpointStatus.IN_PROGRESS) {
      update(row, checkpoint, CheckpointStatus.FAILED);
    } else {
      return row.status();
    }
    job.checkpointFailed();
    return CheckpointStatus.FAILED;
  }

  /** Adds a snapshot that another run has taken. */
  void adopt(CheckpointRecord snapshot) {
    if (row(snapshot.job(), snapshot.id()) == null) {
      add(snapshot, CheckpointStatus.COMPLETED);
    }
  }

  void discard(JobId job, long checkpointId) {
    CheckpointRow row = row(job, checkpointId);
    if (row == null) {
      return;
    }
    row.discard();
    if (row.ownership() == Ownership.CLAIMED) {
      rowsAt(row.path()).forEach(CheckpointRow::discard);
    }
  }

  /** Touches nothing else of the rows: they may be discarded meanwhile. */
  void verified(String path, Verification outcome) {
    entities
        .createQuery(
            "update CheckpointRow c set c.verifiedMillis = :at, c.damage = :damage"
                + " where c.path = :path and c.status = :status and c.discarded = false")
        .setParameter("at", outcome.atMillis())
        .setParameter("damage", ColumnText.fit(outcome.damage(), ColumnText.MESSAGE))
        .setParameter("path", path)
        .setParameter("status", CheckpointStatus.COMPLETED)
        .executeUpdate();
  }

  /** Fails if there is nothing to keep. */
  void pin(JobId job, long checkpointId, boolean pinned) {
    set("pinned", pinned, job, checkpointId);
  }

  /** Fails if there is nothing to be called so. */
  void label(JobId job, long checkpointId, String label) {
    set("label", label, job, checkpointId);
  }

  /** Of one that is complete and there; touches nothing else of its row. */
  private void set(String attribute, Object value, JobId job, long checkpointId) {
    int changed =
        entities
            .createQuery(
                "update CheckpointRow c set c."
                    + attribute
                    + " = :value where c.key.jobId = :job and c.key.checkpointId = :id"
                    + " and c.status = :status and c.discarded = false")
            .setParameter("value", value)
            .setParameter("job", job.toString())
            .setParameter("id", checkpointId)
            .setParameter("status", CheckpointStatus.COMPLETED)
            .executeUpdate();
    if (changed == 0) {
      throw new IllegalStateException(
          "checkpoint %d is not complete, or removed".formatted(checkpointId));
    }
  }

  OptionalLong lastScheduledSavepoint(JobId job) {
    Long millis =
        entities
            .createQuery(
                "select max(c.triggeredMillis) from CheckpointRow c where c.key.jobId = :job"
                    + " and c.ownership = :ownership",
                Long.class)
            .setParameter("job", job.toString())
            .setParameter("ownership", Ownership.POLICY)
            .getSingleResult();
    return millis == null ? OptionalLong.empty() : OptionalLong.of(millis);
  }

  List<CheckpointRecord> retained() {
    return entities
        .createQuery(
            "select c from CheckpointRow c where c.status = :status and c.discarded = false"
                + " order by c.key.jobId, c.key.checkpointId desc",
            CheckpointRow.class)
        .setParameter("status", CheckpointStatus.COMPLETED)
        .getResultStream()
        .map(row -> row.toRecord(List.of()))
        .toList();
  }

  List<CheckpointRecord> at(String path) {
    return rowsAt(path).stream().map(row -> row.toRecord(List.of())).toList();
  }

  private List<CheckpointRow> rowsAt(String path) {
    return entities
        .createQuery(
            "select c from CheckpointRow c where c.path = :path and c.status = :status"
                + " and c.discarded = false",
            CheckpointRow.class)
        .setParameter("path", path)
        .setParameter("status", CheckpointStatus.COMPLETED)
        .getResultList();
  }

  Optional<CheckpointRecord> find(JobId job, long checkpointId) {
    return Optional.ofNullable(row(job, checkpointId))
        .map(row -> withVertices(job, List.of(row)).get(0));
  }

  /** The newest of those with smaller ids than this. */
  List<CheckpointRecord> before(JobId job, long checkpointId, int most) {
    return withVertices(
        job,
        entities
            .createQuery(
                "select c from CheckpointRow c where c.key.jobId = :job"
                    + " and c.key.checkpointId < :bound order by c.key.checkpointId desc",
                CheckpointRow.class)
            .setParameter("job", job.toString())
            .setParameter("bound", checkpointId)
            .setMaxResults(most)
            .getResultList());
  }

  List<CheckpointRecord> restorePoints(JobId job) {
    return withVertices(
        job,
        entities
            .createQuery(
                "select c from CheckpointRow c where c.key.jobId = :job and c.status = :status"
                    + " and c.discarded = false order by c.key.checkpointId desc",
                CheckpointRow.class)
            .setParameter("job", job.toString())
            .setParameter("status", CheckpointStatus.COMPLETED)
            .getResultList());
  }

  List<CheckpointRecord> leftovers(JobId job) {
    return withVertices(
        job,
        entities
            .createQuery(
                "select c from CheckpointRow c where c.key.jobId = :job and c.status <> :status"
                    + " and c.discarded = false order by c.key.checkpointId desc",
                CheckpointRow.class)
            .setParameter("job", job.toString())
            .setParameter("status", CheckpointStatus.COMPLETED)
            .getResultList());
  }

  Map<CheckpointStatus, Long> counts(JobId job) {
    Long inProgress =
        entities
            .createQuery(
                "select count(c) from CheckpointRow c where c.key.jobId = :job"
                    + " and c.status = :status",
                Long.class)
            .setParameter("job", job.toString())
            .setParameter("status", CheckpointStatus.IN_PROGRESS)
            .getSingleResult();
    Map<CheckpointStatus, Long> counts = new JobTable(entities).endedCheckpoints(job);
    counts.put(CheckpointStatus.IN_PROGRESS, inProgress);
    return counts;
  }

  private CheckpointRow row(JobId job, long checkpointId) {
    return entities.find(CheckpointRow.class, CheckpointRow.keyOf(job, checkpointId));
  }

  private void add(CheckpointRecord checkpoint, CheckpointStatus status) {
    new JobTable(entities).locked(checkpoint.job()).checkpointStarted(checkpoint.id());
    entities.persist(new CheckpointRow(checkpoint, status));
    addVertices(checkpoint);
  }

  private void update(CheckpointRow row, CheckpointRecord checkpoint, CheckpointStatus status) {
    row.update(checkpoint, status);
    entities
        .createQuery(
            "delete from CheckpointVertexRow v"
                + " where v.key.jobId = :job and v.key.checkpointId = :id")
        .setParameter("job", checkpoint.job().toString())
        .setParameter("id", checkpoint.id())
        .executeUpdate();
    addVertices(checkpoint);
  }

  private void addVertices(CheckpointRecord checkpoint) {
    CheckpointRow.Key key = CheckpointRow.keyOf(checkpoint.job(), checkpoint.id());
    int position = 0;
    for (VertexRecord vertex : checkpoint.vertices()) {
      entities.persist(new CheckpointVertexRow(key, position++, vertex));
    }
  }

  private void sweep(JobId job, long olderThan) {
    for (String statement :
        List.of(
            "delete from CheckpointVertexRow v where v.key.jobId = :job and v.key.checkpointId in"
                + " (select c.key.checkpointId from CheckpointRow c where c.key.jobId = :job"
                + " and c.discarded = true and c.key.checkpointId < :bound)",
            "delete from CheckpointRow c where c.key.jobId = :job and c.discarded = true"
                + " and c.key.checkpointId < :bound")) {
      entities
          .createQuery(statement)
          .setParameter("job", job.toString())
          .setParameter("bound", olderThan)
          .executeUpdate();
    }
  }

  /** The vertices of all of them in one query. */
  private List<CheckpointRecord> withVertices(JobId job, List<CheckpointRow> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<Long, List<VertexRecord>> vertices =
        entities
            .createQuery(
                "select v from CheckpointVertexRow v where v.key.jobId = :job"
                    + " and v.key.checkpointId in (:ids)"
                    + " order by v.key.checkpointId, v.key.position",
                CheckpointVertexRow.class)
            .setParameter("job", job.toString())
            .setParameter("ids", rows.stream().map(CheckpointRow::checkpointId).toList())
            .getResultStream()
            .collect(
                groupingBy(
                    CheckpointVertexRow::checkpointId,
                    mapping(CheckpointVertexRow::toRecord, toList())));
    return rows.stream()
        .map(row -> row.toRecord(vertices.getOrDefault(row.checkpointId(), List.of())))
        .toList();
  }
}
