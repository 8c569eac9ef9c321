package io.weir.engine.operator;

import io.weir.api.metrics.Gauge;
import io.weir.api.metrics.MetricGroup;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The last of a series of figures, of which one in so many is taken, and gauges over them. Figures
 * are added by the task's thread; the gauges are read by any and may be slightly old.
 */
final class SampledFigures {
  private final int interval;
  private final AtomicLongArray last;
  private final AtomicLong count = new AtomicLong();

  /** Accesses until the next one that counts; of the task's thread. */
  private int untilNext;

  SampledFigures(StateTracking.Sampling sampling, MetricGroup group) {
    this.interval = sampling.interval();
    this.last = new AtomicLongArray(sampling.history());
    this.untilNext = interval;
    gauge(group, "p50", 0.5);
    gauge(group, "p99", 0.99);
    gauge(group, "max", 1);
    group.gauge("samples", (Gauge<Long>) count::get);
  }

  /** Counts an access; says whether its figure is wanted. */
  boolean isDue() {
    if (--untilNext > 0) {
      return false;
    }
    untilNext = interval;
    return true;
  }

  void add(long figure) {
    last.setRelease((int) (count.get() % last.length()), figure);
    count.setRelease(count.get() + 1);
  }

  private void gauge(MetricGroup group, String name, double quantile) {
    group.gauge(name, (Gauge<Long>) () -> quantile(quantile));
  }

  private long quantile(double quantile) {
    long[] figures = new long[(int) Math.min(count.getAcquire(), last.length())];
    for (int index = 0; index < figures.length; index++) {
      figures[index] = last.getAcquire(index);
    }
    Arrays.sort(figures);
    return figures.length == 0
        ? 0
        : figures[Math.max(0, (int) Math.ceil(quantile * figures.length) - 1)];
  }
}
