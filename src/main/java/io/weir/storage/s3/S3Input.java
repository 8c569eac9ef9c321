package io.weir.storage.s3;

import io.weir.storage.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * Reads an object, or a part of it, range by range: two are on their way while the one before is
 * being read, and the array of one that has been read serves another. All ranges are of the same
 * version of the object.
 */
final class S3Input extends InputStream {
  private static final int RANGE_BYTES = 8 << 20;
  private static final int AHEAD = 2;
  private static final byte[] NONE = {};

  private final S3Storage storage;
  private final RelativePath path;
  private final String location;
  private final String version;

  /** Where it ends: the part that is wanted, or the object. */
  private final long end;

  /** Of the range that is being read: its array, where its bytes end, and which one is next. */
  private byte[] range;

  private int rangeEnd;
  private int position;

  /** Up to where bytes have been asked for. */
  private long asked;

  /** In the order of the object; none if all has been read, or is in the buffer. */
  private final Deque<S3Call<S3Range>> coming = new ArrayDeque<>(AHEAD + 1);

  /**
   * @param from where the first byte is
   * @param until where the last byte is before; more than the object has if it is all wanted
   */
  S3Input(S3Storage storage, RelativePath path, long from, long until) throws IOException {
    this.storage = storage;
    this.path = path;
    this.location = storage.locationOf(path);
    S3Range first = first(from, until);
    turnTo(first);
    asked = from + rangeEnd;
    version = first == null ? null : first.answer().eTag();
    end = first == null ? 0 : Math.min(until, lengthOf(first));
    while (asked < end && coming.size() < AHEAD) {
      askForNext(NONE);
    }
  }

  /** Null if the object ends before: then there is no range that a store could give. */
  private S3Range first(long from, long until) throws IOException {
    try {
      return ask(from, until, null, NONE).await();
    } catch (IOException e) {
      if (S3Failure.statusOf(e) == S3Failure.RANGE_NOT_SATISFIABLE) {
        return null;
      }
      throw e;
    }
  }

  /** The number behind the slash in {@code bytes 0-99/1234}. */
  private long lengthOf(S3Range first) throws IOException {
    String contentRange = first.answer().contentRange();
    if (contentRange == null) {
      return first.length();
    }
    try {
      return Long.parseLong(contentRange.substring(contentRange.lastIndexOf('/') + 1));
    } catch (NumberFormatException e) {
      throw new IOException(
          "reading " + location + " failed: the store answers with the range " + contentRange, e);
    }
  }

  private S3Call<S3Range> ask(long from, long until, String ifVersion, byte[] spare)
      throws IOException {
    long last = Math.min(from + RANGE_BYTES, until) - 1;
    return storage
        .connection()
        .send(
            "reading",
            location,
            client ->
                client.getObject(
                    get ->
                        get.bucket(storage.directory().bucket())
                            .key(storage.directory().keyOf(path))
                            .range("bytes=" + from + "-" + last)
                            .ifMatch(ifVersion),
                    S3Range.receiver(spare)));
  }

  private void askForNext(byte[] spare) throws IOException {
    coming.add(ask(asked, end, version, spare));
    asked = Math.min(end, asked + RANGE_BYTES);
  }

  private void turnTo(S3Range next) {
    range = next == null ? NONE : next.array();
    rangeEnd = next == null ? 0 : next.length();
    position = 0;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (count == 0) {
      return 0;
    }
    while (position == rangeEnd) {
      if (coming.isEmpty()) {
        return -1;
      }
      byte[] spare = range;
      turnTo(/* next= */ null);
      if (asked < end && coming.size() == AHEAD) {
        askForNext(spare);
      }
      // still there if this fails, so that a reader who goes on does not miss a range
      S3Range next = coming.element().await();
      coming.remove();
      turnTo(next);
    }
    int given = Math.min(count, rangeEnd - position);
    System.arraycopy(range, position, bytes, offset, given);
    position += given;
    return given;
  }

  @Override
  public int available() {
    return rangeEnd - position;
  }

  @Override
  public void close() {
    coming.forEach(S3Call::cancel);
    coming.clear();
    turnTo(/* next= */ null);
  }
}
