package io.weir.state.rocksdb;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
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

  /**
   * Transfers all; throws what the first one that failed has thrown. Nothing is being transferred
   * any more when it returns, also when the calling thread was interrupted.
   */
  <T> void run(List<T> items, Transfer<T> transfer) throws IOException {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable work =
        () -> {
          int index;
          while (failure.get() == null && (index = next.getAndIncrement()) < items.size()) {
            try {
              transfer.run(items.get(index));
            } catch (IOException | RuntimeException | Error e) {
              failure.compareAndSet(null, e);
            }
          }
        };
    List<Part> parts = new ArrayList<>();
    for (int part = 1; part < Math.min(threads, items.size()); part++) {
      Part each = new Part(work);
      try {
        executor.execute(each);
      } catch (RejectedExecutionException e) {
        break; // the calling thread does it all
      }
      parts.add(each);
    }
    work.run();
    await(parts, failure);
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IOException(thrown.getMessage(), thrown);
    }
  }

  private static void await(List<Part> parts, AtomicReference<Throwable> failure)
      throws InterruptedIOException {
    boolean interrupted = false;
    for (Part each : parts) {
      while (!each.hasEnded()) {
        try {
          each.await();
        } catch (InterruptedException e) {
          interrupted = true;
          failure.compareAndSet(null, e);
          parts.forEach(Part::interrupt);
        }
      }
    }
    interrupted |= Thread.interrupted();
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the transfer of files was interrupted");
    }
  }

  /** Another thread's part in the work, or none if it comes too late. */
  private static final class Part implements Runnable {
    private final Runnable work;
    private final CountDownLatch end = new CountDownLatch(1);

    /** By the thread, or by the one that does not need it any more; guarded by this object. */
    private boolean claimed;

    /** While it works; guarded by this object, like the next. */
    private Thread thread;

    private boolean interrupted;

    Part(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      synchronized (this) {
        if (claimed) {
          return;
        }
        claimed = true;
        thread = Thread.currentThread();
      }
      try {
        work.run();
      } finally {
        synchronized (this) {
          thread = null;
          if (interrupted) {
            Thread.interrupted(); // what the thread does next has nothing to do with it
          }
        }
        end.countDown();
      }
    }

    /** Whether it does nothing any more; from now on it does not begin. */
    synchronized boolean hasEnded() {
      if (!claimed) {
        claimed = true;
        end.countDown();
      }
      return end.getCount() == 0;
    }

    void await() throws InterruptedException {
      end.await();
    }

    synchronized void interrupt() {
      if (thread != null) {
        interrupted = true;
        thread.interrupt();
      }
    }
  }
}
