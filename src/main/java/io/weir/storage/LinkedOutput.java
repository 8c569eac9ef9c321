package io.weir.storage;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Gives a local file that never changes a second name, instead of writing its bytes again; copies
 * it where the file system has no such link.
 */
final class LinkedOutput extends StorageOutput {
  private final Path source;
  private final Path target;

  LinkedOutput(Path source, Path target) {
    this.source = source;
    this.target = target;
  }

  @Override
  protected void append(byte[] bytes, int offset, int length) {
    // they are in the source already
  }

  @Override
  protected void complete() throws IOException {
    Files.createDirectories(target.getParent());
    try {
      Files.createLink(target, source);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(source, target);
    }
  }

  @Override
  protected void abort() throws IOException {
    Files.deleteIfExists(target);
  }
}
