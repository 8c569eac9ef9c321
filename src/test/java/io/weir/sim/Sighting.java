package io.weir.sim;

/**
 * What an operator whose values expire does with a key's record, and what it sees: a record leaves
 * a mark in the state, a bit that no other of the present round leaves.
 *
 * @param millis when
 * @param number of the record among those of its key, from 1 on
 * @param marks all that were seen; {@link #UNSEEN} if the state was not read
 * @param snapshotMillis when the snapshot was taken with which the operator has begun, by the first
 *     of its subtasks; 0 if there was none
 */
record Sighting(int key, long millis, long number, long marks, long snapshotMillis) {
  private static final int MARKS = 20;
  static final long UNSEEN = 1L << MARKS;
  private static final int MARK_BITS = MARKS + 1;
  private static final int NUMBER_BITS = 14;
  private static final int UNREAD_IN = 5;
  private static final int UNMARKED_IN = 3;

  static Sighting of(Event event) {
    long value = event.value();
    return new Sighting(
        event.key(),
        event.time(),
        (value >>> MARK_BITS) & ((1L << NUMBER_BITS) - 1),
        value & ((1L << MARK_BITS) - 1),
        value >>> (MARK_BITS + NUMBER_BITS));
  }

  Event toEvent() {
    return new Event(
        key, millis, snapshotMillis << (MARK_BITS + NUMBER_BITS) | number << MARK_BITS | marks);
  }

  /** Whether the state is emptied first: its marks would come a second time. */
  static boolean clears(long number) {
    return number % MARKS == 0;
  }

  /** Whether the state is read. A reducing state always is: else a mark may join expired ones. */
  static boolean reads(Expiry expiry, int key, long number) {
    return expiry.kind() == Expiry.Kind.REDUCING || (key + number * 7) % UNREAD_IN != 0;
  }

  /** Whether the record leaves a mark, after reading. */
  static boolean marks(int key, long number) {
    return (key + number * 5) % UNMARKED_IN != 0;
  }

  static long mark(long number) {
    return 1L << (number % MARKS);
  }
}
