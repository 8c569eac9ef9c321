package io.weir.state.rocksdb;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Transfers files by several threads. The calling thread takes part, so it waits for none but those
 * that have begun, and an executor that is busy or has one thread only is no harm.
 */
final class ParallelTransfer {
  private final Executor executor;
  private final int threads;

  /** Transfers one file. */
  @FunctionalInterface
  interface Transfer<T> {
    void run(T item) throws IOException;
  }

  ParallelTransfer(Executor executor, int threads) {
    this.executor = executor;
    this.threads = threads;
  }

  /** Transfers all; throws what the first one that failed has thrown. */
  <T> void run(List<T> items, Transfer<T> transfer) throws IOException {
    AtomicInteger next = new AtomicInteger();
    CountDownLatch left = new CountDownLatch(items.size());
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable work =
        () -> {
          int index;
          while ((index = next.getAndIncrement()) < items.size()) {
            try {
              if (failure.get() == null) {
                transfer.run(items.get(index));
              }
            } catch (IOException | RuntimeException | Error e) {
              failure.compareAndSet(null, e);
            } finally {
              left.countDown();
            }
          }
        };
    for (int helper = 1; helper < Math.min(threads, items.size()); helper++) {
      try {
        executor.execute(work);
      } catch (RejectedExecutionException e) {
        break; // the calling thread does it all
      }
    }
    work.run();
    await(left, failure);
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IOException(thrown.getMessage(), thrown);
    }
  }

  private static void await(CountDownLatch left, AtomicReference<Throwable> failure)
      throws InterruptedIOException {
    try {
      left.await();
    } catch (InterruptedException e) {
      failure.compareAndSet(null, e);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the transfer of files was interrupted");
    }
  }
}
