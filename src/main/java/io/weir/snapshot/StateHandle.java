package io.weir.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Where the bytes of a piece of state are. */
public sealed interface StateHandle {

  /** How many bytes of state it stands for. */
  long sizeBytes();

  /**
   * State so small that it stands in the metadata itself.
   *
   * @param bytes not copied; never changed after it has been given away
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by content
  record Inline(byte[] bytes) implements StateHandle {
    @Override
    public long sizeBytes() {
      return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Inline inline && Arrays.equals(bytes, inline.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "inline "
          + bytes.length
          + " bytes "
          + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 8));
    }
  }

  /** State in storage. */
  sealed interface Stored extends StateHandle {
    int BUFFER_BYTES = 128 << 10;

    /** Absolute URI of the file. */
    String location();

    /** Where in the file the bytes begin. */
    long offset();

    /** How many bytes they are. */
    long length();

    /** Checksum of the bytes (CRC-32C, RFC 3720). */
    int crc32c();

    /** The same bytes at the same place in a file that is somewhere else. */
    Stored at(String elsewhere);

    @Override
    default long sizeBytes() {
      return length();
    }

    /** Whether these are the bytes; reads to the end. */
    default boolean matches(InputStream content) throws IOException {
      CRC32C crc = new CRC32C();
      byte[] buffer = new byte[BUFFER_BYTES];
      long read = 0;
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        crc.update(buffer, 0, count);
        read += count;
      }
      return read == length() && (int) crc.getValue() == crc32c();
    }
  }

  /**
   * State in a file of its own.
   *
   * @param location absolute URI of the file
   * @param length of the file in bytes
   * @param crc32c checksum of the whole file
   */
  record InFile(String location, long length, int crc32c) implements Stored {
    @Override
    public long offset() {
      return 0;
    }

    @Override
    public InFile at(String elsewhere) {
      return new InFile(elsewhere, length, crc32c);
    }
  }

  /**
   * State that is a part of a merged file, which holds other pieces, too.
   *
   * @param location absolute URI of the merged file
   * @param offset where it begins in the file
   * @param length of this piece in bytes
   * @param crc32c checksum of this piece
   */
  record InSegment(String location, long offset, long length, int crc32c) implements Stored {
    @Override
    public InSegment at(String elsewhere) {
      return new InSegment(elsewhere, offset, length, crc32c);
    }
  }
}
