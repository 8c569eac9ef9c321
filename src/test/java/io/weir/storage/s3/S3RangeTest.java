package io.weir.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Of the SDK there is only what it would call. */
@Timeout(60)
class S3RangeTest {
  private static final int ENOUGH = S3Range.WORTH_WAKING;
  private static final byte[] CONTENT = new byte[3 * ENOUGH];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  private final S3Range range = new S3Range();
  private final AsyncResponseTransformer<GetObjectResponse, GetObjectResponse> receiver =
      range.receiver();
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();

  @Test
  void whatHasComeIsReadBeforeTheRestIsThere() throws Exception {
    CompletableFuture<GetObjectResponse> received = receiver.prepare();
    Answer answer = new Answer("one");
    assertThat(range.awaitAnswer()).isSameAs(answer.head);

    answer.give(0, 3);
    answer.give(3, ENOUGH);
    take();
    assertThat(read.toByteArray()).isEqualTo(Arrays.copyOf(CONTENT, ENOUGH));
    assertThat(range.isRead()).isFalse();
    assertThat(received).isNotDone();

    answer.give(ENOUGH, CONTENT.length);
    answer.to.onComplete();
    take();
    assertThat(read.toByteArray()).isEqualTo(CONTENT);
    assertThat(range.isRead()).isTrue();
    assertThat(received).isCompletedWithValue(answer.head);
  }

  @Test
  void whenTheRequestIsRepeated_thenNothingIsReadTwiceAndNothingFromWhatWasGivenUp()
      throws Exception {
    CompletableFuture<GetObjectResponse> broken = receiver.prepare();
    Answer givenUp = new Answer("one");
    givenUp.give(0, ENOUGH);
    take();
    givenUp.give(ENOUGH, ENOUGH + 2);
    receiver.exceptionOccurred(new IOException("broken"));
    assertThat(broken).isCompletedExceptionally();

    CompletableFuture<GetObjectResponse> received = receiver.prepare();
    Answer answer = new Answer("one");
    answer.give(0, 3);
    answer.give(3, ENOUGH + 1);
    givenUp.give(ENOUGH + 2, ENOUGH + 4);
    answer.give(ENOUGH + 1, CONTENT.length);
    givenUp.to.onError(new IOException("broken"));
    answer.to.onComplete();
    take();

    assertThat(read.toByteArray()).isEqualTo(CONTENT);
    assertThat(range.isRead()).isTrue();
    assertThat(received).isCompletedWithValue(answer.head);
  }

  @Test
  void whenTheRepetitionIsOfAnotherVersion_thenItFailsForGood() throws Exception {
    CompletableFuture<GetObjectResponse> broken = receiver.prepare();
    Answer givenUp = new Answer("one");
    givenUp.give(0, ENOUGH);
    receiver.exceptionOccurred(new IOException("broken"));
    assertThat(broken).isCompletedExceptionally();

    CompletableFuture<GetObjectResponse> received = receiver.prepare();
    Answer answer = new Answer("two");
    answer.give(0, CONTENT.length);
    answer.to.onComplete();
    range.end();
    take();

    assertThatThrownBy(received::join).hasCauseInstanceOf(NonRetryableException.class);
    assertThat(range.isRead()).isFalse();
    assertThat(read.toByteArray()).isEqualTo(Arrays.copyOf(CONTENT, ENOUGH));
  }

  /** Whether the content is what it should be is said at the end. */
  @Test
  void whenTheContentWasWrong_thenItIsRepeatedOnlyIfNoneOfItHasBeenRead() throws Exception {
    CompletableFuture<GetObjectResponse> unread = receiver.prepare();
    Answer wrong = new Answer("one");
    wrong.give(0, CONTENT.length);
    IOException failure = new IOException("another checksum");
    wrong.to.onError(failure);
    assertThatThrownBy(unread::join).hasCause(failure);

    CompletableFuture<GetObjectResponse> partlyRead = receiver.prepare();
    Answer wrongAgain = new Answer("one");
    wrongAgain.give(0, ENOUGH);
    take();
    wrongAgain.give(ENOUGH, CONTENT.length);
    wrongAgain.to.onError(failure);

    assertThatThrownBy(partlyRead::join)
        .hasCauseInstanceOf(NonRetryableException.class)
        .hasRootCause(failure);
  }

  @Test
  void anAnswerThatEndsTooEarlyIsAFailure() {
    CompletableFuture<GetObjectResponse> received = receiver.prepare();
    Answer answer = new Answer("one");
    answer.give(4, CONTENT.length);
    answer.to.onComplete();

    assertThatThrownBy(received::join)
        .hasCauseInstanceOf(EOFException.class)
        .hasMessageContaining("4 bytes of the answer are missing");
  }

  @Test
  void whenTheRequestHasFailed_thenNobodyWaits() throws Exception {
    FutureTask<GetObjectResponse> head = new FutureTask<>(range::awaitAnswer);
    FutureTask<Boolean> nothing = new FutureTask<>(() -> range.take().isEmpty());
    new Thread(head).start();
    new Thread(nothing).start();

    range.end();

    assertThat(head.get()).isNull();
    assertThat(nothing.get()).isTrue();
    assertThat(range.isRead()).isFalse();
  }

  private void take() throws InterruptedException {
    for (ByteBuffer each : range.take()) {
      byte[] bytes = new byte[each.remaining()];
      each.get(bytes);
      read.writeBytes(bytes);
    }
  }

  /** One that is given piece by piece. */
  private final class Answer implements Subscription {
    private final GetObjectResponse head;
    private Subscriber<? super ByteBuffer> to;
    private long demand;

    Answer(String version) {
      head = GetObjectResponse.builder().contentLength((long) CONTENT.length).eTag(version).build();
      receiver.onResponse(head);
      receiver.onStream(SdkPublisher.<ByteBuffer>adapt(this::begin));
      assertThat(demand).isEqualTo(Long.MAX_VALUE);
    }

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
