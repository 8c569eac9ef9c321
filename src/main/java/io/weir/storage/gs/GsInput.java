package io.weir.storage.gs;

import com.google.api.client.http.HttpResponse;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import io.weir.storage.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Reads one version of an object, or a part of it, as a stream, which begins anew where it broke.
 */
final class GsInput extends InputStream {
  /** How often in a row a stream may break before it has given anything. */
  private static final int MAX_BREAKS = 5;

  private final GsStorage storage;
  private final RelativePath path;

  /** Where it ends: the part that is wanted, or the object. */
  private final long end;

  private final Long version;
  private long position;

  /** Null if no stream is open. */
  private HttpResponse answer;

  /**
   * @param from where the first byte is
   * @param until where the last byte is before; more than the object has if it is all wanted
   */
  GsInput(GsStorage storage, RelativePath path, long from, long until) throws IOException {
    this.storage = storage;
    this.path = path;
    this.position = from;
    boolean whole = from == 0 && until == Long.MAX_VALUE;
    if (whole) {
      answer =
          storage
              .connection()
              .call("reading", storage.locationOf(path), client -> ask(client, from, until, null));
    }
    // of all of an object the first answer tells what else would have to be asked for
    Long told = whole ? numberIn("x-goog-generation") : null;
    Long stored = whole ? lengthIn() : null;
    if (told == null || stored == null) {
      letGo();
      StorageObject object = storage.lookAt(path);
      told = object.getGeneration();
      stored = object.getSize().longValueExact();
    }
    this.version = told;
    this.end = Math.min(until, stored);
  }

  private Long lengthIn() {
    Long stored = numberIn("x-goog-stored-content-length");
    return stored == null ? answer.getHeaders().getContentLength() : stored;
  }

  /** What the answer says under this name; null if it says nothing. */
  private Long numberIn(String header) {
    String text = answer.getHeaders().getFirstHeaderStringValue(header);
    return text == null || !text.matches("\\d{1,18}") ? null : Long.valueOf(text);
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
    if (position >= end) {
      return -1;
    }
    int given =
        storage
            .connection()
            .call(
                "reading",
                storage.locationOf(path),
                client -> readOn(client, bytes, offset, (int) Math.min(count, end - position)));
    position += given;
    return given;
  }

  private int readOn(Storage client, byte[] bytes, int offset, int count) throws IOException {
    for (int breaks = 0; ; breaks++) {
      if (answer == null) {
        answer = ask(client, position, end, version);
      }
      try {
        int given = answer.getContent().read(bytes, offset, count);
        if (given > 0) {
          return given;
        }
        throw new IOException("the stream ends after " + position + " of " + end + " bytes");
      } catch (IOException e) {
        letGo();
        if (breaks == MAX_BREAKS) {
          throw e;
        }
      }
    }
  }

  private HttpResponse ask(Storage client, long from, long until, Long ofVersion)
      throws IOException {
    Storage.Objects.Get get =
        client
            .objects()
            .get(storage.directory().bucket(), storage.directory().keyOf(path))
            .setGeneration(ofVersion);
    if (from > 0 || until < Long.MAX_VALUE) {
      get.getRequestHeaders().setRange("bytes=" + from + "-" + (until - 1));
    }
    return get.executeMedia();
  }

  @Override
  public void close() throws IOException {
    letGo();
  }

  private void letGo() throws IOException {
    if (answer != null) {
      answer.disconnect();
      answer = null;
    }
  }
}
