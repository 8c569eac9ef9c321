package io.weir.api.metrics;

/** The place where a subtask registers its metrics. Call it on the thread of the subtask. */
public interface MetricGroup {
  /**
   * The counter of a name; the same one at every call.
   *
   * @param name name within this group, not null and not empty
   */
  Counter counter(String name);

  /**
   * Registers a value that is read when it is asked for; a later gauge of the name replaces it.
   *
   * @param name name within this group, not null and not empty
   * @param gauge the value, read from other threads, not null
   * @return the gauge that was given
   */
  <T, G extends Gauge<T>> G gauge(String name, G gauge);

  /**
   * A group below this one; the same one at every call.
   *
   * @param name name of the lower group, not null and not empty
   */
  MetricGroup addGroup(String name);
}
