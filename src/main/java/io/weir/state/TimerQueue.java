package io.weir.state;

/**
 * The timers of one kind of one operator: a set of (timestamp, key, namespace), part of the keyed
 * state.
 *
 * <p>Due timers come in the order of their timestamps; equal ones in an order that is the same
 * after a restore.
 *
 * @param <K> the type of key
 * @param <N> the type of namespace
 */
public interface TimerQueue<K, N> {
  /** What {@link #nextTimestamp()} says of an empty queue. */
  long NONE = Long.MAX_VALUE;

  /** Registers a timer for the current key; nothing happens if it is registered already. */
  void register(N namespace, long timestamp);

  /** Deletes a timer of the current key; nothing happens if there is none. */
  void delete(N namespace, long timestamp);

  /** The timestamp of the earliest timer, or {@link #NONE}. */
  long nextTimestamp();

  /**
   * Takes out the earliest timer if it is due, and makes its key the current key of the backend.
   *
   * @param until timers up to this timestamp, inclusive, are due
   * @return whether there was one; then {@link #takenTimestamp()} and {@link #takenNamespace()}
   *     tell of it
   */
  boolean takeDue(long until);

  /** The timestamp of the timer that was taken last. */
  long takenTimestamp();

  /** The namespace of the timer that was taken last. */
  N takenNamespace();

  /** Whether there is no timer. */
  boolean isEmpty();

  /** How many timers there are; a backend on disk counts them each time. */
  int size();
}
