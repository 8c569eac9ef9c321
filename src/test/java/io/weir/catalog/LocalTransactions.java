package io.weir.catalog;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.Persistence;
import java.util.Map;
import javax.sql.DataSource;

/** The persistence unit without a server, on a database of the test's. */
public final class LocalTransactions implements Transactions, AutoCloseable {
  private final EntityManagerFactory factory;

  public LocalTransactions(DataSource database) {
    factory =
        Persistence.createEntityManagerFactory(
            "weir",
            Map.of(
                "jakarta.persistence.transactionType",
                "RESOURCE_LOCAL",
                "jakarta.persistence.nonJtaDataSource",
                database));
  }

  @Override
  public <T, E extends Exception> T call(Work<T, E> work) throws E {
    try (EntityManager entities = factory.createEntityManager()) {
      EntityTransaction transaction = entities.getTransaction();
      transaction.begin();
      try {
        T result = work.apply(entities);
        transaction.commit();
        return result;
      } finally {
        if (transaction.isActive()) {
          transaction.rollback();
        }
      }
    }
  }

  @Override
  public void close() {
    factory.close();
  }
}
