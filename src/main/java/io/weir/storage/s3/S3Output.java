package io.weir.storage.s3;

import io.weir.config.S3Options;
import io.weir.storage.PartBuffer;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Writes a short object with one put, a longer one in parts: one part is on its way while the next
 * is being filled.
 */
final class S3Output extends StorageOutput {
  /** What S3 takes. */
  private static final int MAX_PARTS = 10_000;

  private final S3Storage storage;
  private final RelativePath path;
  private final String location;
  private final int partBytes;
  private final String writer;
  private final List<CompletedPart> parts = new ArrayList<>();
  private PartBuffer part;

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
                        upload ->
                            upload
                                .bucket(storage.bucket())
                                .key(storage.keyOf(path))
                                .uploadId(uploadId)
                                .partNumber(number),
                        body));
  }

  private AsyncRequestBody body() {
    return AsyncRequestBody.fromRemainingByteBufferUnsafe(
        ByteBuffer.wrap(part.bytes(), 0, part.size()));
  }

  private void awaitPart() throws IOException {
    if (sending != null) {
      UploadPartResponse sent = sending.await();
      sending = null;
      parts.add(
          CompletedPart.builder()
              .partNumber(parts.size() + 1)
              .eTag(sent.eTag())
              .checksumCRC32(sent.checksumCRC32())
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
    part = null;
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
