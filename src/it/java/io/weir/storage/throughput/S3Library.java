package io.weir.storage.throughput;

import io.weir.config.Configuration;
import io.weir.config.S3Options;
import io.weir.servers.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.BlockingOutputStreamAsyncRequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The AWS SDK's own upload in parts of a stream whose length it is not told. */
final class S3Library extends Contestant {
  private static final String KEY = "library";
  private static final long PART_BYTES = 8 << 20;
  private static final long BUFFER_BYTES = 32 << 20;

  private final S3AsyncClient client;
  private final String bucket;

  S3Library(Configuration configuration, String directory) {
    bucket = URI.create(directory).getHost();
    client =
        S3AsyncClient.builder()
            .endpointOverride(URI.create(configuration.get(S3Options.ENDPOINT)))
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)))
            .multipartEnabled(true)
            .multipartConfiguration(
                parts ->
                    parts.minimumPartSizeInBytes(PART_BYTES).apiCallBufferSizeInBytes(BUFFER_BYTES))
            .build();
  }

  @Override
  void write(byte[] chunk, int times) throws IOException {
    BlockingOutputStreamAsyncRequestBody body = AsyncRequestBody.forBlockingOutputStream(null);
    var answer = client.putObject(put -> put.bucket(bucket).key(KEY), body);
    try (OutputStream out = body.outputStream()) {
      repeat(out, chunk, times);
    }
    answer.join();
  }

  @Override
  InputStream open() {
    return client
        .getObject(
            // with a range it is one request: part by part, which is its way, not every store can
            get -> get.bucket(bucket).key(KEY).range("bytes=0-"),
            AsyncResponseTransformer.toBlockingInputStream())
        .join();
  }

  @Override
  void remove() {
    client.deleteObject(delete -> delete.bucket(bucket).key(KEY)).join();
  }

  @Override
  public void close() {
    client.close();
  }
}
