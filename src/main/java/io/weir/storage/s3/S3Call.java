package io.weir.storage.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A request on its way. Belongs to one thread, but for being given up. */
final class S3Call<T> {
  private final S3Connection connection;
  private final String action;
  private final String location;
  private final CompletableFuture<T> answer;

  S3Call(S3Connection connection, String action, String location, CompletableFuture<T> answer) {
    this.connection = connection;
    this.action = action;
    this.location = location;
    this.answer = answer;
  }

  /** Waits for the answer; the SDK limits how long that takes. */
  T await() throws IOException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw S3Failure.of(action, location, connection.place(), e.getCause());
    } catch (CancellationException e) {
      throw new IOException(action + " " + location + " was given up", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Gives the request up because whoever waits for it is interrupted. */
  InterruptedIOException interrupted(InterruptedException cause) {
    cancel();
    Thread.currentThread().interrupt();
    InterruptedIOException failure =
        new InterruptedIOException("interrupted while " + action + " " + location);
    failure.initCause(cause);
    return failure;
  }

  /** Whatever the answer is, a failure or that it is given up. */
  void whenAnswered(Runnable action) {
    CompletableFuture<T> unused = answer.whenComplete((value, failure) -> action.run());
  }

  /** Gives the request up; whether it has an effect is then unknown. */
  void cancel() {
    answer.cancel(true);
  }
}
