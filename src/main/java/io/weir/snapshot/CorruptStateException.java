package io.weir.snapshot;

import java.io.IOException;

/**
 * Bytes of a snapshot are missing, shortened or changed. The message names the file and says what
 * differs.
 */
public final class CorruptStateException extends IOException {
  private static final long serialVersionUID = 1L;

  public CorruptStateException(String message) {
    super(message);
  }

  public CorruptStateException(String message, Throwable cause) {
    super(message, cause);
  }
}
