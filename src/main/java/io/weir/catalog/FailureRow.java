package io.weir.catalog;

import io.weir.job.history.FailoverScope;
import io.weir.job.history.FailureRecord;
import io.weir.snapshot.JobId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A failure of a job. */
@Entity
@Table(name = "weir_failure")
class FailureRow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long number;

  @Column(name = "job_id")
  private String jobId;

  private int attempt;

  @Column(name = "timestamp_millis")
  private long timestampMillis;

  @Column(name = "exception_name")
  private String exceptionName;

  @Column(name = "stack_trace")
  private String stackTrace;

  @Column(name = "task_name")
  private String taskName;

  @Enumerated(EnumType.STRING)
  private FailoverScope failover;

  /** For JPA. */
  protected FailureRow() {}

  FailureRow(FailureRecord record) {
    this.jobId = record.job().toString();
    this.attempt = record.attempt();
    this.timestampMillis = record.timestampMillis();
    this.exceptionName = ColumnText.fit(record.exceptionName(), ColumnText.CLASS_NAME);
    this.stackTrace = ColumnText.fit(record.stackTrace(), ColumnText.STACK_TRACE);
    this.taskName = ColumnText.fit(record.taskName(), ColumnText.MESSAGE);
    this.failover = record.failover();
  }

  FailureRecord toRecord() {
    return new FailureRecord(
        JobId.parse(jobId),
        attempt,
        timestampMillis,
        exceptionName,
        stackTrace,
        taskName,
        failover);
  }
}
