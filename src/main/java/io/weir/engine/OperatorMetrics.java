package io.weir.engine;

import io.weir.api.metrics.Counter;
import io.weir.api.metrics.Gauge;
import io.weir.api.metrics.MetricGroup;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The counters and gauges that the functions of one task have registered, by {@code
 * <group>.<name>}. Registered by the task's thread, read by any.
 */
public final class OperatorMetrics implements MetricGroup {
  private final String prefix;
  private final Map<String, Object> metrics;

  /** Creates an empty registry. */
  public OperatorMetrics() {
    this("", new ConcurrentHashMap<>());
  }

  private OperatorMetrics(String prefix, Map<String, Object> metrics) {
    this.prefix = prefix;
    this.metrics = metrics;
  }

  @Override
  public Counter counter(String name) {
    return (Counter) metrics.computeIfAbsent(prefix + name, unused -> new TaskCounter());
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    metrics.put(prefix + name, gauge);
    return gauge;
  }

  @Override
  public MetricGroup addGroup(String name) {
    return new OperatorMetrics(prefix + name + ".", metrics);
  }

  /** The present values. */
  public Map<String, Object> values() {
    Map<String, Object> values = new TreeMap<>();
    metrics.forEach(
        (name, metric) ->
            values.put(
                name,
                metric instanceof Counter counter
                    ? (Object) counter.getCount()
                    : ((Gauge<?>) metric).getValue()));
    return values;
  }

  /** Written by the task's thread alone; other threads read a slightly old value. */
  private static final class TaskCounter implements Counter {
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
