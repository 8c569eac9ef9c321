package io.weir.snapshot;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** The first line of a metadata file: format, version, checksum and length of the rest. */
final class MetadataEnvelope {
  private static final String MAGIC = "WEIR-SNAPSHOT";
  private static final Pattern HEADER =
      Pattern.compile(MAGIC + " ([1-9][0-9]{0,5}) crc32c=([0-9a-f]{8}) length=(0|[1-9][0-9]{0,9})");
  private static final int MAX_HEADER_BYTES = 64;

  private MetadataEnvelope() {}

  /** What stands behind the first line, verified. */
  record Content(int version, InputStream body) {}

  static byte[] wrap(int version, byte[] body) {
    String header =
        MAGIC
            + " "
            + version
            + " crc32c="
            + checksum(body, 0, body.length)
            + " length="
            + body.length
            + "\n";
    byte[] head = header.getBytes(StandardCharsets.US_ASCII);
    byte[] file = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, file, head.length, body.length);
    return file;
  }

  static Content unwrap(byte[] file, int newestVersion) throws CorruptStateException {
    int end = endOfHeader(file);
    Matcher header = HEADER.matcher(new String(file, 0, end, StandardCharsets.ISO_8859_1));
    if (!header.matches()) {
      throw new CorruptStateException(
          "it does not begin like the metadata of a snapshot, '"
              + MAGIC
              + " <version> crc32c=<checksum> length=<bytes>'");
    }
    int version = Integer.parseInt(header.group(1));
    long length = Long.parseLong(header.group(3));
    int there = file.length - end - 1;
    if (length != there) {
      throw new CorruptStateException(
          "its first line promises "
              + length
              + " bytes, but "
              + there
              + " follow: it was cut off or added to");
    }
    String checksum = checksum(file, end + 1, there);
    if (!checksum.equals(header.group(2))) {
      throw new CorruptStateException(
          "its checksum is "
              + checksum
              + ", but its first line says "
              + header.group(2)
              + ": bytes were changed");
    }
    if (version > newestVersion) {
      throw new CorruptStateException(
          "it was written in version "
              + version
              + " of the format; this release reads up to "
              + newestVersion
              + ". Use a newer release");
    }
    return new Content(version, new ByteArrayInputStream(file, end + 1, there));
  }

  private static int endOfHeader(byte[] file) throws CorruptStateException {
    for (int i = 0; i < Math.min(file.length, MAX_HEADER_BYTES); i++) {
      if (file[i] == '\n') {
        return i;
      }
    }
    throw new CorruptStateException(file.length == 0 ? "it is empty" : "its first line has no end");
  }

  private static String checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
