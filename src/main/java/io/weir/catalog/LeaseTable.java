package io.weir.catalog;

import io.weir.job.surroundings.LeaseHeldException;
import io.weir.snapshot.JobId;
import jakarta.persistence.EntityManager;

/** The leases, within one transaction. Every use locks the row of the job. */
record LeaseTable(EntityManager entities) {

  long take(JobId job, String owner, long nowMillis, long untilMillis) throws LeaseHeldException {
    JobRow jobRow = new JobTable(entities).locked(job);
    LeaseRow lease = find(job);
    if (lease == null) {
      LeaseRow first = new LeaseRow(job.toString(), owner, untilMillis);
      entities.persist(first);
      return first.token();
    }
    if (!lease.isFreeFor(owner, nowMillis)) {
      throw new LeaseHeldException(jobRow.name(), lease.owner(), lease.untilMillis());
    }
    return lease.take(owner, untilMillis);
  }

  long prolong(JobId job, long token, long untilMillis) throws LeaseHeldException {
    JobRow jobRow = new JobTable(entities).locked(job);
    LeaseRow lease = find(job);
    if (lease == null) {
      throw new IllegalStateException("nobody has ever taken the lease of job " + job);
    }
    if (!lease.isHeldWith(token)) {
      String holder = lease.owner() == null ? "nobody, it was given back" : lease.owner();
      throw new LeaseHeldException(jobRow.name(), holder, lease.untilMillis());
    }
    lease.prolong(untilMillis);
    return token;
  }

  void release(JobId job, long token) {
    if (isHeld(job, token)) {
      find(job).release();
    }
  }

  /** Whether the lease is still the one that was given with this token. */
  boolean isHeld(JobId job, long token) {
    new JobTable(entities).locked(job);
    LeaseRow lease = find(job);
    return lease != null && lease.isHeldWith(token);
  }

  private LeaseRow find(JobId job) {
    return entities.find(LeaseRow.class, job.toString());
  }
}
