package io.weir.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two real threads that park whenever they have nothing to do, without any limit: a wake-up that is
 * lost stops the test.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChannelStressTest {
  private static final long RECORDS = 2_000_000;

  private final Signal ofProducer = new Signal();
  private final Signal ofConsumer = new Signal();
  private final Channel channel = new Channel(ofProducer, ofConsumer);

  @Test
  void noRecordAndNoWakeUpIsLostBetweenTwoThreads() throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread producer = new Thread(this::produce, "producer");
    producer.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
    producer.start();
    long sum = consume();
    producer.join(TimeUnit.MINUTES.toMillis(5));
    assertThat(failure.get()).isNull();
    assertThat(producer.isAlive()).isFalse();
    assertThat(sum).isEqualTo(RECORDS * (RECORDS - 1) / 2);
  }

  private void produce() {
    long next = 0;
    while (next < RECORDS) {
      if (!channel.hasRoom()) {
        parkUnless(ofProducer, channel::hasRoom);
        continue;
      }
      // steps of uneven length, so that the consumer often runs dry in the middle
      long end = Math.min(RECORDS, next + 1 + next % 700);
      while (next < end) {
        channel.emit(next, next);
        next++;
      }
      channel.flushIfConsumerIsIdle();
    }
    channel.emitEvent(new ChannelEvent.EndOfInput());
    while (!channel.hasRoom()) {
      parkUnless(ofProducer, channel::hasRoom);
    }
  }

  private long consume() {
    long expected = 0;
    long sum = 0;
    while (true) {
      ChannelItem item = channel.poll();
      if (item == null) {
        parkUnless(ofConsumer, () -> !channel.isEmpty());
      } else if (item instanceof RecordBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
          long value = (Long) batch.value(i);
          if (value != expected++) {
            throw new AssertionError("expected " + (expected - 1) + " but got " + value);
          }
          sum += value;
        }
        channel.recycle(batch);
      } else {
        return sum;
      }
    }
  }

  private void parkUnless(Signal signal, java.util.function.BooleanSupplier hasWork) {
    signal.prepareToWait(Thread.currentThread());
    if (!hasWork.getAsBoolean()) {
      LockSupport.park(this);
    }
    signal.stopWaiting();
  }
}
