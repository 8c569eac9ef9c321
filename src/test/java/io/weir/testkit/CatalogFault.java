package io.weir.testkit;

/** What happens to one call of a catalog. */
public enum CatalogFault {
  NONE,
  /** It fails and nothing has been done: the database is down, or refuses. */
  FAILS_BEFORE,
  /** It is done, and its caller is told that it has failed: the answer of the commit is lost. */
  FAILS_AFTER
}
