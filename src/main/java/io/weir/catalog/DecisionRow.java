package io.weir.catalog;

import io.weir.job.history.DecisionRecord;
import io.weir.snapshot.JobId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Why something was done to a job. */
@Entity
@Table(name = "weir_decision")
class DecisionRow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long number;

  @Column(name = "job_id")
  private String jobId;

  @Column(name = "timestamp_millis")
  private long timestampMillis;

  private String what;

  private String why;

  /** For JPA. */
  protected DecisionRow() {}

  DecisionRow(DecisionRecord record) {
    this.jobId = record.job().toString();
    this.timestampMillis = record.timestampMillis();
    this.what = ColumnText.fit(record.what(), ColumnText.REASON);
    this.why = ColumnText.fit(record.why(), ColumnText.MESSAGE);
  }

  DecisionRecord toRecord() {
    return new DecisionRecord(JobId.parse(jobId), timestampMillis, what, why);
  }
}
