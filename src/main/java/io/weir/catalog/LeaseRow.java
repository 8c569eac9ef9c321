package io.weir.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Who may run a job. Read and changed under the lock of the job's row only. */
@Entity
@Table(name = "weir_lease")
class LeaseRow {
  @Id
  @Column(name = "job_id")
  private String jobId;

  /** Null when it has been given back. */
  private String owner;

  /** Grows with every taking, also over its giving back. */
  private long token;

  @Column(name = "until_millis")
  private long untilMillis;

  /** For JPA. */
  protected LeaseRow() {}

  /** The first lease of a job. */
  LeaseRow(String jobId, String owner, long untilMillis) {
    this.jobId = jobId;
    this.owner = owner;
    this.token = 1;
    this.untilMillis = untilMillis;
  }

  String owner() {
    return owner;
  }

  long token() {
    return token;
  }

  long untilMillis() {
    return untilMillis;
  }

  /** Whether nobody but {@code candidate} has it. */
  boolean isFreeFor(String candidate, long nowMillis) {
    return owner == null || owner.equals(candidate) || untilMillis <= nowMillis;
  }

  /** Whether it is the one that was given with this token, and has not been given back. */
  boolean isHeldWith(long expectedToken) {
    return owner != null && token == expectedToken;
  }

  long take(String newOwner, long newUntilMillis) {
    owner = newOwner;
    token++;
    untilMillis = newUntilMillis;
    return token;
  }

  void prolong(long newUntilMillis) {
    untilMillis = newUntilMillis;
  }

  void release() {
    owner = null;
    untilMillis = 0;
  }
}
