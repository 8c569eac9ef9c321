package io.weir.storage;

import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.StateHandle;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Verifies the length and checksum of a piece of state while it is read. The last bytes are given
 * out only when all of it has proved right.
 */
final class VerifyingInputStream extends InputStream {
  private final InputStream in;
  private final StateHandle.Stored expected;
  private final CRC32C crc = new CRC32C();
  private long position;

  private VerifyingInputStream(InputStream in, StateHandle.Stored expected) {
    this.in = in;
    this.expected = expected;
  }

  /**
   * Opens what is expected at a place.
   *
   * @throws java.nio.file.NoSuchFileException if there is no file
   */
  static InputStream of(ObjectStorage storage, RelativePath file, StateHandle.Stored expected)
      throws IOException {
    return of(open(storage, file, expected), expected);
  }

  /** Not verified: the whole file, or the part of it in which the state is. */
  static InputStream open(ObjectStorage storage, RelativePath file, StateHandle.Stored stored)
      throws IOException {
    return stored instanceof StateHandle.InSegment
        ? storage.open(file, stored.offset(), stored.length())
        : storage.open(file);
  }

  private static InputStream of(InputStream in, StateHandle.Stored expected) throws IOException {
    VerifyingInputStream verifying = new VerifyingInputStream(in, expected);
    if (expected.length() == 0) {
      verifying.verifyEnd();
    }
    return verifying;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (position == expected.length()) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, expected.length() - position));
    if (count < 0) {
      throw corrupt("it ends after " + position + " bytes instead of " + expected.length());
    }
    crc.update(bytes, offset, count);
    position += count;
    if (position == expected.length()) {
      verifyEnd();
    }
    return count;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(in.available(), expected.length() - position);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void verifyEnd() throws IOException {
    if ((int) crc.getValue() != expected.crc32c()) {
      throw corrupt(
          "its checksum is " + hex((int) crc.getValue()) + " instead of " + hex(expected.crc32c()));
    }
    if (in.read() >= 0) {
      throw corrupt("it has more than its " + expected.length() + " bytes");
    }
  }

  private CorruptStateException corrupt(String how) {
    String what =
        expected instanceof StateHandle.InSegment
            ? "The part from byte " + expected.offset() + " of the state file "
            : "The state file ";
    return new CorruptStateException(what + expected.location() + " is damaged: " + how + ".");
  }

  private static String hex(int crc32c) {
    return HexFormat.of().toHexDigits(crc32c);
  }
}
