package io.weir.connector.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is being written under its hidden name. */
final class PartFile {
  private static final int BUFFER_BYTES = 64 << 10;

  private final Path file;
  private final long createdMillis;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private long lengthBytes;

  PartFile(FileChannel channel, Path file, long createdMillis) {
    this.channel = channel;
    this.file = file;
    this.createdMillis = createdMillis;
  }

  static PartFile create(Path file, long createdMillis) throws IOException {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      return new PartFile(channel, file, createdMillis);
    } catch (IOException e) {
      throw failure(file, 0, e);
    }
  }

  long createdMillis() {
    return createdMillis;
  }

  /** What was written, buffered or not. */
  long lengthBytes() {
    return lengthBytes;
  }

  void writeLine(byte[] line) throws IOException {
    write(line);
    if (!buffer.hasRemaining()) {
      drain();
    }
    buffer.put((byte) '\n');
    lengthBytes += line.length + 1;
  }

  private void write(byte[] bytes) throws IOException {
    int written = 0;
    while (written < bytes.length) {
      if (!buffer.hasRemaining()) {
        drain();
      }
      int length = Math.min(buffer.remaining(), bytes.length - written);
      buffer.put(bytes, written, length);
      written += length;
    }
  }

  private void drain() throws IOException {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw failure(file, lengthBytes, e);
    }
    buffer.clear();
  }

  /** Ends the file: its content survives a power failure from here on. */
  void finish() throws IOException {
    drain();
    try (channel) {
      channel.force(true);
    } catch (IOException e) {
      throw failure(file, lengthBytes, e);
    }
  }

  /** Gives the file up. */
  void discard() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }

  private static IOException failure(Path file, long lengthBytes, IOException cause) {
    return new IOException(
        "%s cannot be written after byte %d: %s (%s). Make room or give the directory back its permissions; the job then goes on from its last checkpoint, and nothing is lost."
            .formatted(file, lengthBytes, cause, room(file)),
        cause);
  }

  private static String room(Path file) {
    try {
      return Files.getFileStore(file.getParent()).getUsableSpace() + " bytes left on the device";
    } catch (IOException e) {
      return "the directory is not accessible";
    }
  }
}
