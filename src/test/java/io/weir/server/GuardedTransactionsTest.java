package io.weir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.catalog.Transactions;
import io.weir.server.CatalogGuard.RolledBackException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.Test;

class GuardedTransactionsTest {
  private final RuntimeException failure = new IllegalStateException("planned");

  /** Does the work and then fails to commit it. */
  private final Transactions failingCommit =
      new Transactions() {
        @Override
        public <T, E extends Exception> T call(Work<T, E> work) throws E {
          work.apply(null);
          throw failure;
        }
      };

  private static final Transactions PLAIN =
      new Transactions() {
        @Override
        public <T, E extends Exception> T call(Work<T, E> work) throws E {
          return work.apply(null);
        }
      };

  @Test
  void onlyWhatCertainlyCameToNothingMayBeRepeated() {
    assertThatThrownBy(
            () ->
                CatalogGuard.rolledBack(
                    PLAIN,
                    entities -> {
                      throw failure;
                    }))
        .isInstanceOf(RolledBackException.class)
        .hasCause(failure);
    assertThatThrownBy(() -> CatalogGuard.rolledBack(failingCommit, entities -> 1))
        .isSameAs(failure);
    assertThat(CatalogGuard.<Integer, RuntimeException>rolledBack(PLAIN, entities -> 1))
        .isEqualTo(1);
  }

  @Test
  void theCallerSeesTheFailureAndNotTheGuard() {
    assertThatThrownBy(() -> guarded(new RolledBackException(failure)).call(entities -> 1))
        .isSameAs(failure);
    assertThatThrownBy(() -> guarded(new CircuitBreakerOpenException()).call(entities -> 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was not asked");
  }

  private static GuardedTransactions guarded(RuntimeException thrown) {
    return new GuardedTransactions(
        new CatalogGuard() {
          @Override
          public <T, E extends Exception> T call(Transactions.Work<T, E> work) {
            throw thrown;
          }
        });
  }
}
