package io.weir.rest;

import io.weir.engine.Clock;
import io.weir.engine.Task;
import io.weir.engine.TaskAttempt;
import io.weir.engine.TaskLoad;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How busy tasks are at present. Tasks only count; what they did lately is the difference between
 * two looks at them, so the first look after a pause has no answer yet, as in Flink.
 */
@ApplicationScoped
public class TaskLoads {
  /** Nearer looks than this share an answer: over a moment shares of time mean nothing. */
  private static final long MIN_SPAN_MILLIS = 1_000;

  /** After this long without a look the difference would tell of the past, not of the present. */
  private static final long MAX_SPAN_MILLIS = 30_000;

  /**
   * Shares of time from 0 to 1, and records per second.
   *
   * @param measuredMillis when, milliseconds since the epoch
   */
  record Rates(
      double busy,
      double idle,
      double backPressured,
      double recordsIn,
      double recordsOut,
      long measuredMillis) {}

  private record Sample(
      long atMillis, long busy, long idle, long backPressured, long in, long out, Rates rates) {

    static Sample of(TaskLoad load, long now, Rates rates) {
      return new Sample(
          now,
          load.busyMillis(),
          load.idleMillis(),
          load.backPressuredMillis(),
          load.recordsIn(),
          load.recordsOut(),
          rates);
    }

    Sample next(TaskLoad load, long now) {
      long span = now - atMillis;
      if (span < MIN_SPAN_MILLIS) {
        return this;
      }
      return of(load, now, span > MAX_SPAN_MILLIS ? null : ratesUntil(load, now));
    }

    private Rates ratesUntil(TaskLoad load, long now) {
      double span = now - atMillis;
      return new Rates(
          share((load.busyMillis() - busy) / span),
          share((load.idleMillis() - idle) / span),
          share((load.backPressuredMillis() - backPressured) / span),
          (load.recordsIn() - in) * 1000 / span,
          (load.recordsOut() - out) * 1000 / span,
          now);
    }

    private static double share(double ratio) {
      return Math.max(0, Math.min(1, ratio));
    }
  }

  @Inject private Clock clock;

  private final Map<TaskAttempt, Sample> samples = new ConcurrentHashMap<>();

  /** Empty if there was no look at this task lately. */
  Optional<Rates> of(Task task) {
    long now = clock.nowMillis();
    samples.values().removeIf(sample -> now - sample.atMillis > MAX_SPAN_MILLIS);
    Sample newest =
        samples.compute(
            task.attempt(),
            (attempt, known) ->
                known == null ? Sample.of(task.load(), now, null) : known.next(task.load(), now));
    return Optional.ofNullable(newest.rates);
  }
}
