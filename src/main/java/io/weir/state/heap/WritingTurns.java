package io.weir.state.heap;

import io.weir.snapshot.StateWriter;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets a job's snapshots be written to local files one behind the other where that does not take
 * long, so that tasks have processors of their own meanwhile. What is written there takes little
 * else than processor time. A large snapshot is not waited for: it would be written much later if
 * the processors that the tasks leave were not used for it. Safe for use by several threads.
 */
final class WritingTurns {
  /** After so many milliseconds a snapshot is written, whether it is its turn or not. */
  private static final long PATIENCE_MILLIS = 100;

  private final Semaphore free;
  private final long patienceMillis;

  /**
   * @param count how many snapshots have their turn at the same time
   * @param patienceMillis how long a snapshot waits for its turn at most
   */
  WritingTurns(int count, long patienceMillis) {
    free = new Semaphore(count, /* fair= */ true);
    this.patienceMillis = patienceMillis;
  }

  /** With turns for half of this machine's processors. */
  static WritingTurns ofThisMachine() {
    return new WritingTurns(
        Math.max(1, Runtime.getRuntime().availableProcessors() / 2), PATIENCE_MILLIS);
  }

  /**
   * Waits until it is the caller's turn to write, or until that has taken too long; not at all if
   * the writer waits for other machines most of the time.
   *
   * @return whether the caller has a turn, which {@link #end} must end
   * @throws InterruptedIOException if the caller is interrupted meanwhile
   */
  boolean begin(StateWriter writer) throws InterruptedIOException {
    if (!writer.isLocal()) {
      return false;
    }
    try {
      return free.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("a snapshot of keyed state was cancelled before its turn");
    }
  }

  /** Ends a turn. */
  void end() {
    free.release();
  }

  /** How many snapshots could have their turn at once. */
  int free() {
    return free.availablePermits();
  }

  /** How many wait for their turn. */
  int waiting() {
    return free.getQueueLength();
  }
}
