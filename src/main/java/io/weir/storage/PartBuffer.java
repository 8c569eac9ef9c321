package io.weir.storage;

import java.util.Arrays;

/**
 * Collects what is written to an object until one part of it is full. Grows up to a part, so that
 * short objects take little memory. Belongs to one thread.
 */
public final class PartBuffer {
  private static final int FIRST_BYTES = 64 << 10;

  private final int partBytes;
  private byte[] bytes;
  private int size;

  /**
   * Holds nothing yet.
   *
   * @param partBytes when it is full
   */
  public PartBuffer(int partBytes) {
    this.partBytes = partBytes;
    this.bytes = new byte[Math.min(FIRST_BYTES, partBytes)];
  }

  public boolean isFull() {
    return size == partBytes;
  }

  /**
   * Takes as many bytes as there is room for.
   *
   * @return how many these are
   */
  public int take(byte[] from, int offset, int length) {
    makeRoom(length);
    int count = Math.min(length, bytes.length - size);
    System.arraycopy(from, offset, bytes, size, count);
    size += count;
    return count;
  }

  private void makeRoom(int length) {
    long needed = Math.min((long) size + length, partBytes);
    if (needed > bytes.length) {
      long larger = Math.max(needed, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(larger, partBytes));
    }
  }

  /** What it holds, in the first {@link #size()} bytes; no copy. */
  public byte[] bytes() {
    return bytes;
  }

  public int size() {
    return size;
  }

  /** Begins the next part in the same array. */
  public void clear() {
    size = 0;
  }

  /** Begins the next part in another array, since this one may still be read. */
  public void renew() {
    bytes = new byte[partBytes];
    size = 0;
  }
}
