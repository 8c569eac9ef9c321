package io.weir.state.heap;

import java.util.Arrays;

/**
 * Some slots of a {@link PagedTable}. A page that a snapshot sees is never changed, except for the
 * values that it holds.
 */
abstract class TablePage {
  /** In which epoch the page was made, or when it was last known to be seen by no snapshot. */
  long epoch;

  /** The objects of each slot, one slot's behind the other's. */
  final Object[] entries;

  /** How many objects a slot has. */
  private final int stride;

  /** Which of them is the value. */
  private final int valueAt;

  /**
   * One bit a slot: whether its value has been made since any snapshot that sees an earlier copy of
   * this page; null if the values are immutable.
   */
  final long[] owned;

  TablePage(long epoch, int slots, int stride, int valueAt, boolean mutableValues) {
    this.epoch = epoch;
    this.stride = stride;
    this.valueAt = valueAt;
    entries = new Object[slots * stride];
    owned = mutableValues ? new long[(slots + Long.SIZE - 1) / Long.SIZE] : null;
  }

  /** A copy whose values are shared with the original. */
  TablePage(long epoch, TablePage original) {
    this.epoch = epoch;
    stride = original.stride;
    valueAt = original.valueAt;
    entries = original.entries.clone();
    owned = original.owned == null ? null : new long[original.owned.length];
  }

  abstract TablePage copy(long newEpoch);

  abstract boolean isFree(int slot);

  /** Takes the key of another page's slot. */
  abstract void moveKeyFrom(TablePage source, int sourceSlot, int slot);

  abstract void freeKey(int slot);

  /** Goes through the entries. */
  abstract <E extends Exception> void forEach(EntryConsumer<E> consumer) throws E;

  final int slots() {
    return entries.length / stride;
  }

  final Object value(int slot) {
    return entries[slot * stride + valueAt];
  }

  /** Sets a value that no snapshot sees. */
  final void setValue(int slot, Object value) {
    int at = slot * stride + valueAt;
    // storing what is there already would make the garbage collector look at its surroundings
    if (entries[at] != value) {
      entries[at] = value;
    }
    own(slot, true);
  }

  final boolean isOwned(int slot) {
    return (owned[slot / Long.SIZE] & (1L << slot)) != 0;
  }

  final void own(int slot, boolean mine) {
    if (owned == null) {
      return;
    }
    if (mine) {
      owned[slot / Long.SIZE] |= 1L << slot;
    } else {
      owned[slot / Long.SIZE] &= ~(1L << slot);
    }
  }

  final void moveFrom(TablePage source, int sourceSlot, int slot) {
    moveKeyFrom(source, sourceSlot, slot);
    System.arraycopy(source.entries, sourceSlot * stride, entries, slot * stride, stride);
    own(slot, source.owned != null && source.isOwned(sourceSlot));
  }

  final void free(int slot) {
    freeKey(slot);
    Arrays.fill(entries, slot * stride, (slot + 1) * stride, null);
    own(slot, false);
  }

  /** Takes entries; the namespace is null in a table without. */
  @FunctionalInterface
  interface EntryConsumer<E extends Exception> {
    void accept(Object key, Object namespace, Object value) throws E;
  }
}
