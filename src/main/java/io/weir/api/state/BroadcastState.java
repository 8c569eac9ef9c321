package io.weir.api.state;

import java.util.Iterator;
import java.util.Map;

/**
 * A map of which every subtask has the same copy, as long as all change it in the same way.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public interface BroadcastState<K, V> extends ReadOnlyBroadcastState<K, V> {
  /**
   * Sets the value of a key.
   *
   * @throws Exception if the state cannot be written
   */
  void put(K key, V value) throws Exception;

  /**
   * Sets the values of many keys.
   *
   * @throws Exception if the state cannot be written
   */
  void putAll(Map<K, V> map) throws Exception;

  /**
   * Removes a key, if it is there.
   *
   * @throws Exception if the state cannot be written
   */
  void remove(K key) throws Exception;

  /**
   * An iterator over {@link #entries()}.
   *
   * @throws Exception if the state cannot be read
   */
  Iterator<Map.Entry<K, V>> iterator() throws Exception;

  /**
   * All entries; writing to an entry or removing it through the iterator changes the state.
   *
   * @throws Exception if the state cannot be read
   */
  Iterable<Map.Entry<K, V>> entries() throws Exception;
}
