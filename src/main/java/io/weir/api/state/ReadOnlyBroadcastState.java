package io.weir.api.state;

import java.util.Map;

/**
 * Broadcast state as the side that is not broadcast sees it. What is read must not be changed.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public interface ReadOnlyBroadcastState<K, V> extends State {
  /**
   * Reads the value of a key.
   *
   * @return the value of a key; null if there is none
   * @throws Exception if the state cannot be read
   */
  V get(K key) throws Exception;

  /**
   * Whether a key is there.
   *
   * @return whether the key is there
   * @throws Exception if the state cannot be read
   */
  boolean contains(K key) throws Exception;

  /**
   * All entries; attempts to change them throw {@link UnsupportedOperationException}.
   *
   * @throws Exception if the state cannot be read
   */
  Iterable<Map.Entry<K, V>> immutableEntries() throws Exception;

  /**
   * Refused on the side that may only read.
   *
   * @throws UnsupportedOperationException on the side that may only read
   */
  @Override
  void clear();
}
