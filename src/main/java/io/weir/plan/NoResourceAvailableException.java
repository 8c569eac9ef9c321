package io.weir.plan;

/** A job needs more slots than are free. The message says how many, and what to do. */
public final class NoResourceAvailableException extends Exception {
  private static final long serialVersionUID = 1L;

  NoResourceAvailableException(String message) {
    super(message);
  }
}
