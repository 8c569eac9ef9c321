package io.weir.server;

import io.weir.catalog.Transactions;
import io.weir.server.CatalogGuard.RolledBackException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

/**
 * Transactions behind the {@link CatalogGuard}. However often one was tried, its caller sees a
 * result or one failure.
 */
final class GuardedTransactions implements Transactions {
  private final CatalogGuard guard;

  GuardedTransactions(CatalogGuard guard) {
    this.guard = guard;
  }

  @Override
  public <T, E extends Exception> T call(Work<T, E> work) throws E {
    try {
      return guard.call(work);
    } catch (RolledBackException e) {
      throw e.failure();
    } catch (FaultToleranceException e) {
      throw new IllegalStateException(
          "it was not asked, because it has too many requests without an answer or has just failed"
              + " many times; what failed before says why",
          e);
    }
  }
}
