package io.weir.state.rocksdb;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory of the heap that the caches of all backends of a server may take; each has an equal
 * share. Safe for use by several threads.
 */
final class CacheBudget {
  private final long totalBytes;
  private final AtomicInteger caches = new AtomicInteger();

  CacheBudget(long totalBytes) {
    this.totalBytes = totalBytes;
  }

  /** A cache begins to take its share. */
  void join() {
    caches.incrementAndGet();
  }

  /** A cache has gone. */
  void leave() {
    caches.decrementAndGet();
  }

  long shareBytes() {
    return totalBytes / Math.max(1, caches.get());
  }
}
