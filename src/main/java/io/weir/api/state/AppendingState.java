package io.weir.api.state;

/**
 * State to which values are added.
 *
 * @param <IN> type of what is added
 * @param <OUT> type of what is read
 */
public interface AppendingState<IN, OUT> extends State {
  /**
   * What the added values amount to; null if there are none, but for lists see {@link ListState}.
   *
   * @throws Exception if the state cannot be read
   */
  OUT get() throws Exception;

  /**
   * Adds a value.
   *
   * @param value what is added, not null
   * @throws Exception if the state cannot be written
   */
  void add(IN value) throws Exception;
}
