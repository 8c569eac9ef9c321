package io.weir.engine.operator.sink;

import io.weir.api.connector.Committer.CommitRequest;
import java.util.Objects;

/** One committable, and what the committer has said of it. */
final class PendingCommit<C> implements CommitRequest<C> {

  /** What became of an attempt. */
  enum Outcome {
    COMMITTED,
    ALREADY_COMMITTED,
    RETRY,
    DROPPED,
    FAILED
  }

  private C committable;
  private int retries;
  private Outcome outcome = Outcome.COMMITTED;
  private Throwable reason;

  PendingCommit(C committable) {
    this.committable = committable;
  }

  /** Begins another attempt: committed, unless the committer signals something else. */
  void beginAttempt(int retry) {
    retries = retry;
    outcome = Outcome.COMMITTED;
    reason = null;
  }

  Outcome outcome() {
    return outcome;
  }

  /** Why it failed, or null. */
  Throwable reason() {
    return reason;
  }

  @Override
  public C getCommittable() {
    return committable;
  }

  @Override
  public int getNumberOfRetries() {
    return retries;
  }

  @Override
  public void signalFailedWithKnownReason(Throwable t) {
    outcome = Outcome.DROPPED;
    reason = t;
  }

  @Override
  public void signalFailedWithUnknownReason(Throwable t) {
    outcome = Outcome.FAILED;
    reason = t;
  }

  @Override
  public void retryLater() {
    outcome = Outcome.RETRY;
  }

  @Override
  public void updateAndRetryLater(C newCommittable) {
    committable = Objects.requireNonNull(newCommittable, "committable");
    outcome = Outcome.RETRY;
  }

  @Override
  public void signalAlreadyCommitted() {
    outcome = Outcome.ALREADY_COMMITTED;
  }
}
