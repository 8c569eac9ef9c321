package io.weir.api.connector;

import io.weir.api.metrics.MetricGroup;

/**
 * The surroundings of a reader. Its calls may be made from any thread; clock and timers belong to
 * the thread of the task.
 */
public interface SourceReaderContext {
  /** Where the subtask registers metrics. */
  MetricGroup metricGroup();

  /** Name of the host, by which an enumerator may choose near splits. */
  String getLocalHostName();

  /** Index of the subtask, from 0. */
  int getIndexOfSubtask();

  /** Number of subtasks. */
  int currentParallelism();

  /** Asks the enumerator for a split. */
  void sendSplitRequest();

  /**
   * Sends a message to the enumerator.
   *
   * @param sourceEvent the message, not null
   */
  void sendSourceEventToCoordinator(SourceEvent sourceEvent);

  /** Clock and timers of the task, for example to become available at a certain time. */
  ProcessingTimeService getProcessingTimeService();

  /** The class loader of the job's classes. */
  ClassLoader getUserCodeClassLoader();
}
