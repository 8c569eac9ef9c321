package io.weir.config;

/**
 * A configured value that cannot be used. The message names the key, the value, why it is refused
 * and what is allowed.
 */
public class IllegalConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public IllegalConfigurationException(String message) {
    super(message);
  }

  public IllegalConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
