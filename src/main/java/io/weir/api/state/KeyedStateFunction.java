package io.weir.api.state;

/**
 * Does something with the state of one key.
 *
 * @param <K> type of the key
 * @param <S> kind of the state
 */
@FunctionalInterface
public interface KeyedStateFunction<K, S extends State> {
  /**
   * Processes the state of a key.
   *
   * @param key the key that is present during the call
   * @param state the state of that key; it may be changed
   * @throws Exception to fail the task
   */
  void process(K key, S state) throws Exception;
}
