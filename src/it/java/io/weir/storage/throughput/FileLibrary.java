package io.weir.storage.throughput;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file channel, forced to the disk at the end. */
final class FileLibrary extends Contestant {
  private final Path file;

  FileLibrary(Path directory) {
    this.file = directory.resolve("library");
  }

  @Override
  void write(byte[] chunk, int times) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      for (int i = 0; i < times; i++) {
        ByteBuffer buffer = ByteBuffer.wrap(chunk);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      channel.force(true);
    }
  }

  @Override
  InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  @Override
  void remove() throws IOException {
    Files.delete(file);
  }

  @Override
  public void close() {}
}
