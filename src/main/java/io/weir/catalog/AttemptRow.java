package io.weir.catalog;

import io.weir.job.history.AttemptRecord;
import io.weir.snapshot.JobId;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.OptionalLong;

/** One run of a job's tasks. */
@Entity
@Table(name = "weir_attempt")
class AttemptRow {

  /** Attempts are counted per job. */
  @Embeddable
  record Key(@Column(name = "job_id") String jobId, int attempt) {}

  @EmbeddedId private Key key;

  @Column(name = "started_millis")
  private long startedMillis;

  @Column(name = "ended_millis")
  private long endedMillis;

  @Column(name = "restored_checkpoint_id")
  private Long restoredCheckpointId;

  @Column(name = "restored_path")
  private String restoredPath;

  @Column(name = "restored_from_savepoint")
  private boolean restoredFromSavepoint;

  private String why;

  /** For JPA. */
  protected AttemptRow() {}

  AttemptRow(int attempt, AttemptRecord record) {
    this.key = new Key(record.job().toString(), attempt);
    this.startedMillis = record.startedMillis();
    this.endedMillis = record.endedMillis();
    this.restoredCheckpointId =
        record.restoredCheckpointId().isPresent()
            ? (Long) record.restoredCheckpointId().getAsLong()
            : null;
    this.restoredPath = record.restoredPath();
    this.restoredFromSavepoint = record.isRestoredFromSavepoint();
    this.why = ColumnText.fit(record.why(), ColumnText.SENTENCE);
  }

  void end(long nowMillis) {
    endedMillis = nowMillis;
  }

  AttemptRecord toRecord() {
    return new AttemptRecord(
        JobId.parse(key.jobId()),
        key.attempt(),
        startedMillis,
        endedMillis,
        restoredCheckpointId == null ? OptionalLong.empty() : OptionalLong.of(restoredCheckpointId),
        restoredPath,
        restoredFromSavepoint,
        why);
  }
}
