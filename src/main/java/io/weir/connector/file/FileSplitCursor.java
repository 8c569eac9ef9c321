package io.weir.connector.file;

import io.weir.api.connector.SourceOutput;
import io.weir.api.metrics.Counter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Objects;

/** Reads the lines of one split, from its position on. */
final class FileSplitCursor<T> implements Closeable {
  private final FileSourceSplit split;
  private final Path file;
  private final LineFormat<T> format;
  private final Counter brokenLines;
  private final LineReader lines;

  private FileSplitCursor(
      FileSourceSplit split, LineFormat<T> format, Counter brokenLines, LineReader lines) {
    this.split = split;
    this.file = split.path();
    this.format = format;
    this.brokenLines = brokenLines;
    this.lines = lines;
  }

  /** Opens the file and goes to the first line that is to be read. */
  static <T> FileSplitCursor<T> open(
      FileSourceSplit split, LineFormat<T> format, Counter brokenLines) throws IOException {
    boolean started = split.position() != FileSourceSplit.NOT_STARTED;
    // a line that begins right at the start is told by the line end in front of it
    long from = started ? split.position() : Math.max(0, split.start() - 1);
    LineReader lines;
    try {
      lines = new LineReader(split.path(), from, format.maxLineBytes());
    } catch (IOException e) {
      throw unreadable(split.path(), from, e);
    }
    var cursor = new FileSplitCursor<>(split, format, brokenLines, lines);
    try {
      cursor.checkLength();
      if (!started && (split.start() > 0 || format.header())) {
        cursor.nextLine();
      }
      return cursor;
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  private void checkLength() throws IOException {
    if (lines.fileLength() < split.end()) {
      throw truncated();
    }
  }

  boolean hasNext() {
    return lines.position() < split.end();
  }

  /** Emits the next line, or leaves it out if it is broken and the format says so. */
  void emitNext(SourceOutput<T> output) throws IOException {
    nextLine();
    T element;
    try {
      element = parse();
    } catch (BrokenLineException e) {
      if (format.brokenLines() == BrokenLines.FAIL) {
        throw e;
      }
      brokenLines.inc();
      return;
    }
    output.collect(element);
  }

  private void nextLine() throws IOException {
    boolean found;
    try {
      found = lines.next();
    } catch (IOException e) {
      throw unreadable(file, lines.position(), e);
    }
    if (!found) {
      throw truncated();
    }
  }

  private T parse() throws BrokenLineException {
    if (lines.isTooLong()) {
      throw broken("is longer than %d bytes".formatted(format.maxLineBytes()), null);
    }
    String line;
    try {
      line = lines.text();
    } catch (CharacterCodingException e) {
      throw broken("is not UTF-8", e);
    }
    try {
      return Objects.requireNonNull(format.parser().parse(line), "the parser gave null");
    } catch (Exception e) {
      throw broken("cannot be parsed: %s: %s".formatted(e, BrokenLineText.excerpt(line)), e);
    }
  }

  private BrokenLineException broken(String what, Throwable cause) {
    return new BrokenLineException(
        "%s of %s %s. Correct the file, or let the source skip such lines with withBrokenLines(BrokenLines.SKIP)."
            .formatted(BrokenLineText.place(file, lines.lineStart(), format), file, what),
        cause);
  }

  /** What is still to be read. */
  FileSourceSplit remaining() {
    return split.at(lines.position());
  }

  FileSourceSplit split() {
    return split;
  }

  private IOException truncated() {
    return new IOException(
        "%s is shorter than it was when the job began: the range up to byte %d is to be read. Files must not change while they are read; restore the file, or start the job anew."
            .formatted(file, split.end()));
  }

  private static IOException unreadable(Path file, long position, IOException cause) {
    return new IOException(
        "%s cannot be read at byte %d: %s. Make it readable; the job then goes on at this position."
            .formatted(file, position, cause),
        cause);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
