package io.weir.catalog;

import jakarta.persistence.EntityManager;

/** Port: runs work in a transaction. Safe for use by several threads. */
public interface Transactions {

  /**
   * What runs in a transaction.
   *
   * @param <T> its result
   * @param <E> what it may throw to its caller
   */
  interface Work<T, E extends Exception> {
    T apply(EntityManager entities) throws E;
  }

  /**
   * Runs work in a transaction of its own, also if the caller is in one, and commits it. What is
   * thrown rolls it back.
   *
   * @throws RuntimeException if the work, or the commit, has failed
   */
  <T, E extends Exception> T call(Work<T, E> work) throws E;
}
