package io.weir.api.state;

import java.util.Iterator;
import java.util.Map;

/**
 * A map. Keys are not null; values may be.
 *
 * @param <UK> type of the map's keys
 * @param <UV> type of the map's values
 */
public interface MapState<UK, UV> extends State {
  /**
   * Reads the value of a key.
   *
   * @return the value of a key; null if there is none
   * @throws Exception if the state cannot be read
   */
  UV get(UK key) throws Exception;

  /**
   * Sets the value of a key.
   *
   * @throws Exception if the state cannot be written
   */
  void put(UK key, UV value) throws Exception;

  /**
   * Sets the values of many keys.
   *
   * @throws Exception if the state cannot be written
   */
  void putAll(Map<UK, UV> map) throws Exception;

  /**
   * Removes a key, if it is there.
   *
   * @throws Exception if the state cannot be written
   */
  void remove(UK key) throws Exception;

  /**
   * Whether a key is there.
   *
   * @return whether the key is there, also with a null value
   * @throws Exception if the state cannot be read
   */
  boolean contains(UK key) throws Exception;

  /**
   * All entries; writing to an entry or removing it through the iterator changes the state.
   *
   * @throws Exception if the state cannot be read
   */
  Iterable<Map.Entry<UK, UV>> entries() throws Exception;

  /**
   * All keys.
   *
   * @throws Exception if the state cannot be read
   */
  Iterable<UK> keys() throws Exception;

  /**
   * All values.
   *
   * @throws Exception if the state cannot be read
   */
  Iterable<UV> values() throws Exception;

  /**
   * An iterator over {@link #entries()}.
   *
   * @throws Exception if the state cannot be read
   */
  Iterator<Map.Entry<UK, UV>> iterator() throws Exception;

  /**
   * Whether there are no entries.
   *
   * @return whether there are no entries
   * @throws Exception if the state cannot be read
   */
  boolean isEmpty() throws Exception;
}
