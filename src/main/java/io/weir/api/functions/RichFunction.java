package io.weir.api.functions;

/** A function with a life: it is opened before the first and closed after the last record. */
public interface RichFunction extends Function {
  /**
   * Called once per subtask before any record, after state was restored and beans were injected.
   *
   * @param openContext facts about the start, not null
   * @throws Exception to fail the task
   */
  default void open(OpenContext openContext) throws Exception {}

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
