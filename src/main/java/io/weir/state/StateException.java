package io.weir.state;

/**
 * State cannot be used as asked for. The message names operator, state, what differs and what can
 * be done.
 */
public final class StateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StateException(String message) {
    super(message);
  }

  public StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
