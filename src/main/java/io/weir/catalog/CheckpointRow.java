package io.weir.catalog;

import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.Ownership;
import io.weir.job.history.Verification;
import io.weir.job.history.VertexRecord;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.util.List;

/** A checkpoint or savepoint; what it cost each vertex stands in {@link CheckpointVertexRow}. */
@Entity
@Table(name = "weir_checkpoint")
class CheckpointRow {

  /** Checkpoints are counted per job. */
  @Embeddable
  record Key(@Column(name = "job_id") String jobId, @Column(name = "id") long checkpointId) {}

  @EmbeddedId private Key key;

  private int attempt;

  @Enumerated(EnumType.STRING)
  private CheckpointType type;

  @Enumerated(EnumType.STRING)
  private CheckpointStatus status;

  @Column(name = "triggered_millis")
  private long triggeredMillis;

  @Column(name = "ended_millis")
  private long endedMillis;

  private String path;

  @Column(name = "metadata_bytes")
  private long metadataBytes;

  @Column(name = "state_bytes")
  private long stateBytes;

  @Column(name = "written_bytes")
  private long writtenBytes;

  @Column(name = "failure_reason")
  private String failureReason;

  @Column(name = "failure_message")
  private String failureMessage;

  private String explanation;

  private boolean discarded;

  @Enumerated(EnumType.STRING)
  private Ownership ownership;

  /** When all of it was read; -1 for never. */
  @Column(name = "verified_millis")
  private long verifiedMillis = -1;

  private String damage;

  private boolean pinned;

  private String label;

  /** For JPA. */
  protected CheckpointRow() {}

  CheckpointRow(CheckpointRecord record, CheckpointStatus status) {
    this.key = keyOf(record.job(), record.id());
    this.attempt = record.attempt();
    this.type = record.type();
    this.triggeredMillis = record.triggeredMillis();
    this.ownership = record.ownership();
    this.pinned = record.isPinned();
    this.label = record.label();
    if (record.verification() != null) {
      this.verifiedMillis = record.verification().atMillis();
      this.damage = ColumnText.fit(record.verification().damage(), ColumnText.MESSAGE);
    }
    update(record, status);
  }

  static Key keyOf(JobId job, long checkpointId) {
    return new Key(job.toString(), checkpointId);
  }

  /** Takes over all that can change in the life of a checkpoint. */
  final void update(CheckpointRecord record, CheckpointStatus newStatus) {
    status = newStatus;
    endedMillis = record.endedMillis();
    path = record.path();
    metadataBytes = record.metadataBytes();
    stateBytes = record.stateBytes();
    writtenBytes = record.writtenBytes();
    failureReason = ColumnText.fit(record.failureReason(), ColumnText.REASON);
    failureMessage = ColumnText.fit(record.failureMessage(), ColumnText.MESSAGE);
    explanation = ColumnText.fit(record.explanation(), ColumnText.SENTENCE);
    discarded = record.isDiscarded();
  }

  CheckpointStatus status() {
    return status;
  }

  long checkpointId() {
    return key.checkpointId();
  }

  JobId job() {
    return JobId.parse(key.jobId());
  }

  Ownership ownership() {
    return ownership;
  }

  String path() {
    return path;
  }

  void discard() {
    discarded = true;
  }

  CheckpointRecord toRecord(List<VertexRecord> vertices) {
    return new CheckpointRecord(
        job(),
        key.checkpointId(),
        attempt,
        type,
        status,
        triggeredMillis,
        endedMillis,
        path,
        metadataBytes,
        stateBytes,
        writtenBytes,
        failureReason,
        failureMessage,
        explanation,
        discarded,
        ownership,
        verifiedMillis < 0 ? null : new Verification(verifiedMillis, damage),
        pinned,
        label,
        vertices);
  }
}
