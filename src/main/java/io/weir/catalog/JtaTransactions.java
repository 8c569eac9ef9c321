package io.weir.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/** The container's transactions, on the data source {@code jdbc/weir}. */
@ApplicationScoped
public class JtaTransactions implements Transactions {
  @PersistenceContext(unitName = "weir")
  private EntityManager entities;

  @Override
  @Transactional(value = Transactional.TxType.REQUIRES_NEW, rollbackOn = Exception.class)
  public <T, E extends Exception> T call(Work<T, E> work) throws E {
    return work.apply(entities);
  }
}
