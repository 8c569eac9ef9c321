package io.weir.storage.gs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.services.storage.Storage;
import io.weir.storage.RelativePath;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends an object part by part; it is there once the last part is. A part may be sent again: the
 * store knows how far it has come. Belongs to one thread.
 */
final class GsUpload {
  private static final int RESUME = 308;
  private static final Pattern RANGE = Pattern.compile("bytes=0-(\\d+)");

  /** How often in a row the store may take nothing of what is sent. */
  private static final int MAX_IDLE = 5;

  private final GsConnection connection;
  private final String location;
  private final String session;

  /** How many bytes the store has. */
  private long stored;

  private GsUpload(GsConnection connection, String location, String session) {
    this.connection = connection;
    this.location = location;
    this.session = session;
  }

  /** Begins an object that replaces what has its name. */
  static GsUpload replacing(GsStorage storage, RelativePath path) throws IOException {
    return begin(storage, path, null);
  }

  /** Begins an object that comes into being only if its name is free then. */
  static GsUpload ifAbsent(GsStorage storage, RelativePath path) throws IOException {
    return begin(storage, path, 0L);
  }

  private static GsUpload begin(GsStorage storage, RelativePath path, Long ifVersion)
      throws IOException {
    String location = storage.locationOf(path);
    String session =
        storage
            .connection()
            .call(
                "beginning the upload of",
                location,
                client -> {
                  GenericUrl url =
                      new GenericUrl(
                          client.getRootUrl()
                              + "upload/storage/v1/b/"
                              + storage.directory().bucket()
                              + "/o");
                  url.set("uploadType", "resumable");
                  url.set("name", storage.directory().keyOf(path));
                  url.set("ifGenerationMatch", ifVersion);
                  HttpRequest begin =
                      client.getRequestFactory().buildPostRequest(url, new EmptyContent());
                  return sessionIn(answer(client, begin));
                });
    return new GsUpload(storage.connection(), location, session);
  }

  private static String sessionIn(HttpResponse begun) throws IOException {
    try {
      String session = begun.getHeaders().getLocation();
      if (session == null) {
        throw new IOException("the store names no address for the upload");
      }
      return session;
    } finally {
      begun.disconnect();
    }
  }

  /** Sends the next bytes, a multiple of 256 KiB. */
  void send(byte[] bytes, int count) throws IOException {
    transfer(bytes, count, false);
  }

  /** Sends the last bytes, or none: then the object is there. */
  void end(byte[] bytes, int count) throws IOException {
    transfer(bytes, count, true);
  }

  private void transfer(byte[] bytes, int count, boolean last) throws IOException {
    long from = stored;
    long end = from + count;
    int idle = 0;
    boolean done = false;
    while (!done && (last || stored < end)) {
      long before = stored;
      done = sendFrom(bytes, (int) (stored - from), count, last ? end : -1);
      idle = stored > before ? 0 : idle + 1;
      if (idle > MAX_IDLE || stored < from) {
        throw new IOException(
            "writing "
                + location
                + " failed: the store has but "
                + stored
                + " bytes of it, and takes no more");
      }
    }
  }

  /**
   * Sends bytes from an offset on.
   *
   * @param total the length of the whole object, or -1 if more is to come
   * @return whether the store has all of the object
   */
  private boolean sendFrom(byte[] bytes, int offset, int count, long total) throws IOException {
    int sent = count - offset;
    String range = sent == 0 ? "*" : stored + "-" + (stored + sent - 1);
    HttpContent content = new ByteArrayContent(null, bytes, offset, sent);
    return connection.call(
        "writing",
        location,
        client -> {
          HttpRequest part =
              client.getRequestFactory().buildPutRequest(new GenericUrl(session), content);
          part.getHeaders().setContentRange("bytes " + range + "/" + (total < 0 ? "*" : total));
          HttpResponse answer = answer(client, part);
          try {
            boolean complete = answer.getStatusCode() != RESUME;
            if (!complete) {
              stored = storedBy(answer);
            }
            return complete;
          } finally {
            answer.disconnect();
          }
        });
  }

  private static HttpResponse answer(Storage client, HttpRequest request) throws IOException {
    // 308 is no redirection here: it says how much the store has
    request.setFollowRedirects(false).setThrowExceptionOnExecuteError(false);
    HttpResponse answer = request.execute();
    if (answer.isSuccessStatusCode() || answer.getStatusCode() == RESUME) {
      return answer;
    }
    throw GoogleJsonResponseException.from(client.getJsonFactory(), answer);
  }

  private static long storedBy(HttpResponse answer) {
    Matcher range = RANGE.matcher(String.valueOf(answer.getHeaders().getRange()));
    return range.find() ? Long.parseLong(range.group(1)) + 1 : 0;
  }

  /** Gives the object up, if the store can be reached; if not, it forgets it after a week. */
  void cancel() {
    try {
      connection.call(
          "ending the upload of",
          location,
          client -> {
            client
                .getRequestFactory()
                .buildDeleteRequest(new GenericUrl(session))
                .setNumberOfRetries(0)
                .setThrowExceptionOnExecuteError(false)
                .execute()
                .disconnect();
            return null;
          });
    } catch (IOException e) {
      // nothing of it is to be seen in any case
    }
  }
}
