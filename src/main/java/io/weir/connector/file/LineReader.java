package io.weir.connector.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Reads lines with their positions. Lines end with {@code \n} or {@code \r\n}, the last one also
 * with the file. Bounded memory: of a line that is too long only its extent is known.
 */
final class LineReader implements Closeable {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final char REPLACEMENT = '\uFFFD';

  private final FileChannel channel;
  private final int maxLineBytes;
  private byte[] buffer = new byte[BUFFER_BYTES];

  /** What was read and not yet given out stands in {@code buffer[from, to)}. */
  private int from;

  private int to;

  /** Position in the file of {@code buffer[from]}. */
  private long position;

  private long lineStart;
  private int lineOffset;
  private int lineLength;
  private boolean tooLong;

  LineReader(Path file, long position, int maxLineBytes) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.position = position;
    this.maxLineBytes = maxLineBytes;
  }

  /** Length of the file at this moment. */
  long fileLength() throws IOException {
    return channel.size();
  }

  /** Goes to the next line; false at the end of the file. */
  boolean next() throws IOException {
    lineStart = position;
    tooLong = false;
    int searched = 0;
    while (true) {
      int end = indexOfLineEnd(from + searched);
      if (end >= 0) {
        take(end - from, 1);
        return true;
      }
      searched = to - from;
      if (searched > maxLineBytes) {
        take(searched, 0);
        tooLong = true;
        searched = 0;
      }
      if (!fill()) {
        boolean rest = tooLong || searched > 0;
        take(searched, 0);
        return rest;
      }
    }
  }

  private int indexOfLineEnd(int start) {
    for (int i = start; i < to; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void take(int length, int endLength) {
    lineOffset = from;
    lineLength = length;
    tooLong |= length > maxLineBytes;
    from += length + endLength;
    position += length + endLength;
  }

  private boolean fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int read = channel.read(ByteBuffer.wrap(buffer, to, buffer.length - to), position + to);
    to += Math.max(read, 0);
    return read > 0;
  }

  /** Where the line begins. */
  long lineStart() {
    return lineStart;
  }

  /** Where the next line begins. */
  long position() {
    return position;
  }

  /** Whether the line is longer than allowed, so that its text is not known. */
  boolean isTooLong() {
    return tooLong;
  }

  /**
   * The line without its end.
   *
   * @throws CharacterCodingException if it is not UTF-8
   */
  String text() throws CharacterCodingException {
    boolean carriageReturn = lineLength > 0 && buffer[lineOffset + lineLength - 1] == '\r';
    int length = carriageReturn ? lineLength - 1 : lineLength;
    String text = new String(buffer, lineOffset, length, UTF_8);
    // the quick way replaces what is malformed: only then the strict and slower one is needed
    return text.indexOf(REPLACEMENT) < 0
        ? text
        : UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, lineOffset, length)).toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
