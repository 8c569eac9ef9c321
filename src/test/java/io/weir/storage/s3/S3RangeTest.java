package io.weir.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Of the SDK there is only what it would call. */
class S3RangeTest {
  private static final byte[] CONTENT = {1, 2, 3, 4, 5, 6, 7};

  @Test
  void aRangeIsPutWhereThereIsRoom() {
    byte[] spare = new byte[CONTENT.length + 2];
    Arrays.fill(spare, (byte) 9);
    AsyncResponseTransformer<GetObjectResponse, S3Range> receiver = S3Range.receiver(spare);

    CompletableFuture<S3Range> range = receiver.prepare();
    Answer answer = answer(receiver);
    answer.give(0, 3);
    assertThat(range).isNotDone();
    answer.give(3, CONTENT.length);
    answer.to.onComplete();

    assertThat(range.join().array()).isSameAs(spare);
    assertThat(range.join().length()).isEqualTo(CONTENT.length);
    assertThat(spare).startsWith(CONTENT);
  }

  @Test
  void whatIsTooShortForItIsNotUsed() {
    byte[] spare = new byte[CONTENT.length - 1];
    AsyncResponseTransformer<GetObjectResponse, S3Range> receiver = S3Range.receiver(spare);

    CompletableFuture<S3Range> range = receiver.prepare();
    Answer answer = answer(receiver);
    answer.give(0, CONTENT.length);
    answer.to.onComplete();

    assertThat(range.join().array()).isEqualTo(CONTENT);
    assertThat(spare).containsOnly(0);
  }

  @Test
  void whenTheRequestIsRepeated_thenWhatWasGivenUpSpoilsNothing() {
    AsyncResponseTransformer<GetObjectResponse, S3Range> receiver =
        S3Range.receiver(new byte[CONTENT.length]);
    CompletableFuture<S3Range> broken = receiver.prepare();
    Answer givenUp = answer(receiver);
    givenUp.give(0, 3);
    receiver.exceptionOccurred(new IOException("broken"));
    assertThat(broken).isCompletedExceptionally();

    CompletableFuture<S3Range> range = receiver.prepare();
    Answer answer = answer(receiver);
    answer.give(0, CONTENT.length);
    answer.to.onComplete();
    // late, and not what has been repeated
    givenUp.to.onNext(ByteBuffer.wrap(new byte[4]));
    givenUp.to.onComplete();

    assertThat(range.join().array()).isEqualTo(CONTENT);
    assertThat(broken).isCompletedExceptionally();
  }

  @Test
  void anAnswerThatEndsTooEarlyIsAFailure() {
    AsyncResponseTransformer<GetObjectResponse, S3Range> receiver =
        S3Range.receiver(new byte[CONTENT.length]);

    CompletableFuture<S3Range> range = receiver.prepare();
    Answer answer = answer(receiver);
    answer.give(0, 3);
    answer.to.onComplete();

    assertThatThrownBy(range::join)
        .hasCauseInstanceOf(EOFException.class)
        .hasMessageContaining("4 bytes of the answer are missing");
  }

  private static Answer answer(AsyncResponseTransformer<GetObjectResponse, S3Range> receiver) {
    receiver.onResponse(GetObjectResponse.builder().contentLength((long) CONTENT.length).build());
    Answer answer = new Answer();
    receiver.onStream(SdkPublisher.<ByteBuffer>adapt(answer::begin));
    assertThat(answer.demand).isEqualTo(Long.MAX_VALUE);
    return answer;
  }

  /** One that is given piece by piece. */
  private static final class Answer implements Subscription {
    private Subscriber<? super ByteBuffer> to;
    private long demand;

    void begin(Subscriber<? super ByteBuffer> subscriber) {
      to = subscriber;
      subscriber.onSubscribe(this);
    }

    void give(int from, int until) {
      to.onNext(ByteBuffer.wrap(CONTENT, from, until - from));
    }

    @Override
    public void request(long count) {
      demand += count;
    }

    @Override
    public void cancel() {
      throw new AssertionError("not cancelled by the receiver");
    }
  }
}
