package io.weir.server;

import io.weir.catalog.JtaTransactions;
import io.weir.catalog.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * Between the jobs of this server and their catalog: repeats a transaction that has certainly come
 * to nothing, limits how many there are at once, and leaves a database alone for a moment that does
 * not answer.
 *
 * <p>Each number can be configured under MicroProfile's keys, such as {@code
 * io.weir.server.CatalogGuard/call/Retry/maxRetries}. There is no time limit: the container's own
 * for transactions holds, and it knows how to roll back.
 */
@ApplicationScoped
public class CatalogGuard {
  /** As many connections as there are, and as many that wait for one. */
  private static final int MAX_TRANSACTIONS = 40;

  private static final int WINDOW = 20;
  private static final double FAILURES = 0.9;

  @Inject private JtaTransactions transactions;

  /** A transaction whose work has failed before anything was committed: it was rolled back. */
  static final class RolledBackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException failure;

    RolledBackException(RuntimeException failure) {
      super(failure);
      this.failure = failure;
    }

    /** What the work, or its rolling back, has thrown. */
    RuntimeException failure() {
      return failure;
    }
  }

  /**
   * Runs work in a transaction.
   *
   * @throws RolledBackException if it certainly was not committed
   */
  @Retry(maxRetries = 2, delay = 100, jitter = 80, retryOn = RolledBackException.class)
  @CircuitBreaker(
      requestVolumeThreshold = WINDOW,
      failureRatio = FAILURES,
      delay = 1,
      delayUnit = ChronoUnit.SECONDS,
      failOn = RolledBackException.class)
  @Bulkhead(MAX_TRANSACTIONS)
  public <T, E extends Exception> T call(Transactions.Work<T, E> work) throws E {
    return rolledBack(transactions, work);
  }

  /** Tells apart failures before and at the commit. */
  static <T, E extends Exception> T rolledBack(
      Transactions transactions, Transactions.Work<T, E> work) throws E {
    boolean[] done = new boolean[1];
    try {
      return transactions.call(
          entities -> {
            T result = work.apply(entities);
            done[0] = true;
            return result;
          });
    } catch (RuntimeException e) {
      throw done[0] ? e : new RolledBackException(e);
    }
  }
}
