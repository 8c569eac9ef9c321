package io.weir.storage;

import java.io.IOException;
import java.nio.file.FileSystemException;

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

  /**
   * Whether trying again cannot help as long as nobody mends the cause: a right or room that is
   * missing, a file in the way. False if the storage may only have been unreachable for a moment.
   */
  public boolean isLasting() {
    return getCause() == null || getCause() instanceof FileSystemException;
  }
}
