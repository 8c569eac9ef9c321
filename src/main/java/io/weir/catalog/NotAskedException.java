package io.weir.catalog;

/**
 * A transaction has not been begun, because too many others have no answer yet or have just failed.
 */
public final class NotAskedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Nothing was asked.
   *
   * @param before what the last transaction before has failed with, if one has; else what has kept
   *     this one
   */
  public NotAskedException(RuntimeException before) {
    super("too many requests have no answer yet or have just failed", before);
  }
}
