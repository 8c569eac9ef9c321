package io.weir.state;

/**
 * What a keyed state keeps: one object for each key and namespace. All access refers to the current
 * key of the backend and to the namespace that was entered last. Used by the task's thread alone.
 *
 * @param <N> the type of namespace
 */
public interface KeyedObjects<N> {

  /**
   * Makes this the namespace to which all access refers.
   *
   * @param namespace null in a state without
   */
  void enter(N namespace);

  /** The present object, which must not be changed, or null. */
  Object look();

  /** The present object, which may be changed until the next key is set, or null. */
  Object own();

  /** Puts an object in the place of the present one. */
  void set(Object value);

  /** Removes the present object, if there is one. */
  void remove();
}
