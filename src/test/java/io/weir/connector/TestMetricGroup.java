package io.weir.connector;

import io.weir.api.metrics.Counter;
import io.weir.api.metrics.Gauge;
import io.weir.api.metrics.MetricGroup;
import java.util.HashMap;
import java.util.Map;

/** Counters that a test can read. */
public final class TestMetricGroup implements MetricGroup {
  private final Map<String, Counter> counters = new HashMap<>();

  @Override
  public Counter counter(String name) {
    return counters.computeIfAbsent(name, key -> new TestCounter());
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    return gauge;
  }

  @Override
  public MetricGroup addGroup(String name) {
    return this;
  }

  private static final class TestCounter implements Counter {
    private long count;

    @Override
    public void inc() {
      count++;
    }

    @Override
    public void inc(long n) {
      count += n;
    }

    @Override
    public void dec() {
      count--;
    }

    @Override
    public void dec(long n) {
      count -= n;
    }

    @Override
    public long getCount() {
      return count;
    }
  }
}
