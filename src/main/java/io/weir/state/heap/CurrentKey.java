package io.weir.state.heap;

import io.weir.snapshot.KeyGroupRange;

/**
 * The key that all states of a backend refer to. Set once for each record, so what can be derived
 * from it is derived only when it is needed.
 *
 * @param <K> the type of key
 */
final class CurrentKey<K> {
  private final KeyGroupRange range;
  private K key;

  /** The key's group, counted from the first of the range. */
  private int group;

  /** The key's hash code, valid if {@link #hashed}. */
  private int hashCode;

  private boolean hashed;

  CurrentKey(KeyGroupRange range) {
    this.range = range;
  }

  void set(K newKey, int keyGroup) {
    int newGroup = keyGroup - range.start();
    if (newGroup < 0 || newGroup >= range.size()) {
      throw outside(newKey, keyGroup);
    }
    key = newKey;
    group = newGroup;
    hashed = false;
  }

  /**
   * Goes back to what it was before.
   *
   * @param oldKey null if there was none
   */
  void reset(K oldKey, int keyGroup) {
    if (oldKey == null) {
      key = null;
    } else {
      set(oldKey, keyGroup);
    }
  }

  /** The key, or null if none was set. */
  K key() {
    return key;
  }

  /** The index of the key's group. */
  int group() {
    if (key == null) {
      throw new IllegalStateException(
          "keyed state was used without a key: it exists only while a record or a timer of a key is processed");
    }
    return group;
  }

  int keyHashCode() {
    if (!hashed) {
      hashCode = key.hashCode();
      hashed = true;
    }
    return hashCode;
  }

  private IllegalArgumentException outside(K newKey, int keyGroup) {
    return new IllegalArgumentException(
        "the key "
            + newKey
            + " of key group "
            + keyGroup
            + " has come to the subtask of key groups "
            + range
            + ": the hash code of its type is not the same each time; use a key with a stable hashCode()");
  }
}
