package io.weir.storage.s3;

import io.weir.config.S3Options;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Writes a short object with one put, a longer one in parts: one part is on its way while the next
 * is being filled.
 */
final class S3Output extends StorageOutput {
  private static final int FIRST_BUFFER_BYTES = 64 << 10;

  /** What S3 takes. */
  private static final int MAX_PARTS = 10_000;

  private final S3Storage storage;
  private final RelativePath path;
  private final String location;
  private final int partBytes;
  private final String writer;
  private final List<CompletedPart> parts = new ArrayList<>();
  private byte[] buffer;
  private int filled;

  /** Null until the first part is full. */
  private String uploadId;

  /** Null if none is on its way. */
  private S3Call<UploadPartResponse> sending;

  private boolean completing;

  S3Output(S3Storage storage, RelativePath path) {
    this.storage = storage;
    this.path = path;
    this.location = storage.locationOf(path);
    storage.keyOf(path);
    this.writer = storage.newWriter();
    this.partBytes = storage.connection().settings().partBytes();
    this.buffer = new byte[Math.min(FIRST_BUFFER_BYTES, partBytes)];
  }

  @Override
  protected void append(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      if (filled == partBytes) {
        sendPart();
        // not the same one: a repetition of the request may still be reading it
        buffer = new byte[partBytes];
      }
      makeRoom(left);
      int count = Math.min(left, buffer.length - filled);
      System.arraycopy(bytes, at, buffer, filled, count);
      filled += count;
      at += count;
      left -= count;
    }
  }

  /** Grows the buffer, up to a part, so that short objects take little memory. */
  private void makeRoom(int bytes) {
    long needed = Math.min((long) filled + bytes, partBytes);
    if (needed > buffer.length) {
      long size = Math.max(needed, 2L * buffer.length);
      buffer = Arrays.copyOf(buffer, (int) Math.min(size, partBytes));
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
                                  .bucket(storage.bucket())
                                  .key(storage.keyOf(path))
                                  .metadata(S3Storage.signatureOf(writer))))
              .uploadId();
    }
    awaitPart();
    int number = parts.size() + 1;
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
    sending =
        storage
            .connection()
            .send(
                "writing",
                location,
                client ->
                    client.uploadPart(
                        part ->
                            part.bucket(storage.bucket())
                                .key(storage.keyOf(path))
                                .uploadId(uploadId)
                                .partNumber(number),
                        body));
    filled = 0;
  }

  private AsyncRequestBody body() {
    return AsyncRequestBody.fromRemainingByteBufferUnsafe(ByteBuffer.wrap(buffer, 0, filled));
  }

  private void awaitPart() throws IOException {
    if (sending != null) {
      UploadPartResponse part = sending.await();
      sending = null;
      parts.add(
          CompletedPart.builder()
              .partNumber(parts.size() + 1)
              .eTag(part.eTag())
              .checksumCRC32(part.checksumCRC32())
              .build());
    }
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
                      put -> put.bucket(storage.bucket()).key(storage.keyOf(path)), body));
    } else {
      sendPart();
      awaitPart();
      completing = true;
      endUpload();
    }
    buffer = null;
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
                              .bucket(storage.bucket())
                              .key(storage.keyOf(path))
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
    buffer = null;
    if (sending != null) {
      sending.cancel();
    }
    if (uploadId != null) {
      new UnfinishedUploads(storage).abort(storage.keyOf(path), uploadId);
    }
    if (completing) {
      storage.delete(List.of(path));
    }
  }
}
