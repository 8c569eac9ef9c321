package io.weir.storage.gs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import io.weir.config.GsOptions;
import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What a failure of Google's client means to those who use a storage. */
final class GsFailure {
  static final int NOT_FOUND = 404;
  static final int PRECONDITION_FAILED = 412;
  private static final int BAD_REQUEST = 400;
  private static final int SERVER_ERROR = 500;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private GsFailure() {}

  /**
   * The failure as storages report it.
   *
   * @param action what was tried, like {@code reading}
   * @param place where the store is
   */
  static IOException of(String action, String location, String place, IOException failure) {
    if (failure instanceof UnusableStorageException) {
      return failure;
    }
    IOException reported =
        failure instanceof HttpResponseException answer
            ? ofAnswer(action, location, place, answer)
            : new IOException(
                action + " " + location + " at " + place + " failed: " + reasonOf(failure));
    reported.initCause(failure);
    return reported;
  }

  private static String reasonOf(IOException failure) {
    String late =
        failure instanceof SocketTimeoutException ? "the store did not answer in time: " : "";
    return late + failure.getMessage();
  }

  private static IOException ofAnswer(
      String action, String location, String place, HttpResponseException answer) {
    String said = said(answer);
    return switch (answer.getStatusCode()) {
      case UNAUTHORIZED ->
          new UnusableStorageException(
              "The store at "
                  + place
                  + " does not accept the credentials for "
                  + location
                  + ". Correct "
                  + GsOptions.KEY_FILE
                  + ", or what Google's library finds.");
      case FORBIDDEN -> new AccessDeniedException(location, null, said + " at " + place);
      case NOT_FOUND ->
          (said + answer.getContent()).contains("bucket does not exist")
              ? new UnusableStorageException(
                  "The bucket of "
                      + location
                      + " does not exist at "
                      + place
                      + ". Create it, or configure another directory.")
              : new NoSuchFileException(location, null, "there is no such object at " + place);
      default -> new IOException(action + " " + location + " at " + place + " failed: " + said);
    };
  }

  private static String said(HttpResponseException answer) {
    if (answer instanceof GoogleJsonResponseException json && json.getDetails() != null) {
      return json.getStatusCode() + " " + json.getDetails().getMessage();
    }
    return String.valueOf(answer.getMessage()).split("\n", 2)[0];
  }

  /** Whether the store has answered that it will not do this, ever. */
  static boolean isRefusal(IOException failure) {
    int status = statusOf(failure);
    return status >= BAD_REQUEST && status < SERVER_ERROR;
  }

  /** The status with which the store answered; 0 if it did not. */
  static int statusOf(IOException failure) {
    return failure.getCause() instanceof HttpResponseException answer ? answer.getStatusCode() : 0;
  }
}
