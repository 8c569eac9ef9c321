package io.weir.server;

import io.weir.catalog.NotAskedException;
import io.weir.catalog.Transactions;
import io.weir.server.CatalogGuard.RolledBackException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

/**
 * Transactions behind the {@link CatalogGuard}. However often one was tried, its caller sees a
 * result or one failure.
 */
final class GuardedTransactions implements Transactions {
  private final CatalogGuard guard;

  /** What the newest transaction that failed has failed with; null before the first. */
  private volatile RuntimeException lastFailure;

  GuardedTransactions(CatalogGuard guard) {
    this.guard = guard;
  }

  @Override
  public <T, E extends Exception> T call(Work<T, E> work) throws E {
    try {
      return guard.call(work);
    } catch (RolledBackException e) {
      lastFailure = e.failure();
      throw e.failure();
    } catch (FaultToleranceException e) {
      throw new NotAskedException(lastFailure == null ? e : lastFailure);
    }
  }
}
