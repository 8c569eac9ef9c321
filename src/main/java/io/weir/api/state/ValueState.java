package io.weir.api.state;

import java.io.IOException;

/**
 * One value.
 *
 * @param <T> type of the value
 */
public interface ValueState<T> extends State {
  /**
   * The value; the descriptor's default value, or null, if there is none.
   *
   * @throws IOException if the state cannot be read
   */
  T value() throws IOException;

  /**
   * Replaces the value.
   *
   * @param value the new value; null removes it
   * @throws IOException if the state cannot be written
   */
  void update(T value) throws IOException;
}
