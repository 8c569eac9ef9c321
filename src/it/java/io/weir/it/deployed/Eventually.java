package io.weir.it.deployed;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what comes to be true by itself. */
public final class Eventually {
  private static final long PAUSE_NANOS = 50_000_000;

  private Eventually() {}

  /** A check that fails by an assertion, or because the server does not answer yet. */
  @FunctionalInterface
  public interface Check {
    void run() throws Exception;
  }

  /** Repeats a check until it holds; at the limit it fails as it did last. */
  public static void holds(Duration limit, Check check) throws Exception {
    Object unused =
        gives(
            limit,
            () -> {
              check.run();
              return check;
            });
  }

  /** Repeats a question until it has an answer; at the limit it fails as it did last. */
  public static <T> T gives(Duration limit, Callable<T> question) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        return question.call();
      } catch (AssertionError | IOException e) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("still so after " + limit + ": " + e.getMessage(), e);
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
