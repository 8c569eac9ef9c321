package io.weir.state.rocksdb;

import io.weir.snapshot.KeyGroupRange;
import io.weir.state.KeyFaults;

/**
 * The key that all states of a backend refer to. Belongs to the task's thread.
 *
 * @param <K> the type of key
 */
final class ActiveKey<K> {
  private final KeyGroupRange range;
  private K key;
  private int keyGroup;
  private int hashCode;

  /** Differs whenever another key may be meant. */
  private long version;

  ActiveKey(KeyGroupRange range) {
    this.range = range;
  }

  void set(K newKey, int newKeyGroup) {
    if (newKeyGroup < range.start() || newKeyGroup > range.end()) {
      throw KeyFaults.outside(newKey, newKeyGroup, range);
    }
    key = newKey;
    keyGroup = newKeyGroup;
    hashCode = newKey.hashCode();
    version++;
  }

  /**
   * Goes back to what it was before.
   *
   * @param oldKey null if there was none
   */
  void reset(K oldKey, int oldKeyGroup) {
    if (oldKey == null) {
      key = null;
      version++;
    } else {
      set(oldKey, oldKeyGroup);
    }
  }

  /** The key, or null if none was set. */
  K key() {
    return key;
  }

  int keyGroup() {
    return keyGroup;
  }

  int keyHashCode() {
    if (key == null) {
      throw KeyFaults.noKey();
    }
    return hashCode;
  }

  long version() {
    return version;
  }
}
