package io.weir.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A part of what another stream reads. */
final class RangeInput extends InputStream {
  private final InputStream in;
  private long left;

  private RangeInput(InputStream in, long left) {
    this.in = in;
    this.left = left;
  }

  /**
   * Skips what is in front of the part.
   *
   * @param in closed if that fails
   */
  static InputStream of(InputStream in, long offset, long length) throws IOException {
    try {
      in.skipNBytes(offset);
      return new RangeInput(in, length);
    } catch (EOFException e) {
      return new RangeInput(in, 0);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (count == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    int given = in.read(bytes, offset, (int) Math.min(count, left));
    left -= Math.max(0, given);
    return given;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(in.available(), left);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
