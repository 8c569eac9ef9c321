package io.weir.engine.operator;

/**
 * An operator, as a rule the user's code in it, has thrown. The message names the operator; the
 * cause is what was thrown.
 */
public final class OperatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String operatorName;

  public OperatorException(String operatorName, Throwable cause) {
    super("operator '" + operatorName + "' failed: " + cause, cause);
    this.operatorName = operatorName;
  }

  /** The exception as it is, if it names its operator already. */
  public static OperatorException of(String operatorName, Throwable cause) {
    return cause instanceof OperatorException named
        ? named
        : new OperatorException(operatorName, cause);
  }

  public String operatorName() {
    return operatorName;
  }
}
