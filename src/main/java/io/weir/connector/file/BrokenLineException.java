package io.weir.connector.file;

import java.io.IOException;

/** No record can be made of a line of a file. */
public final class BrokenLineException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenLineException(String message, Throwable cause) {
    super(message, cause);
  }
}
