package io.weir.api.connector;

import java.io.IOException;
import java.util.Collection;

/**
 * Makes results visible. The same one may be committed several times.
 *
 * @param <CommT> what is committed
 */
@SuppressWarnings("try") // close() may throw anything; the task restores an interrupt
public interface Committer<CommT> extends AutoCloseable {
  /**
   * Commits; a request for which nothing is signalled counts as committed.
   *
   * @param committables what to commit
   * @throws IOException to fail the task; everything is committed again after the restart
   * @throws InterruptedException when the task is cancelled
   */
  void commit(Collection<CommitRequest<CommT>> committables)
      throws IOException, InterruptedException;

  /**
   * One thing to commit, and what became of it.
   *
   * @param <CommT> what is committed
   */
  interface CommitRequest<CommT> {
    /** What is committed. */
    CommT getCommittable();

    /** How often it was tried before. */
    int getNumberOfRetries();

    /** Gives up without failing the job; the results are lost, which is counted and logged. */
    void signalFailedWithKnownReason(Throwable t);

    /** Fails the job. */
    void signalFailedWithUnknownReason(Throwable t);

    /** Tries again later. */
    void retryLater();

    /**
     * Tries again later, with something else.
     *
     * @param committable what is committed then, not null
     */
    void updateAndRetryLater(CommT committable);

    /** It was committed before. */
    void signalAlreadyCommitted();
  }
}
