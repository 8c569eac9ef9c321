package io.weir.serial;

/** Stored values cannot become values of the present type; the message lists every reason. */
public final class SchemaIncompatibleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SchemaIncompatibleException(String message) {
    super(message);
  }

  public SchemaIncompatibleException(String message, Throwable cause) {
    super(message, cause);
  }
}
