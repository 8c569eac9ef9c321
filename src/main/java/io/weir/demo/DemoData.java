package io.weir.demo;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPInputStream;

/** The demo's input, which comes with the application in compressed form. */
final class DemoData {
  static final String FLIGHTS = "flights-2001-01.csv";
  static final String AIRPORTS = "airports.csv";

  /** CRC32 and length of the content stand in the last bytes of a gzip file. */
  private static final int TRAILER_BYTES = 8;

  private final Path directory;

  /**
   * The input in a directory.
   *
   * @param directory where it is unpacked
   */
  DemoData(Path directory) {
    this.directory = directory;
  }

  /**
   * The unpacked file; unpacks it unless it is there already, complete and unchanged. The file
   * appears under its name only when it is complete.
   */
  Path unpack(String name) throws IOException {
    byte[] packed = packed(name);
    Path file = directory.resolve(name);
    try {
      if (!isUnpacked(file, packed)) {
        Files.createDirectories(directory);
        unpack(packed, file);
      }
    } catch (IOException e) {
      throw new IOException(
          "The demo's input cannot be unpacked to %s: %s. Make the directory writable, make room, or set %s to another one."
              .formatted(file, e, DemoOptions.INPUT_DIR),
          e);
    }
    return file;
  }

  private static byte[] packed(String name) throws IOException {
    try (InputStream resource = DemoData.class.getResourceAsStream(name + ".gz")) {
      if (resource == null) {
        throw new IOException(
            "The application lacks %s.gz in the package %s; build it again."
                .formatted(name, DemoData.class.getPackageName()));
      }
      return resource.readAllBytes();
    }
  }

  private static boolean isUnpacked(Path file, byte[] packed) throws IOException {
    ByteBuffer trailer =
        ByteBuffer.wrap(packed, packed.length - TRAILER_BYTES, TRAILER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    long checksum = Integer.toUnsignedLong(trailer.getInt());
    long length = Integer.toUnsignedLong(trailer.getInt());
    return Files.isRegularFile(file) && Files.size(file) == length && checksum(file) == checksum;
  }

  private static long checksum(Path file) throws IOException {
    CRC32 checksum = new CRC32();
    try (var in =
        new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), checksum)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return checksum.getValue();
  }

  private void unpack(byte[] packed, Path file) throws IOException {
    Path temporary = Files.createTempFile(directory, ".unpacking-", ".csv");
    try {
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
      }
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
