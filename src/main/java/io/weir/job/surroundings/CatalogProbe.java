package io.weir.job.surroundings;

import java.util.Optional;

/** Tells whether a catalog answers. */
public final class CatalogProbe {
  /** Stands in the message; whether a job has this name does not matter. */
  private static final String NAME = "(health check)";

  private final JobCatalog catalog;

  /**
   * Asks a catalog.
   *
   * @param catalog whose schema is in place
   */
  public CatalogProbe(JobCatalog catalog) {
    this.catalog = catalog;
  }

  /** Looks for a row through an index. Why that failed, for people; empty if all is well. */
  public Optional<String> failure() {
    try {
      Optional<?> unused = catalog.jobNamed(NAME);
      return Optional.empty();
    } catch (CatalogException e) {
      return Optional.of(e.getMessage());
    }
  }
}
