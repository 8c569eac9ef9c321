package io.weir.job.surroundings;

/**
 * The catalog could not do what was asked. Whether it was done is unknown unless the method says
 * otherwise. The message says what failed and what can be done.
 */
public final class CatalogException extends Exception {
  private static final long serialVersionUID = 1L;

  public CatalogException(String message, Throwable cause) {
    super(message, cause);
  }
}
