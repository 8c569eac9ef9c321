package io.weir.storage;

import java.io.IOException;

/**
 * A location that cannot be used for snapshots as it stands. The message says which, why, and what
 * the user can do.
 */
public final class UnusableStorageException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnusableStorageException(String message) {
    super(message);
  }

  public UnusableStorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
