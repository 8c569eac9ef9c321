package io.weir.storage.s3;

import io.weir.config.S3Options;
import io.weir.storage.PartBuffer;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Writes a short object with one put, a longer one in parts: two parts are on their way while the
 * next is being filled.
 */
final class S3Output extends StorageOutput {
  /** What S3 takes. */
  private static final int MAX_PARTS = 10_000;

  private static final int MAX_SENDING = 2;

  private final S3Storage storage;
  private final RelativePath path;
  private final String location;
  private final String key;
  private final int partBytes;
  private final String writer;
  private final List<CompletedPart> parts = new ArrayList<>();
  private PartBuffer part;

  /** Null until the first part is full. */
  private String uploadId;

  /** Those on their way, in the order of their numbers. */
  private final Deque<S3Call<UploadPartResponse>> sending = new ArrayDeque<>(MAX_SENDING);

  private boolean completing;

  S3Output(S3Storage storage, RelativePath path) {
    this.storage = storage;
    this.path = path;
    this.location = storage.locationOf(path);
    this.key = storage.directory().keyOf(path);
    this.writer = storage.newWriter();
    this.partBytes = storage.connection().settings().partBytes();
    this.part = new PartBuffer(partBytes);
  }

  @Override
  protected void append(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      if (part.isFull()) {
        sendPart();
        // not in the same array: a repetition of the request may still be reading it
        part.renew();
      }
      int count = part.take(bytes, at, left);
      at += count;
      left -= count;
    }
  }

  private void sendPart() throws IOException {
    if (uploadId == null) {
      uploadId =
          storage
              .connection()
              .call(
                  "beginning the upload of",
                  location,
                  client ->
                      client.createMultipartUpload(
                          begin ->
                              begin
                                  .bucket(storage.directory().bucket())
                                  .key(key)
                                  .metadata(S3Storage.signatureOf(writer))))
              .uploadId();
    }
    if (sending.size() == MAX_SENDING) {
      awaitPart();
    }
    int number = parts.size() + sending.size() + 1;
    if (number > MAX_PARTS) {
      throw new IOException(
          location
              + " is longer than "
              + MAX_PARTS
              + " parts of "
              + partBytes
              + " bytes, which is all that S3 takes. Raise "
              + S3Options.PART_SIZE
              + ".");
    }
    AsyncRequestBody body = body();
    sending.add(
        storage
            .connection()
            .send(
                "writing",
                location,
                client ->
                    client.uploadPart(
                        upload ->
                            upload
                                .bucket(storage.directory().bucket())
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number),
                        body)));
  }

  private AsyncRequestBody body() {
    return AsyncRequestBody.fromRemainingByteBufferUnsafe(
        ByteBuffer.wrap(part.bytes(), 0, part.size()));
  }

  private void awaitPart() throws IOException {
    UploadPartResponse sent = sending.remove().await();
    parts.add(
        CompletedPart.builder()
            .partNumber(parts.size() + 1)
            .eTag(sent.eTag())
            .checksumCRC32(sent.checksumCRC32())
            .build());
  }

  @Override
  protected void complete() throws IOException {
    if (uploadId == null) {
      completing = true;
      AsyncRequestBody body = body();
      storage
          .connection()
          .call(
              "writing",
              location,
              client ->
                  client.putObject(
                      put ->
                          put.bucket(storage.directory().bucket())
                              .key(key)
                              .metadata(S3Storage.signatureOf(writer)),
                      body));
    } else {
      sendPart();
      while (!sending.isEmpty()) {
        awaitPart();
      }
      completing = true;
      endUpload();
    }
    part = null;
  }

  private void endUpload() throws IOException {
    try {
      storage
          .connection()
          .call(
              "ending the upload of",
              location,
              client ->
                  client.completeMultipartUpload(
                      complete ->
                          complete
                              .bucket(storage.directory().bucket())
                              .key(key)
                              .uploadId(uploadId)
                              .multipartUpload(all -> all.parts(parts))));
    } catch (IOException e) {
      // a store forgets an upload that it has ended, and refuses a repetition of the request
      if (!S3Failure.isRefusal(e) || !storage.isWrittenBy(writer, path)) {
        throw e;
      }
    }
  }

  @Override
  protected void abort() throws IOException {
    part = null;
    sending.forEach(S3Call::cancel);
    if (uploadId != null) {
      new UnfinishedUploads(storage).abort(key, uploadId);
    }
    // what a refused end has not replaced is somebody else's
    if (completing && storage.isWrittenBy(writer, path)) {
      storage.delete(List.of(path));
    }
  }
}
