package io.weir.testkit;

/**
 * The process ends here: nothing behind the place where this is thrown happens. An error, so that
 * nothing under test handles it.
 */
public final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1L;

  public SimulatedCrash(String where) {
    super(where, null, false, false);
  }
}
