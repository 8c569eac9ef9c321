package io.weir.connector.file;

import java.io.IOException;
import java.nio.file.Path;

/** Describes a line to a human. */
final class BrokenLineText {
  private static final int EXCERPT_CHARS = 200;

  /** Counting lines to a position means reading the file up to it: not for huge files. */
  private static final long MAX_COUNTED_BYTES = 1L << 30;

  private BrokenLineText() {}

  /** {@code "Line 3 (byte 47)"}, or without the number if it takes too long to find out. */
  static String place(Path file, long lineStart, LineFormat<?> format) {
    if (lineStart <= MAX_COUNTED_BYTES) {
      try (LineReader lines = new LineReader(file, 0, format.maxLineBytes())) {
        long number = 1;
        while (lines.position() < lineStart && lines.next()) {
          number++;
        }
        return "Line %d (byte %d)".formatted(number, lineStart);
      } catch (IOException e) {
        return "The line at byte %d".formatted(lineStart);
      }
    }
    return "The line at byte %d".formatted(lineStart);
  }

  static String excerpt(String line) {
    return line.length() <= EXCERPT_CHARS
        ? "'" + line + "'"
        : "'" + line.substring(0, EXCERPT_CHARS) + "' (and more)";
  }
}
