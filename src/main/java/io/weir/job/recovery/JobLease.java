package io.weir.job.recovery;

import io.weir.job.description.JobDescription;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.job.surroundings.LeaseHeldException;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of this server to run a job: prolonged from time to time as long as the job runs. Safe
 * for use by several threads.
 */
public final class JobLease {
  private static final Logger LOG = LoggerFactory.getLogger(JobLease.class);

  /** For how long this server has the right to run the job without asking again. */
  public static final long DURATION_MILLIS = 30_000;

  private static final long RENEWAL_MILLIS = DURATION_MILLIS / 3;

  private final JobDescription job;
  private final JobSurroundings surroundings;
  private final BiConsumer<Long, LeaseHeldException> whenLost;

  /** Of the taking that counts; 0 before the first. Written by the job's actor, read by all. */
  private volatile long token;

  private volatile boolean ended;

  /**
   * Does not have the lease yet.
   *
   * @param whenLost told, on any thread, that somebody else has the lease, and which token of this
   *     server is worth nothing any more
   */
  public JobLease(
      JobDescription job,
      JobSurroundings surroundings,
      BiConsumer<Long, LeaseHeldException> whenLost) {
    this.job = job;
    this.surroundings = surroundings;
    this.whenLost = whenLost;
  }

  public long token() {
    return token;
  }

  /** This server has taken the lease, again or for the first time. */
  public void taken(long present) {
    boolean first = token == 0;
    token = present;
    if (first) {
      renewLater();
    }
  }

  /** The job has ended here. */
  public void end() {
    ended = true;
  }

  private void renewLater() {
    surroundings
        .timers()
        .callAt(
            surroundings.clock().nowMillis() + RENEWAL_MILLIS,
            () -> {
              if (!ended) {
                surroundings.blocking().execute(this::renew);
                renewLater();
              }
            });
  }

  private void renew() {
    try {
      boolean unused = prolong(token);
    } catch (CatalogException e) {
      LOG.warn("the lease of job '{}' could not be prolonged: {}", job.name(), e.getMessage());
    }
  }

  /**
   * Makes sure that nobody else can take the lease for a while. May block.
   *
   * @return false if somebody else has it already: then this server has nothing to do with the job
   *     any more
   */
  public boolean prolong(long present) throws CatalogException {
    long now = surroundings.clock().nowMillis();
    try {
      surroundings
          .catalog()
          .lease(
              job.id(), surroundings.owner(), OptionalLong.of(present), now, now + DURATION_MILLIS);
      return true;
    } catch (LeaseHeldException e) {
      whenLost.accept(present, e);
      return false;
    }
  }
}
