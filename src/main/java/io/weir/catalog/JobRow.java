package io.weir.catalog;

import io.weir.api.environment.JobStatus;
import io.weir.job.history.JobRecord;
import io.weir.snapshot.JobId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;

/**
 * A job. Whoever changes anything that belongs to it locks this row first, so the changes of one
 * job come one after another and cannot wait for each other in a circle.
 */
@Entity
@Table(name = "weir_job")
class JobRow {
  /** Counts the jobs: what is newer has a greater one, also within a millisecond. */
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long number;

  @Column(name = "id")
  private String jobId;

  private String name;

  /** The name while the job has not ended, then null; unique. */
  @Column(name = "active_name")
  private String activeName;

  @Enumerated(EnumType.STRING)
  private JobStatus status;

  @Column(name = "submitted_millis")
  private long submittedMillis;

  @Column(name = "status_since_millis")
  private long statusSinceMillis;

  @Column(name = "ended_millis")
  private long endedMillis;

  @Column(name = "newest_checkpoint_id")
  private long newestCheckpointId;

  @Column(name = "completed_checkpoints")
  private long completedCheckpoints;

  @Column(name = "failed_checkpoints")
  private long failedCheckpoints;

  private String configuration;

  /** For JPA. */
  protected JobRow() {}

  JobRow(JobId job, String name, Map<String, String> configuration, long nowMillis) {
    this.jobId = job.toString();
    this.name = name;
    this.activeName = name;
    this.status = JobStatus.CREATED;
    this.submittedMillis = nowMillis;
    this.statusSinceMillis = nowMillis;
    this.endedMillis = -1;
    this.configuration = JsonColumn.ofStrings(configuration);
  }

  JobId id() {
    return JobId.parse(jobId);
  }

  String name() {
    return name;
  }

  JobStatus status() {
    return status;
  }

  void changeStatus(JobStatus newStatus, long nowMillis) {
    status = newStatus;
    statusSinceMillis = nowMillis;
    if (newStatus.isGloballyTerminalState()) {
      activeName = null;
      endedMillis = nowMillis;
    }
  }

  long newestCheckpointId() {
    return newestCheckpointId;
  }

  void checkpointStarted(long checkpointId) {
    newestCheckpointId = Math.max(newestCheckpointId, checkpointId);
  }

  long completedCheckpoints() {
    return completedCheckpoints;
  }

  void checkpointCompleted() {
    completedCheckpoints++;
  }

  long failedCheckpoints() {
    return failedCheckpoints;
  }

  void checkpointFailed() {
    failedCheckpoints++;
  }

  JobRecord toRecord() {
    return new JobRecord(
        id(),
        name,
        status,
        submittedMillis,
        statusSinceMillis,
        endedMillis,
        JsonColumn.toStrings(configuration));
  }
}
