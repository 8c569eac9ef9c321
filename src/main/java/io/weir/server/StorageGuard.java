package io.weir.server;

import io.weir.snapshot.CorruptStateException;
import io.weir.storage.UnusableStorageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/**
 * Between the jobs of this server and all their storages: limits how long a request takes and how
 * many there are at once, repeats what may be repeated, and leaves a store alone for a moment when
 * most of what it is asked fails.
 *
 * <p>Each number can be configured under MicroProfile's keys, such as {@code
 * io.weir.server.StorageGuard/repeat/Retry/maxRetries}. Answers like "there is no such file" are no
 * faults.
 */
@ApplicationScoped
public class StorageGuard {
  /** More than there are threads for blocking work; it keeps those of REST from piling up. */
  private static final int MAX_REQUESTS = 64;

  private static final int MAX_MINUTES = 5;
  private static final int WINDOW = 20;
  private static final double FAILURES = 0.75;
  private static final int REST_SECONDS = 5;

  /** What a store has failed with last, for those who are then refused. */
  private volatile String lastFailure;

  /**
   * What is asked of a storage.
   *
   * @param <T> the answer
   */
  @FunctionalInterface
  public interface Request<T> {
    T send() throws IOException;
  }

  /** Sends a request that may be sent again. */
  @Retry(
      maxRetries = 2,
      delay = 300,
      jitter = 200,
      retryOn = IOException.class,
      abortOn = {
        UnusableStorageException.class,
        CorruptStateException.class,
        NoSuchFileException.class,
        FileAlreadyExistsException.class,
        AccessDeniedException.class,
        InterruptedIOException.class
      })
  @CircuitBreaker(
      requestVolumeThreshold = WINDOW,
      failureRatio = FAILURES,
      delay = REST_SECONDS,
      delayUnit = ChronoUnit.SECONDS,
      skipOn = {
        UnusableStorageException.class,
        CorruptStateException.class,
        NoSuchFileException.class,
        FileAlreadyExistsException.class,
        AccessDeniedException.class,
        InterruptedIOException.class
      })
  @Timeout(value = MAX_MINUTES, unit = ChronoUnit.MINUTES)
  @Bulkhead(MAX_REQUESTS)
  public <T> T repeat(Request<T> request) throws IOException {
    return send(request);
  }

  /** Sends a request whose repetition would not mean the same. */
  @CircuitBreaker(
      requestVolumeThreshold = WINDOW,
      failureRatio = FAILURES,
      delay = REST_SECONDS,
      delayUnit = ChronoUnit.SECONDS,
      skipOn = {
        UnusableStorageException.class,
        FileAlreadyExistsException.class,
        AccessDeniedException.class,
        InterruptedIOException.class
      })
  @Timeout(value = MAX_MINUTES, unit = ChronoUnit.MINUTES)
  @Bulkhead(MAX_REQUESTS)
  public <T> T once(Request<T> request) throws IOException {
    return send(request);
  }

  /** What the last request that failed has said. */
  public Optional<String> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /**
   * A request that was interrupted says nothing about the store. Behind an outage the one request
   * that is let through to try the store belongs to a checkpoint whose other requests are refused:
   * it is given up, and counted as a failure it would keep the store from being used for ever.
   */
  private <T> T send(Request<T> request) throws IOException {
    try {
      return request.send();
    } catch (InterruptedIOException
        | UnusableStorageException
        | CorruptStateException
        | NoSuchFileException
        | FileAlreadyExistsException
        | AccessDeniedException e) {
      throw e;
    } catch (IOException e) {
      if (!Thread.currentThread().isInterrupted()) {
        lastFailure = String.valueOf(e.getMessage());
        throw e;
      }
      InterruptedIOException given =
          new InterruptedIOException("interrupted, and then: " + e.getMessage());
      given.initCause(e);
      throw given;
    }
  }
}
