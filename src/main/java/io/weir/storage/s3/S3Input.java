package io.weir.storage.s3;

import io.weir.storage.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads an object, or a part of it, range by range: some are on their way at once, and the first of
 * them is read as it comes. All ranges are of the same version of the object.
 */
final class S3Input extends InputStream {
  static final int RANGE_BYTES = 12 << 20;

  /** That may be held at once, each in whole if the reader is slow. */
  private static final int RANGES = 2;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final S3Storage storage;
  private final RelativePath path;
  private final String location;
  private final String version;

  /** Where it ends: the part that is wanted, or the object. */
  private final long end;

  /** Up to where bytes have been asked for. */
  private long asked;

  /** In the order of the object: the one that is being read, and those after it. */
  private final Deque<Coming> coming = new ArrayDeque<>(RANGES);

  /** Of the range that is being read: what comes next, and what is there behind it. */
  private ByteBuffer piece = NOTHING;

  private Deque<ByteBuffer> pieces = new ArrayDeque<>();

  /** A range, and the request for it. */
  private record Coming(S3Range range, S3Call<GetObjectResponse> call) {
    /** Null if the request has failed. */
    GetObjectResponse awaitAnswer() throws IOException {
      try {
        return range.awaitAnswer();
      } catch (InterruptedException e) {
        throw call.interrupted(e);
      }
    }

    /** What is there next; none if all has been read. */
    Deque<ByteBuffer> take() throws IOException {
      try {
        return range.take();
      } catch (InterruptedException e) {
        throw call.interrupted(e);
      }
    }
  }

  /**
   * @param from where the first byte is
   * @param until where the last byte is before; more than the object has if it is all wanted
   */
  S3Input(S3Storage storage, RelativePath path, long from, long until) throws IOException {
    this.storage = storage;
    this.path = path;
    this.location = storage.locationOf(path);
    Coming first = ask(from, until, null);
    GetObjectResponse answer = answerTo(first);
    if (answer == null) {
      version = null;
      end = from;
      asked = from;
      return;
    }
    coming.add(first);
    version = answer.eTag();
    end = Math.min(until, lengthOf(answer));
    asked = from + answer.contentLength();
    askForMore();
  }

  /** Null if the object ends before: then there is no range that a store could give. */
  private static GetObjectResponse answerTo(Coming first) throws IOException {
    GetObjectResponse answer = first.awaitAnswer();
    if (answer != null) {
      return answer;
    }
    try {
      return first.call().await();
    } catch (IOException e) {
      if (S3Failure.statusOf(e) == S3Failure.RANGE_NOT_SATISFIABLE) {
        return null;
      }
      throw e;
    }
  }

  /** The number behind the slash in {@code bytes 0-99/1234}. */
  private long lengthOf(GetObjectResponse answer) throws IOException {
    String contentRange = answer.contentRange();
    if (contentRange == null) {
      return answer.contentLength();
    }
    try {
      return Long.parseLong(contentRange.substring(contentRange.lastIndexOf('/') + 1));
    } catch (NumberFormatException e) {
      throw new IOException(
          "reading " + location + " failed: the store answers with the range " + contentRange, e);
    }
  }

  private Coming ask(long from, long until, String ifVersion) throws IOException {
    long last = Math.min(from + RANGE_BYTES, until) - 1;
    S3Range range = new S3Range();
    S3Call<GetObjectResponse> call =
        storage
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
                        range.receiver()));
    call.whenAnswered(range::end);
    return new Coming(range, call);
  }

  private void askForMore() throws IOException {
    while (asked < end && coming.size() < RANGES) {
      coming.add(ask(asked, end, version));
      asked = Math.min(end, asked + RANGE_BYTES);
    }
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
    if (!piece.hasRemaining() && !turnToNext()) {
      return -1;
    }
    int given = 0;
    do {
      int some = Math.min(count - given, piece.remaining());
      piece.get(bytes, offset + given, some);
      given += some;
    } while (given < count && turnToNextAtHand());
    return given;
  }

  /** False if there is none without waiting. */
  private boolean turnToNextAtHand() {
    piece = pieces.isEmpty() ? NOTHING : pieces.remove();
    return piece.hasRemaining();
  }

  /** False at the end. */
  private boolean turnToNext() throws IOException {
    while (!turnToNextAtHand()) {
      Coming current = coming.peek();
      if (current == null) {
        return false;
      }
      if (current.range().isRead()) {
        coming.remove();
        askForMore();
      } else {
        pieces = current.take();
        if (pieces.isEmpty() && !current.range().isRead()) {
          // fails, now and for whoever reads on
          current.call().await();
        }
      }
    }
    return true;
  }

  @Override
  public int available() {
    return piece.remaining();
  }

  @Override
  public void close() {
    coming.forEach(each -> each.call().cancel());
    coming.clear();
    pieces.clear();
    piece = NOTHING;
  }
}
