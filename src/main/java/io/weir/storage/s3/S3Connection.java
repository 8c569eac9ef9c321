package io.weir.storage.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/**
 * One store. The client, with its threads, comes into being with the first request. Safe for use by
 * several threads.
 */
final class S3Connection {
  /** With one request in five failing, one operation in 15 000 fails. */
  private static final int MAX_ATTEMPTS = 6;

  private static final int MAX_CONNECTIONS = 64;
  private static final int MAX_WAITING_REQUESTS = 100_000;
  private static final int EVENT_LOOPS = 2;

  private final S3Settings settings;
  private final FutureTask<S3AsyncClient> client;
  private final Set<S3Call<?>> unanswered = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  S3Connection(S3Settings settings) {
    this.settings = settings;
    this.client = new FutureTask<>(() -> connect(settings));
  }

  S3Settings settings() {
    return settings;
  }

  /** Where the store is, for messages. */
  String place() {
    return settings.endpoint().map(URI::toString).orElse("AWS");
  }

  /**
   * Sends a request.
   *
   * @param location of the object or directory that it is about
   */
  <T> S3Call<T> send(
      String action, String location, Function<S3AsyncClient, CompletableFuture<T>> request)
      throws IOException {
    try {
      S3Call<T> call = new S3Call<>(this, action, location, request.apply(client()));
      note(call);
      return call;
    } catch (SdkException e) {
      throw S3Failure.of(action, location, place(), e);
    }
  }

  /** Sends a request and waits for its answer. */
  <T> T call(String action, String location, Function<S3AsyncClient, CompletableFuture<T>> request)
      throws IOException {
    return send(action, location, request).await();
  }

  private S3AsyncClient client() throws IOException {
    client.run();
    try {
      return client.get();
    } catch (CancellationException e) {
      throw new IOException("The connection to S3 has been closed.", e);
    } catch (ExecutionException e) {
      throw S3Failure.of("connecting to", "S3", place(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while connecting to S3");
    }
  }

  private static S3AsyncClient connect(S3Settings settings) {
    S3AsyncClientBuilder builder =
        S3AsyncClient.builder()
            .forcePathStyle(settings.pathStyle())
            .httpClientBuilder(
                NettyNioAsyncHttpClient.builder()
                    .maxConcurrency(MAX_CONNECTIONS)
                    .maxPendingConnectionAcquires(MAX_WAITING_REQUESTS)
                    .connectionAcquisitionTimeout(settings.requestTimeout())
                    .eventLoopGroupBuilder(
                        SdkEventLoopGroup.builder().numberOfThreads(EVENT_LOOPS)))
            .overrideConfiguration(
                override ->
                    override
                        .apiCallAttemptTimeout(settings.requestTimeout())
                        .apiCallTimeout(settings.operationTimeout())
                        .retryStrategy(retries -> retries.maxAttempts(MAX_ATTEMPTS)));
    settings.endpoint().ifPresent(builder::endpointOverride);
    settings.region().map(Region::of).ifPresent(builder::region);
    settings
        .keys()
        .map(keys -> AwsBasicCredentials.create(keys.accessKey(), keys.secretKey()))
        .map(StaticCredentialsProvider::create)
        .ifPresent(builder::credentialsProvider);
    return builder.build();
  }

  private void note(S3Call<?> call) {
    unanswered.add(call);
    call.whenAnswered(() -> unanswered.remove(call));
    if (closed) {
      call.cancel();
    }
  }

  /** Ends the client and its threads; requests on their way are given up, and later ones fail. */
  void close() throws IOException {
    client.cancel(false);
    if (!client.isCancelled()) {
      closed = true;
      // a closed client forgets to stop the clocks of its requests, and their threads live for as
      // long as a request may take
      unanswered.forEach(S3Call::cancel);
      client().close();
    }
  }
}
