package io.weir.state.heap;

import java.util.List;

/**
 * A state whose keys can be listed.
 *
 * @param <K> the type of key
 */
interface KeyScan<K> {

  /**
   * The keys that are there.
   *
   * @param group counted from the first key group of the backend
   */
  List<K> keys(int group);
}
