package io.weir.state;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Counts what is read of keyed state, and gives out no byte behind the end of a key group. Belongs
 * to one thread.
 */
final class KeyGroupInput extends InputStream {
  private final InputStream source;
  private long position;
  private long end;

  KeyGroupInput(InputStream source) {
    this.source = source;
  }

  /** How many bytes have been read or skipped. */
  long position() {
    return position;
  }

  /** How many bytes the key group has left. */
  long left() {
    return end - position;
  }

  /**
   * A key group begins.
   *
   * @param nextEnd the position of its end
   */
  void begin(long nextEnd) {
    end = nextEnd;
  }

  @Override
  public int read() throws IOException {
    int next = left() > 0 ? source.read() : -1;
    if (next >= 0) {
      position++;
    }
    return next;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (left() <= 0) {
      return length == 0 ? 0 : -1;
    }
    int count = source.read(target, offset, (int) Math.min(length, left()));
    position += Math.max(count, 0);
    return count;
  }

  /** Passes over the rest of the key group. */
  void skipRest() throws IOException {
    source.skipNBytes(left());
    position = end;
  }

  /** Whether nothing is left behind the last key group. */
  boolean isAtEnd() throws IOException {
    return source.read() < 0;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
