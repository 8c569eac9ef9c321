package io.weir.api.connector;

/** The surroundings of a writer. */
public interface WriterInitContext extends InitContext {
  /** The class loader of the job's classes. */
  ClassLoader getUserCodeClassLoader();

  /** Clock and timers of the task. */
  ProcessingTimeService getProcessingTimeService();
}
