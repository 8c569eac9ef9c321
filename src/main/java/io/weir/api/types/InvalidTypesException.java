package io.weir.api.types;

/** The type of a value is not known or not usable; the message tells how to state it. */
public class InvalidTypesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the error.
   *
   * @param message what could not be determined, and what to do
   */
  public InvalidTypesException(String message) {
    super(message);
  }

  /**
   * Creates the error.
   *
   * @param message what could not be determined, and what to do
   * @param cause what went wrong below; may be null
   */
  public InvalidTypesException(String message, Throwable cause) {
    super(message, cause);
  }
}
