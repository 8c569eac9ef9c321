package io.weir.serial;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * A growing array of bytes that values are written to. Fixed numbers are big-endian.
 *
 * <p>Not thread-safe: owned by one thread at a time.
 */
public final class BinaryOutput {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The largest array that every virtual machine can allocate. */
  private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

  /** Bytes of the longest variable-length int and long. */
  private static final int MAX_VAR_INT = 5;

  private static final int MAX_VAR_LONG = 10;

  private byte[] buffer;
  private int position;
  private int depth;

  public BinaryOutput() {
    this(256);
  }

  /**
   * @param initialCapacity bytes, at least 0
   */
  public BinaryOutput(int initialCapacity) {
    buffer = new byte[initialCapacity];
  }

  /** The number of bytes written since the last {@link #reset}. */
  public int position() {
    return position;
  }

  /**
   * The array written to: its first {@link #position} bytes are valid, and only until the next
   * write.
   */
  public byte[] array() {
    return buffer;
  }

  /** A copy of the bytes written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, position);
  }

  /** Forgets what was written; keeps the array. */
  public void reset() {
    position = 0;
    depth = 0;
  }

  /** Forgets what was written from this position on. */
  void truncate(int newPosition) {
    position = newPosition;
  }

  /** Passes on the bytes written, then forgets them. */
  public void flushTo(OutputStream target) throws IOException {
    target.write(buffer, 0, position);
    reset();
  }

  /**
   * Makes room, so that the next {@code count} bytes do not reallocate the array.
   *
   * @throws SerializationException if the array would exceed what Java allows (2 GiB)
   */
  public void ensure(int count) {
    if (buffer.length - position < count) {
      grow(count);
    }
  }

  private void grow(int count) {
    long needed = (long) position + count;
    if (needed > MAX_CAPACITY) {
      throw new SerializationException(
          "the value takes more than " + MAX_CAPACITY + " bytes; split it into several");
    }
    long doubled = Math.max(needed, 2L * buffer.length);
    buffer = Arrays.copyOf(buffer, (int) Math.min(doubled, MAX_CAPACITY));
  }

  public void writeByte(int value) {
    ensure(1);
    buffer[position++] = (byte) value;
  }

  public void writeBoolean(boolean value) {
    writeByte(value ? 1 : 0);
  }

  /** Two bytes; the upper half of the argument is ignored. */
  public void writeShort(int value) {
    ensure(2);
    buffer[position] = (byte) (value >>> 8);
    buffer[position + 1] = (byte) value;
    position += 2;
  }

  /** Two bytes. */
  public void writeChar(char value) {
    writeShort(value);
  }

  /** Four bytes. */
  public void writeInt(int value) {
    ensure(Integer.BYTES);
    INT.set(buffer, position, value);
    position += Integer.BYTES;
  }

  /** Eight bytes. */
  public void writeLong(long value) {
    ensure(Long.BYTES);
    LONG.set(buffer, position, value);
    position += Long.BYTES;
  }

  public void writeFloat(float value) {
    writeInt(Float.floatToIntBits(value));
  }

  public void writeDouble(double value) {
    writeLong(Double.doubleToLongBits(value));
  }

  /** One to five bytes; small numbers of either sign are short. */
  public void writeVarInt(int value) {
    writeUnsignedVarInt((value << 1) ^ (value >> 31));
  }

  /** One to five bytes; made for lengths and counts. */
  public void writeUnsignedVarInt(int value) {
    ensure(MAX_VAR_INT);
    byte[] target = buffer;
    int at = position;
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    position = at;
  }

  /** One to ten bytes; small numbers of either sign are short. */
  public void writeVarLong(long value) {
    ensure(MAX_VAR_LONG);
    byte[] target = buffer;
    int at = position;
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    position = at;
  }

  /** A string with its length, in UTF-8; unpaired surrogates survive. */
  public void writeUtf8(String value) {
    int length = value.length();
    ensure(Math.min(length, MAX_CAPACITY - MAX_VAR_INT) + MAX_VAR_INT);
    int start = position;
    writeUnsignedVarInt(length);
    byte[] target = buffer;
    int at = position;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        position = start;
        writeNonAscii(value, i);
        return;
      }
      target[at + i] = (byte) c;
    }
    position = at + length;
  }

  private void writeNonAscii(String value, int firstNonAscii) {
    long size = Utf8.size(value, firstNonAscii);
    if (size > MAX_CAPACITY) {
      throw new SerializationException("a string takes more than " + MAX_CAPACITY + " bytes");
    }
    writeUnsignedVarInt((int) size);
    ensure((int) size);
    Utf8.encode(value, buffer, position);
    position += (int) size;
  }

  /** Bytes as they are, without their length. */
  public void writeBytes(byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    ensure(length);
    System.arraycopy(source, offset, buffer, position, length);
    position += length;
  }

  /** Begins a value inside a value of its own type. */
  void enter() {
    depth = Nesting.deeper(depth);
  }

  /** Ends what {@link #enter} began. */
  void leave() {
    depth--;
  }
}
