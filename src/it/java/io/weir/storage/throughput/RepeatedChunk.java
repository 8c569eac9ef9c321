package io.weir.storage.throughput;

import java.io.InputStream;

/** The same bytes again and again. */
final class RepeatedChunk extends InputStream {
  private final byte[] chunk;
  private long left;

  RepeatedChunk(byte[] chunk, int times) {
    this.chunk = chunk;
    this.left = (long) chunk.length * times;
  }

  @Override
  public int read() {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (left == 0) {
      return -1;
    }
    int at = (int) ((chunk.length - left % chunk.length) % chunk.length);
    int count = (int) Math.min(Math.min(length, chunk.length - at), left);
    System.arraycopy(chunk, at, bytes, offset, count);
    left -= count;
    return count;
  }
}
