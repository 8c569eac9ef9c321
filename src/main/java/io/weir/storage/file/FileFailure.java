package io.weir.storage.file;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What a failure means to those who use a storage: a full disk, too, is one of some file. */
final class FileFailure {
  private FileFailure() {}

  /** The failure with the file's name, which the system leaves out when it reads or writes. */
  static IOException of(Path file, IOException failure) {
    if (failure instanceof FileSystemException || failure instanceof ClosedChannelException) {
      return failure;
    }
    FileSystemException named =
        new FileSystemException(file.toString(), null, failure.getMessage());
    named.initCause(failure);
    return named;
  }
}
