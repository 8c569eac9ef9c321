package io.weir.state.heap;

import io.weir.snapshot.KeyGroupRange;
import io.weir.state.KeyFaults;

/**
 * The key that all states of a backend refer to. Set once for each record, so what can be derived
 * from it is derived only when it is needed.
 *
 * @param <K> the type of key
 */
final class CurrentKey<K> {
  private final KeyGroupRange range;
  private final int firstGroup;
  private final int groups;

  /** How keys become numbers; null if they do not. */
  private final Primitive primitive;

  private K key;

  /** The key's bits, if keys are numbers. */
  private long number;

  /** The key's group, counted from the first of the range. */
  private int group;

  /** The key's hash code, valid if {@link #hashed}. */
  private int hashCode;

  private boolean hashed;

  CurrentKey(KeyGroupRange range, Class<K> keyClass) {
    this.range = range;
    this.firstGroup = range.start();
    this.groups = range.size();
    this.primitive = Primitive.ofKey(keyClass);
  }

  void set(K newKey, int keyGroup) {
    int newGroup = keyGroup - firstGroup;
    if (newGroup < 0 || newGroup >= groups) {
      throw KeyFaults.outside(newKey, keyGroup, range);
    }
    if (primitive != null) {
      number = primitive.bits(newKey);
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
      throw KeyFaults.noKey();
    }
    return group;
  }

  /** The key as a number; only if keys are Long or Integer. */
  long number() {
    return number;
  }

  int hashCodeOfKey() {
    if (!hashed) {
      hashCode = key.hashCode();
      hashed = true;
    }
    return hashCode;
  }
}
