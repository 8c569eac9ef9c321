package io.weir.storage.file;

import io.weir.storage.StorageOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file under a temporary name; forces it to the disk, then gives it its own name. */
final class FileOutput extends StorageOutput {
  private final Path root;
  private final Path temporary;
  private final Path file;
  private final FileChannel channel;
  private boolean moved;

  FileOutput(Path root, Path temporary, Path file) throws IOException {
    this.root = root;
    this.temporary = temporary;
    this.file = file;
    this.channel =
        FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  }

  @Override
  protected void append(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw FileFailure.of(file, e);
    }
  }

  @Override
  protected void complete() throws IOException {
    try {
      channel.force(true);
      channel.close();
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      moved = true;
      DurableDirectories.force(file.getParent(), root);
    } catch (IOException e) {
      throw FileFailure.of(file, e);
    }
  }

  @Override
  protected void abort() throws IOException {
    try {
      channel.close();
    } finally {
      Files.deleteIfExists(moved ? file : temporary);
    }
  }
}
