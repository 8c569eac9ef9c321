package io.weir.connector.file;

import io.weir.api.connector.SourceSplit;
import java.net.URI;
import java.nio.file.Path;

/**
 * A range of bytes of a file, and how far it was read. A line belongs to the range in which its
 * first byte lies.
 *
 * @param index place among all splits of the source
 * @param file the file, as {@code file:} URI
 * @param start the first byte
 * @param end the byte behind the last
 * @param position where the next line begins; {@link #NOT_STARTED} if no line was looked for yet
 */
public record FileSourceSplit(int index, String file, long start, long end, long position)
    implements SourceSplit, Comparable<FileSourceSplit> {

  /** The position of a split that no one has begun to read. */
  public static final long NOT_STARTED = -1;

  static FileSourceSplit unread(int index, String file, long start, long end) {
    return new FileSourceSplit(index, file, start, end, NOT_STARTED);
  }

  @Override
  public String splitId() {
    return file + "#" + start;
  }

  Path path() {
    return Path.of(URI.create(file));
  }

  FileSourceSplit at(long newPosition) {
    return new FileSourceSplit(index, file, start, end, newPosition);
  }

  /** In the order of the source. */
  @Override
  public int compareTo(FileSourceSplit other) {
    return Integer.compare(index, other.index);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileSourceSplit that
        && index == that.index
        && start == that.start
        && end == that.end
        && position == that.position
        && file.equals(that.file);
  }

  @Override
  public int hashCode() {
    return index;
  }
}
