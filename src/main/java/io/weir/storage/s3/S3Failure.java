package io.weir.storage.s3;

import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a failure of the SDK means to those who use a storage. */
final class S3Failure {
  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;
  static final int PRECONDITION_FAILED = 412;
  static final int RANGE_NOT_SATISFIABLE = 416;
  static final int NOT_IMPLEMENTED = 501;
  private static final int MOVED = 301;
  private static final int BAD_REQUEST = 400;
  private static final int SERVER_ERROR = 500;
  private static final int FORBIDDEN = 403;

  private S3Failure() {}

  /**
   * The failure as storages report it.
   *
   * @param action what was tried, like {@code reading}
   * @param place where the store is
   */
  static IOException of(String action, String location, String place, Throwable cause) {
    if (cause instanceof IOException e) {
      return e;
    }
    if (cause instanceof S3Exception e) {
      return ofAnswer(action, location, place, e);
    }
    String reason = String.valueOf(cause.getMessage());
    if (reason.contains("Unable to load credentials")) {
      return new UnusableStorageException(
          "There are no credentials for "
              + location
              + ". Set s3.access-key and s3.secret-key, or AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY in the environment, or give the machine a role.",
          cause);
    }
    if (reason.contains("Unable to load region")) {
      return new UnusableStorageException(
          "The region of " + location + " is not known. Set s3.region, or AWS_REGION.", cause);
    }
    if (cause instanceof ApiCallTimeoutException
        || cause instanceof ApiCallAttemptTimeoutException) {
      reason = "the store at " + place + " did not answer in time: " + reason;
    }
    return new IOException(action + " " + location + " failed: " + reason, cause);
  }

  private static IOException ofAnswer(
      String action, String location, String place, S3Exception answer) {
    String code = codeOf(answer);
    IOException failure =
        switch (code) {
          case "NoSuchBucket" ->
              new UnusableStorageException(
                  "The bucket of "
                      + location
                      + " does not exist at "
                      + place
                      + ". Create it, or configure another directory.");
          case "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken" ->
              new UnusableStorageException(
                  "The store at "
                      + place
                      + " does not accept the credentials for "
                      + location
                      + " ("
                      + code
                      + "). Correct s3.access-key and s3.secret-key, or what the AWS SDK finds.");
          case "AuthorizationHeaderMalformed", "PermanentRedirect" -> otherRegion(location);
          default -> null;
        };
    if (failure == null) {
      failure =
          switch (answer.statusCode()) {
            case NOT_FOUND ->
                new NoSuchFileException(location, null, "there is no such object at " + place);
            case FORBIDDEN -> new AccessDeniedException(location, null, code + " at " + place);
            case MOVED -> otherRegion(location);
            default ->
                new IOException(
                    action + " " + location + " at " + place + " failed: " + answer.getMessage());
          };
    }
    failure.initCause(answer);
    return failure;
  }

  private static UnusableStorageException otherRegion(String location) {
    return new UnusableStorageException(
        "The bucket of " + location + " is in another region. Set s3.region to the right one.");
  }

  private static String codeOf(S3Exception answer) {
    return answer.awsErrorDetails() == null
        ? ""
        : String.valueOf(answer.awsErrorDetails().errorCode());
  }

  /** Whether the store has answered that it will not do this, ever. */
  static boolean isRefusal(IOException failure) {
    int status = statusOf(failure);
    return status >= BAD_REQUEST && status < SERVER_ERROR;
  }

  /** The status with which the store answered; 0 if it did not. */
  static int statusOf(IOException failure) {
    return failure.getCause() instanceof S3Exception answer ? answer.statusCode() : 0;
  }
}
