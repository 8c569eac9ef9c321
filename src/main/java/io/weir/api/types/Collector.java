package io.weir.api.types;

/**
 * Takes what a function emits and passes it on.
 *
 * <p>A collector belongs to the task that calls the function: use it only on that thread and only
 * during the call that handed it over.
 *
 * @param <T> type of the emitted records
 */
public interface Collector<T> {
  /**
   * Emits a record. It never blocks: what exceeds the room of the output is held in a bounded
   * overdraft.
   *
   * @param record the record; null is passed on as it is, but operators with keys or state refuse
   *     it
   */
  void collect(T record);

  /** Called by the engine when no more records follow. Functions do not call it. */
  void close();
}
