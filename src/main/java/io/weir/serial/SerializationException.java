package io.weir.serial;

/**
 * A value could not be written, read or copied. The message begins with where in the value: the
 * type and the fields that lead there, for example {@code com.acme.Order.customer.name}.
 */
public final class SerializationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A longer path says nothing more, and deep recursion must not make building it quadratic. */
  private static final int MAX_PATH_LENGTH = 300;

  private final String reason;

  // both grow while the exception travels outwards, in the thread that threw it
  private String type = "";
  private String path = "";

  /** A failure at a place that is not known yet. */
  public SerializationException(String reason) {
    super(reason);
    this.reason = reason;
  }

  private SerializationException(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /** What went wrong, as it is if it says so itself. */
  static SerializationException of(Throwable failure) {
    if (failure instanceof SerializationException known) {
      return known;
    }
    return failure instanceof StackOverflowError
        ? new SerializationException(Nesting.TOO_DEEP)
        : new SerializationException(failure.toString(), failure);
  }

  /** Adds that what failed is this field of a value. */
  SerializationException inField(String name) {
    return under("." + name);
  }

  /** Adds that what failed is the element of a container at this index. */
  SerializationException atIndex(int index) {
    return under("[" + index + "]");
  }

  /** Adds a step in front of the path. */
  SerializationException under(String step) {
    if (path.length() < MAX_PATH_LENGTH) {
      path = step + path;
    }
    return this;
  }

  /** Adds the type of the value that the path begins in; replaces one further inside. */
  SerializationException in(String typeName) {
    type = typeName;
    return this;
  }

  /** Where in the value: the type, then fields and indexes; empty if it is not known. */
  public String path() {
    return type + path;
  }

  @Override
  public String getMessage() {
    return path().isEmpty() ? reason : path() + ": " + reason;
  }
}
