package io.weir.serial;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A part of an array of bytes that values are read from, the mirror of {@link BinaryOutput}. Every
 * read checks the bounds: reading past the end, or a length that the rest cannot hold, is a {@link
 * SerializationException}.
 *
 * <p>Not thread-safe: owned by one thread at a time.
 */
public final class BinaryInput {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The top bits of eight bytes: none is set in ASCII. */
  private static final long NON_ASCII = 0x8080_8080_8080_8080L;

  private static final byte[] EMPTY = {};

  private byte[] buffer = EMPTY;
  private int start;
  private int position;
  private int limit;
  private int depth;

  /** An input without bytes; {@link #reset} gives it some. */
  public BinaryInput() {}

  public BinaryInput(byte[] source) {
    this(source, 0, source.length);
  }

  public BinaryInput(byte[] source, int offset, int length) {
    reset(source, offset, length);
  }

  /** Reads from these bytes from now on; they are not copied. */
  public void reset(byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    buffer = source;
    start = offset;
    position = offset;
    limit = offset + length;
    depth = 0;
  }

  /** The number of bytes read since the last reset. */
  public int position() {
    return position - start;
  }

  /** The number of bytes that are left. */
  public int remaining() {
    return limit - position;
  }

  private void require(int count) {
    if (limit - position < count) {
      throw endsTooEarly(count);
    }
  }

  private SerializationException endsTooEarly(int count) {
    return new SerializationException(
        "the data ends too early: "
            + count
            + " more bytes expected at byte "
            + position()
            + ", "
            + remaining()
            + " left");
  }

  public byte readByte() {
    require(1);
    return buffer[position++];
  }

  public boolean readBoolean() {
    byte value = readByte();
    if ((value & ~1) != 0) {
      throw new SerializationException("neither true nor false: " + value);
    }
    return value != 0;
  }

  public short readShort() {
    require(2);
    int value = (buffer[position] << 8) | (buffer[position + 1] & 0xFF);
    position += 2;
    return (short) value;
  }

  public char readChar() {
    return (char) readShort();
  }

  public int readInt() {
    require(Integer.BYTES);
    int value = (int) INT.get(buffer, position);
    position += Integer.BYTES;
    return value;
  }

  public long readLong() {
    require(Long.BYTES);
    long value = (long) LONG.get(buffer, position);
    position += Long.BYTES;
    return value;
  }

  public float readFloat() {
    return Float.intBitsToFloat(readInt());
  }

  public double readDouble() {
    return Double.longBitsToDouble(readLong());
  }

  public int readVarInt() {
    int value = readUnsignedVarInt();
    return (value >>> 1) ^ -(value & 1);
  }

  public int readUnsignedVarInt() {
    if (position < limit && buffer[position] >= 0) {
      return buffer[position++]; // lengths are short
    }
    long value = readUnsignedVarLong();
    if (value >>> Integer.SIZE != 0) {
      throw new SerializationException("a number exceeds 32 bits; the data is damaged");
    }
    return (int) value;
  }

  public long readVarLong() {
    long value = readUnsignedVarLong();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Eight bytes at a time: a loop over bytes costs a mispredicted branch per number. */
  private long readUnsignedVarLong() {
    int at = position;
    if (limit - at < Long.BYTES) {
      return readByteByByte(0, 0);
    }
    long word = (long) LITTLE_ENDIAN.get(buffer, at);
    long ends = ~word & NON_ASCII;
    if (ends == 0) {
      position = at + Long.BYTES;
      return readByteByByte(squeeze(word), 7 * Long.BYTES);
    }
    int bits = Long.numberOfTrailingZeros(ends) + 1;
    position = at + (bits >>> 3);
    return squeeze(word & (-1L >>> (Long.SIZE - bits)));
  }

  /** Joins the lower seven bits of eight bytes. */
  private static long squeeze(long word) {
    long septets = word & ~NON_ASCII;
    long pairs = (septets & 0x007F_007F_007F_007FL) | ((septets & 0x7F00_7F00_7F00_7F00L) >>> 1);
    long fours = (pairs & 0x0000_3FFF_0000_3FFFL) | ((pairs & 0x3FFF_0000_3FFF_0000L) >>> 2);
    return (fours & 0x0000_0000_0FFF_FFFFL) | ((fours & 0x0FFF_FFFF_0000_0000L) >>> 4);
  }

  /** Reads on, where eight bytes at a time are too many. */
  private long readByteByByte(long soFar, int bits) {
    byte[] source = buffer;
    int at = position;
    int end = limit;
    long value = soFar;
    for (int shift = bits; shift < Long.SIZE && at < end; shift += 7) {
      byte next = source[at++];
      if (next >= 0) {
        position = at;
        return value | ((long) next << shift);
      }
      value |= (long) (next & 0x7F) << shift;
    }
    if (at >= end) {
      throw endsTooEarly(1);
    }
    throw new SerializationException("a number does not end; the data is damaged");
  }

  /**
   * Reads a count of things that take at least {@code minSize} bytes each.
   *
   * @throws SerializationException if the rest cannot hold that many
   */
  public int readCount(int minSize) {
    int count = readUnsignedVarInt();
    if (count < 0 || (long) count * minSize > remaining()) {
      throw new SerializationException(
          "a length of "
              + Integer.toUnsignedString(count)
              + " at byte "
              + position()
              + " exceeds what is left, "
              + remaining()
              + " bytes; the data is damaged");
    }
    return count;
  }

  /** Reads what {@link BinaryOutput#writeUtf8} wrote. */
  public String readUtf8() {
    int length = readCount(1);
    int at = position;
    position = at + length;
    return isAscii(buffer, at, length)
        ? new String(buffer, at, length, StandardCharsets.ISO_8859_1)
        : Utf8.decode(buffer, at, length);
  }

  private static boolean isAscii(byte[] source, int offset, int length) {
    int at = offset;
    int end = offset + length;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      if (((long) LONG.get(source, at) & NON_ASCII) != 0) {
        return false;
      }
    }
    int bits = 0;
    for (; at < end; at++) {
      bits |= source[at];
    }
    return bits >= 0;
  }

  /** Reads bytes as they are. */
  public void readBytes(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    require(length);
    System.arraycopy(buffer, position, target, offset, length);
    position += length;
  }

  /** Reads that many bytes into a new array. */
  public byte[] readBytes(int length) {
    if (length < 0) {
      throw new SerializationException("a length is negative: " + length);
    }
    require(length);
    byte[] result = new byte[length];
    readBytes(result, 0, length);
    return result;
  }

  /** Leaves bytes unread. */
  public void skip(int length) {
    if (length < 0) {
      throw new SerializationException("a length is negative: " + length);
    }
    require(length);
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
