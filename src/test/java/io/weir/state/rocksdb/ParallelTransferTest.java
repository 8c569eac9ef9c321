package io.weir.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelTransferTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Integer> transferred = ConcurrentHashMap.newKeySet();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void allAreTransferredOnce_alsoByAnExecutorThatNeverComesToIt() throws IOException {
    List<Integer> items = IntStream.range(0, 100).boxed().toList();
    for (ParallelTransfer each :
        List.of(new ParallelTransfer(threads, 4), new ParallelTransfer(never -> {}, 4))) {
      transferred.clear();

      each.run(items, item -> assertThat(transferred.add(item)).isTrue());

      assertThat(transferred).hasSize(100);
    }
  }

  @Test
  void whenOneFails_thenItsFailureIsThrownAndNoOtherIsBegun() {
    assertThatThrownBy(
            () ->
                new ParallelTransfer(threads, 1)
                    .run(
                        List.of(1, 2, 3),
                        item -> {
                          transferred.add(item);
                          throw new IOException("the disk is full");
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is full");

    assertThat(transferred).containsExactly(1);
  }

  @Test
  void whenTheCallingThreadIsInterrupted_thenItSaysSo_alsoIfItNeededNoOther() {
    assertThatThrownBy(
            () ->
                new ParallelTransfer(threads, 2)
                    .run(List.of(1), item -> Thread.currentThread().interrupt()))
        .isInstanceOf(InterruptedIOException.class);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whenTheCallingThreadIsInterrupted_thenTheOthersHaveEndedWhenItReturns() {
    Thread calling = Thread.currentThread();
    CountDownLatch helperIsBusy = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                new ParallelTransfer(threads, 2)
                    .run(
                        List.of(1, 2),
                        item -> {
                          try {
                            if (Thread.currentThread() == calling) {
                              helperIsBusy.await();
                              calling.interrupt();
                            } else {
                              helperIsBusy.countDown();
                              never.await();
                            }
                          } catch (InterruptedException e) {
                            transferred.add(item);
                            throw new InterruptedIOException();
                          }
                        }))
        .isInstanceOf(InterruptedIOException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(transferred).hasSize(1);
  }
}
