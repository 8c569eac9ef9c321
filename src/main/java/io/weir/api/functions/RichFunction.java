package io.weir.api.functions;

import io.weir.config.Configuration;

/** A function with a life: it is opened before the first and closed after the last record. */
public interface RichFunction extends Function {
  /**
   * Called once per subtask before any record, after state was restored and beans were injected. A
   * function overrides this one or {@link #open(Configuration)}.
   *
   * @param openContext facts about the start, not null
   * @throws Exception to fail the task
   */
  default void open(OpenContext openContext) throws Exception {
    open(new Configuration());
  }

  /**
   * As {@link #open(OpenContext)}, in the form of Flink 1.x.
   *
   * @param parameters empty, not null
   * @throws Exception to fail the task
   */
  default void open(Configuration parameters) throws Exception {}

  /**
   * Called once per opened subtask after the last record, also after a failure.
   *
   * @throws Exception to fail the task, if it has not failed before
   */
  default void close() throws Exception {}

  /**
   * The subtask that runs this copy of the function.
   *
   * @throws IllegalStateException before the function was given to a subtask
   */
  RuntimeContext getRuntimeContext();

  /** Called by the engine before {@link #open}. */
  void setRuntimeContext(RuntimeContext context);
}
