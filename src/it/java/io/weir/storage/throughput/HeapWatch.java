package io.weir.storage.throughput;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.locks.LockSupport;

/**
 * Collects garbage all the time while something is done, and remembers how much was left at most:
 * how much memory that really holds, however large the heap is.
 */
final class HeapWatch {
  private static final long PAUSE_NANOS = 50_000_000;
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  private volatile boolean ended;
  private long most;

  private HeapWatch() {}

  /** What is done. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /** How many bytes the work holds at most, beyond what was there before it. */
  static long growthDuring(Work work) throws IOException, InterruptedException {
    MEMORY.gc();
    long before = MEMORY.getHeapMemoryUsage().getUsed();
    HeapWatch watch = new HeapWatch();
    Thread thread = new Thread(watch::look, "heap-watch");
    thread.start();
    try {
      work.run();
    } finally {
      watch.ended = true;
      thread.join();
    }
    return Math.max(0, watch.most - before);
  }

  private void look() {
    while (!ended) {
      MEMORY.gc();
      most = Math.max(most, MEMORY.getHeapMemoryUsage().getUsed());
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
