package io.weir.storage.s3;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** A range of an object: an answer and its bytes. */
final class S3Range {
  private final GetObjectResponse answer;
  private final byte[] bytes;

  private S3Range(GetObjectResponse answer, byte[] bytes) {
    this.answer = answer;
    this.bytes = bytes;
  }

  GetObjectResponse answer() {
    return answer;
  }

  /** No copy. */
  byte[] bytes() {
    return bytes;
  }

  /** To receive one range. */
  static AsyncResponseTransformer<GetObjectResponse, S3Range> receiver() {
    return new Receiver();
  }

  /**
   * Collects a range in one array, as long as the answer says that it is; what the SDK has for this
   * grows its array step by step and copies it at the end. Begins anew when the SDK repeats the
   * request.
   */
  private static final class Receiver
      implements AsyncResponseTransformer<GetObjectResponse, S3Range> {
    private volatile CompletableFuture<S3Range> range;
    private volatile GetObjectResponse answer;

    @Override
    public CompletableFuture<S3Range> prepare() {
      range = new CompletableFuture<>();
      return range;
    }

    @Override
    public void onResponse(GetObjectResponse given) {
      answer = given;
    }

    @Override
    public void onStream(SdkPublisher<ByteBuffer> content) {
      CompletableFuture<S3Range> asked = range;
      S3Range received = new S3Range(answer, new byte[Math.toIntExact(answer.contentLength())]);
      ByteBuffer room = ByteBuffer.wrap(received.bytes);
      CompletableFuture<Void> unused =
          content
              .subscribe(room::put)
              .whenComplete(
                  (nothing, failure) -> {
                    if (failure != null) {
                      asked.completeExceptionally(failure);
                    } else if (room.hasRemaining()) {
                      asked.completeExceptionally(
                          new EOFException(room.remaining() + " bytes of the answer are missing"));
                    } else {
                      asked.complete(received);
                    }
                  });
    }

    @Override
    public void exceptionOccurred(Throwable failure) {
      range.completeExceptionally(failure);
    }
  }
}
