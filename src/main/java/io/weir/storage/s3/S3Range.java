package io.weir.storage.s3;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** A range of an object: an answer and its bytes, at the beginning of an array. */
final class S3Range {
  private final GetObjectResponse answer;
  private final byte[] array;
  private final int length;

  private S3Range(GetObjectResponse answer, byte[] array, int length) {
    this.answer = answer;
    this.array = array;
    this.length = length;
  }

  GetObjectResponse answer() {
    return answer;
  }

  /** No copy; may be longer than the range. */
  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }

  /**
   * To receive one range.
   *
   * @param spare where to put it, if it has room for all of it; nobody may have any other use for
   *     it from now on, whatever becomes of the request
   */
  static AsyncResponseTransformer<GetObjectResponse, S3Range> receiver(byte[] spare) {
    return new Receiver(spare);
  }

  /**
   * Collects a range in one array, as long as the answer says that it is; what the SDK has for this
   * grows its array step by step and copies it at the end. Begins anew when the SDK repeats the
   * request.
   */
  private static final class Receiver
      implements AsyncResponseTransformer<GetObjectResponse, S3Range> {
    private static final byte[] NONE = {};

    private volatile CompletableFuture<S3Range> range;
    private volatile GetObjectResponse answer;
    private volatile byte[] spare;

    Receiver(byte[] spare) {
      this.spare = spare;
    }

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
      int length = Math.toIntExact(answer.contentLength());
      content.subscribe(new Filling(new S3Range(answer, roomFor(length), length), range));
    }

    /** What has been given up may go on filling its array for a while, so none serves twice. */
    private byte[] roomFor(int length) {
      byte[] room = spare;
      spare = NONE;
      return room.length < length ? new byte[length] : room;
    }

    @Override
    public void exceptionOccurred(Throwable failure) {
      range.completeExceptionally(failure);
    }
  }

  /**
   * Takes all as it comes, however slow the reader is: so the request is short, and need not be
   * asked for piece by piece.
   */
  private static final class Filling implements Subscriber<ByteBuffer> {
    private final S3Range range;
    private final CompletableFuture<S3Range> filled;
    private final ByteBuffer room;

    Filling(S3Range range, CompletableFuture<S3Range> filled) {
      this.range = range;
      this.filled = filled;
      this.room = ByteBuffer.wrap(range.array, 0, range.length);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer bytes) {
      room.put(bytes);
    }

    @Override
    public void onError(Throwable failure) {
      filled.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      if (room.hasRemaining()) {
        filled.completeExceptionally(
            new EOFException(room.remaining() + " bytes of the answer are missing"));
      } else {
        filled.complete(range);
      }
    }
  }
}
