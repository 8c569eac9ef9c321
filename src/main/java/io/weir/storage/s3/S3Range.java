package io.weir.storage.s3;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * A range of an object, which is read while it is still coming. All that comes is taken at once,
 * however slow the reader is: so the request is short, and need not be asked for piece by piece.
 * For one reader; the SDK's threads give it what comes.
 *
 * <p>When the SDK repeats the request, what the reader has is not given out again. So a repetition
 * has to be of the same version of the object, and what the reader has must not have been wrong.
 */
final class S3Range {
  /** A reader is not woken for less: a piece has 8 KiB, and waking costs more than reading it. */
  static final int WORTH_WAKING = 256 << 10;

  /** The one whose pieces count: the latest. */
  private Attempt attempt;

  /** The first one; those to later attempts have to agree with it. */
  private GetObjectResponse answer;

  /** In the order of the object, and not yet with the reader. */
  private Deque<ByteBuffer> pieces = new ArrayDeque<>();

  private long bytesInPieces;

  /** With the reader. */
  private long taken;

  /** All bytes have come. */
  private boolean complete;

  /** Nothing comes any more. */
  private boolean ended;

  /** To receive this range; begins anew when the SDK repeats the request. */
  AsyncResponseTransformer<GetObjectResponse, GetObjectResponse> receiver() {
    return new Receiver();
  }

  /** To be said when the request has been answered or given up: nobody has to wait any longer. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** What is known before the first byte; null if the request has ended without an answer. */
  synchronized GetObjectResponse awaitAnswer() throws InterruptedException {
    while (answer == null && !ended) {
      wait();
    }
    return answer;
  }

  /**
   * Waits until some of it has come.
   *
   * @return the next bytes, in order; none if all have been taken, or the request has failed
   */
  synchronized Deque<ByteBuffer> take() throws InterruptedException {
    while (bytesInPieces < WORTH_WAKING && !complete && !ended) {
      wait();
    }
    Deque<ByteBuffer> some = pieces;
    pieces = new ArrayDeque<>();
    taken += bytesInPieces;
    bytesInPieces = 0;
    return some;
  }

  /** Whether nothing is left to take, and nothing is missing. */
  synchronized boolean isRead() {
    return complete && bytesInPieces == 0;
  }

  /**
   * Whatever the attempt before may go on giving is nothing to us from now on.
   *
   * @return false if it is of another object, and nothing to us either
   */
  private synchronized boolean begin(Attempt next) {
    if (complete) {
      return true;
    }
    if (answer == null) {
      answer = next.answer;
      notifyAll();
    } else if (!Objects.equals(answer.eTag(), next.answer.eTag())
        || !answer.contentLength().equals(next.answer.contentLength())) {
      return false;
    }
    attempt = next;
    attempt.toSkip = taken;
    pieces.clear();
    bytesInPieces = 0;
    return true;
  }

  private synchronized void add(Attempt from, ByteBuffer piece) {
    if (from != attempt || complete) {
      return;
    }
    int known = (int) Math.min(from.toSkip, piece.remaining());
    from.toSkip -= known;
    piece.position(piece.position() + known);
    if (piece.hasRemaining()) {
      boolean wasEnough = bytesInPieces >= WORTH_WAKING;
      pieces.add(piece);
      bytesInPieces += piece.remaining();
      if (!wasEnough && bytesInPieces >= WORTH_WAKING) {
        notifyAll();
      }
    }
  }

  private synchronized void complete(Attempt by) {
    if (by == attempt) {
      complete = true;
      notifyAll();
    }
  }

  private synchronized boolean isReadInPart(Attempt which) {
    return which == attempt && taken > 0;
  }

  private final class Receiver
      implements AsyncResponseTransformer<GetObjectResponse, GetObjectResponse> {
    private volatile CompletableFuture<GetObjectResponse> received;
    private volatile GetObjectResponse head;

    @Override
    public CompletableFuture<GetObjectResponse> prepare() {
      received = new CompletableFuture<>();
      return received;
    }

    @Override
    public void onResponse(GetObjectResponse given) {
      head = given;
    }

    @Override
    public void onStream(SdkPublisher<ByteBuffer> content) {
      Attempt next = new Attempt(head, received);
      if (!begin(next)) {
        next.fail("the object has been replaced while it was read", null);
      }
      content.subscribe(next);
    }

    @Override
    public void exceptionOccurred(Throwable failure) {
      received.completeExceptionally(failure);
    }
  }

  /** One answer to the request. */
  private final class Attempt implements Subscriber<ByteBuffer> {
    private final GetObjectResponse answer;
    private final CompletableFuture<GetObjectResponse> received;

    /** Guarded by the range. */
    private long toSkip;

    private long missing;

    Attempt(GetObjectResponse answer, CompletableFuture<GetObjectResponse> received) {
      this.answer = answer;
      this.received = received;
      this.missing = answer.contentLength();
    }

    /** Makes it the last one. */
    void fail(String why, Throwable cause) {
      received.completeExceptionally(NonRetryableException.create(why, cause));
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer piece) {
      missing -= piece.remaining();
      add(this, piece);
    }

    @Override
    public void onError(Throwable failure) {
      // one that is complete and a failure was not what is stored
      if (missing == 0 && isReadInPart(this)) {
        fail("bytes that have been read already are not what is stored", failure);
      }
      received.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      if (missing != 0) {
        received.completeExceptionally(
            new EOFException(missing + " bytes of the answer are missing"));
      } else {
        complete(this);
        received.complete(answer);
      }
    }
  }
}
