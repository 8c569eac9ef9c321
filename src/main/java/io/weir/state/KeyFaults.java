package io.weir.state;

import io.weir.snapshot.KeyGroupRange;

/** What is said when a backend is used with no key, or with one that is not its own. */
public final class KeyFaults {

  private KeyFaults() {}

  /** Keyed state was used while no key was set. */
  public static IllegalStateException noKey() {
    return new IllegalStateException(
        "keyed state was used without a key: it exists only while a record or a timer of a key is processed");
  }

  /** A key is not in the key groups of a backend. */
  public static IllegalArgumentException outside(Object key, int keyGroup, KeyGroupRange range) {
    return new IllegalArgumentException(
        "the key "
            + key
            + " of key group "
            + keyGroup
            + " has come to the subtask of key groups "
            + range
            + ": the hash code of its type is not the same each time; use a key with a stable hashCode()");
  }

  /** A stored key belongs, by its present hash code, to another key group. */
  public static StateException moved(
      String operatorName, String state, Object key, int stored, int now, int maxParallelism) {
    return new StateException(
        "operator '"
            + operatorName
            + "', state '"
            + state
            + "': the key "
            + key
            + " was stored in key group "
            + stored
            + " and now belongs to key group "
            + now
            + " of "
            + maxParallelism
            + ". The hashCode() of "
            + key.getClass().getName()
            + " is not the same in every JVM (an enum or array within a key?) or has changed;"
            + " keep the hash code stable, or start without this state");
  }
}
