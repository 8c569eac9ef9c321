package io.weir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.catalog.NotAskedException;
import io.weir.catalog.Transactions;
import io.weir.server.CatalogGuard.RolledBackException;
import java.util.Iterator;
import java.util.List;
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
        .isInstanceOf(NotAskedException.class);
  }

  @Test
  void whatIsNotAskedNamesTheFailureBefore() {
    GuardedTransactions guarded =
        guarded(new RolledBackException(failure), new CircuitBreakerOpenException());
    assertThatThrownBy(() -> guarded.call(entities -> 1)).isSameAs(failure);
    assertThatThrownBy(() -> guarded.call(entities -> 1))
        .isInstanceOf(NotAskedException.class)
        .hasCause(failure);
  }

  /** Each call fails with the next of these. */
  private static GuardedTransactions guarded(RuntimeException... thrown) {
    Iterator<RuntimeException> next = List.of(thrown).iterator();
    return new GuardedTransactions(
        new CatalogGuard() {
          @Override
          public <T, E extends Exception> T call(Transactions.Work<T, E> work) {
            throw next.next();
          }
        });
  }
}
