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
  private final String type;
  private final String path;

  /** A failure at a place that is not known yet. */
  public SerializationException(String reason) {
    this(reason, "", "", null);
  }

  private SerializationException(String reason, String type, String path, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
    this.type = type;
    this.path = path;
  }

  /** What went wrong, as it is if it says so itself. */
  static SerializationException of(Throwable failure) {
    if (failure instanceof SerializationException known) {
      return known;
    }
    String reason = failure instanceof StackOverflowError ? Nesting.TOO_DEEP : failure.toString();
    return new SerializationException(reason, "", "", failure);
  }

  /** The same failure, seen from the value that holds the failed one in this field. */
  SerializationException inField(String name) {
    return under("." + name);
  }

  /** The same failure, seen from the container that holds the failed one at this index. */
  SerializationException atIndex(int index) {
    return under("[" + index + "]");
  }

  SerializationException under(String step) {
    String longer = path.length() > MAX_PATH_LENGTH ? path : step + path;
    return new SerializationException(reason, type, longer, this);
  }

  /** The same failure, seen from a value of this type. */
  SerializationException in(String typeName) {
    return new SerializationException(reason, typeName, path, this);
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
