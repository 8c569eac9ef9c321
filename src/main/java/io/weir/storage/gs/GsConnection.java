package io.weir.storage.gs;

import com.google.api.client.http.HttpBackOffIOExceptionHandler;
import com.google.api.client.http.HttpBackOffUnsuccessfulResponseHandler;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.ExponentialBackOff;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.StorageScopes;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import io.weir.config.GsOptions;
import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One store. The client, with its credentials, comes into being with the first request. Safe for
 * use by several threads.
 */
final class GsConnection {
  /** With one request in five failing, one operation in 15 000 fails. */
  private static final int MAX_ATTEMPTS = 6;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;

  private final GsSettings settings;
  private final Lock lock = new ReentrantLock();

  /** Guarded by the lock. */
  private Storage client;

  private boolean closed;

  /** What is asked of the store. */
  @FunctionalInterface
  interface Request<T> {
    T of(Storage client) throws IOException;
  }

  GsConnection(GsSettings settings) {
    this.settings = settings;
  }

  GsSettings settings() {
    return settings;
  }

  /** Where the store is, for messages. */
  String place() {
    return settings.rootUrl().orElse("Google Cloud Storage");
  }

  /**
   * Sends a request, again if need be, and waits for its answer.
   *
   * @param action like {@code reading}
   * @param location of the object or directory that it is about
   */
  <T> T call(String action, String location, Request<T> request) throws IOException {
    try {
      return request.of(client(location));
    } catch (IOException e) {
      throw GsFailure.of(action, location, place(), e);
    }
  }

  private Storage client(String location) throws IOException {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while connecting to " + place());
    }
    try {
      if (closed) {
        throw new IOException("The connection to " + place() + " has been closed.");
      }
      if (client == null) {
        client = connect(location);
      }
      return client;
    } finally {
      lock.unlock();
    }
  }

  private Storage connect(String location) throws IOException {
    Optional<HttpCredentialsAdapter> credentials =
        settings.authenticated()
            ? Optional.of(new HttpCredentialsAdapter(credentials(location)))
            : Optional.empty();
    Storage.Builder builder =
        new Storage.Builder(
                new NetHttpTransport(),
                GsonFactory.getDefaultInstance(),
                request -> prepare(request, credentials))
            .setApplicationName("weir");
    settings.rootUrl().ifPresent(builder::setRootUrl);
    return builder.build();
  }

  private GoogleCredentials credentials(String location) throws IOException {
    return found(location).createScoped(List.of(StorageScopes.DEVSTORAGE_READ_WRITE));
  }

  private GoogleCredentials found(String location) throws IOException {
    if (settings.keyFile().isEmpty()) {
      try {
        return GoogleCredentials.getApplicationDefault();
      } catch (IOException e) {
        throw new UnusableStorageException(
            "There are no credentials for "
                + location
                + ". Set "
                + GsOptions.KEY_FILE
                + ", or GOOGLE_APPLICATION_CREDENTIALS in the environment, or give the machine a"
                + " service account.",
            e);
      }
    }
    Path file = settings.keyFile().get();
    try (InputStream in = Files.newInputStream(file)) {
      return GoogleCredentials.fromStream(in);
    } catch (IOException e) {
      // the cause may repeat what is in the file
      throw new UnusableStorageException(
          file
              + (e instanceof NoSuchFileException
                  ? " is not there"
                  : " is no key of a service account")
              + ". Correct "
              + GsOptions.KEY_FILE
              + ".");
    }
  }

  /** Sets the limits of a request's time, and when it is repeated. */
  private void prepare(HttpRequest request, Optional<HttpCredentialsAdapter> credentials)
      throws IOException {
    int timeoutMillis = (int) Math.min(settings.requestTimeout().toMillis(), Integer.MAX_VALUE);
    request.setConnectTimeout(timeoutMillis);
    request.setReadTimeout(timeoutMillis);
    request.setWriteTimeout(timeoutMillis);
    request.setNumberOfRetries(MAX_ATTEMPTS - 1);
    if (credentials.isPresent()) {
      credentials.get().initialize(request);
    }
    HttpBackOffUnsuccessfulResponseHandler repetition =
        new HttpBackOffUnsuccessfulResponseHandler(pauses())
            .setBackOffRequired(GsConnection::mayWorkLater);
    request.setUnsuccessfulResponseHandler(
        (sent, answer, supported) ->
            (credentials.isPresent() && credentials.get().handleResponse(sent, answer, supported))
                || repetition.handleResponse(sent, answer, supported));
    request.setIOExceptionHandler(new HttpBackOffIOExceptionHandler(pauses()));
  }

  private ExponentialBackOff pauses() {
    return new ExponentialBackOff.Builder()
        .setInitialIntervalMillis((int) FIRST_PAUSE.toMillis())
        .setMultiplier(2)
        .setMaxElapsedTimeMillis(
            (int) Math.min(settings.operationTimeout().toMillis(), Integer.MAX_VALUE))
        .build();
  }

  private static boolean mayWorkLater(HttpResponse answer) {
    int status = answer.getStatusCode();
    return status / 100 == 5 || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT;
  }

  /** Later requests fail. */
  void close() {
    lock.lock();
    try {
      closed = true;
      client = null;
    } finally {
      lock.unlock();
    }
  }
}
