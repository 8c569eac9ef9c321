package io.weir.server;

import io.weir.engine.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Tells in bounded time whether the catalog answers. Of a database that hangs a question has no
 * answer for many seconds, while whoever asks about the server's health gives it one or two: so
 * there is one question under way at a time, and the answer is drawn from how long that is.
 *
 * <p>Safe for use by several threads.
 */
final class CatalogWatch {
  /** So long an answer may take before the catalog counts as one that does not answer. */
  static final long PATIENCE_MILLIS = 4_000;

  /** So long one waits for the answer to a question. */
  private static final long LOOK_MILLIS = 500;

  private final Supplier<Optional<String>> probe;
  private final Executor executor;
  private final Clock clock;

  /** The newest question; null before the first. */
  private final AtomicReference<Question> newest = new AtomicReference<>();

  /** What the last answer was. */
  private volatile Optional<String> known = Optional.empty();

  private record Question(long askedMillis, CompletableFuture<Optional<String>> answer) {}

  /**
   * A watch that has not asked yet.
   *
   * @param probe asks; what fails, or empty; may take its time
   * @param executor of which one thread is always to be had
   */
  CatalogWatch(Supplier<Optional<String>> probe, Executor executor, Clock clock) {
    this.probe = probe;
    this.executor = executor;
    this.clock = clock;
  }

  /** Why it does not answer now, for people; empty if it does. */
  Optional<String> failure() {
    Question question = question();
    try {
      return question.answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return whileNothingIsAnswered(question);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return whileNothingIsAnswered(question);
    } catch (ExecutionException e) {
      return Optional.of("The catalog cannot be asked: " + e.getCause());
    }
  }

  /** The one under way, or a new one. */
  private Question question() {
    Question last = newest.get();
    if (last != null && !last.answer.isDone()) {
      return last;
    }
    Question next = new Question(clock.nowMillis(), new CompletableFuture<>());
    Question found = newest.compareAndExchange(last, next);
    if (!Objects.equals(found, last)) {
      return found;
    }
    executor.execute(() -> ask(next.answer));
    return next;
  }

  private void ask(CompletableFuture<Optional<String>> answer) {
    try {
      known = probe.get();
      answer.complete(known);
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private Optional<String> whileNothingIsAnswered(Question question) {
    long silentMillis = clock.nowMillis() - question.askedMillis;
    if (silentMillis < PATIENCE_MILLIS) {
      return known;
    }
    return Optional.of(
        "The catalog's database has not answered for %d s. Jobs go on as long as failed checkpoints are tolerated; see whether the database that weir.catalog.url names runs, and whether it waits for a lock or a disk."
            .formatted(silentMillis / 1000));
  }
}
