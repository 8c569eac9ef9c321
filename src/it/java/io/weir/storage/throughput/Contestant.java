package io.weir.storage.throughput;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** One way to get bytes into a store and out of it. Keeps one object, that of its last write. */
abstract class Contestant implements AutoCloseable {
  private static final int READ_BYTES = 64 << 10;

  /** Writes the chunk so often; all of it is durable when this returns. */
  abstract void write(byte[] chunk, int times) throws IOException;

  /** A stream over what was written, from its beginning. */
  abstract InputStream open() throws IOException;

  /** Removes what was written. */
  abstract void remove() throws IOException;

  @Override
  public abstract void close() throws IOException;

  /** Reads all that was written; how many bytes that are. */
  final long read() throws IOException {
    byte[] buffer = new byte[READ_BYTES];
    long bytes = 0;
    try (InputStream in = open()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        bytes += count;
      }
    }
    return bytes;
  }

  static void repeat(OutputStream out, byte[] chunk, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      out.write(chunk);
    }
  }
}
