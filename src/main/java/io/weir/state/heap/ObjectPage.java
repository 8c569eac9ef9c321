package io.weir.state.heap;

import java.util.Arrays;

/**
 * Some slots of an {@link ObjectTable}. A page that a snapshot sees is never changed, except for
 * the values that it holds.
 */
final class ObjectPage {
  /** In which epoch the page was made, or when it was last known to be seen by no snapshot. */
  long epoch;

  /** The hash of each slot's key; 0 for a free slot. */
  final int[] hashes;

  /** Key, value and, if the table has them, namespace of each slot. */
  final Object[] entries;

  /**
   * One bit a slot: whether its value has been made since any snapshot that sees an earlier copy of
   * this page; null if the values are immutable.
   */
  final long[] owned;

  ObjectPage(long epoch, int slots, int stride, boolean mutableValues) {
    this.epoch = epoch;
    hashes = new int[slots];
    entries = new Object[slots * stride];
    owned = mutableValues ? new long[(slots + Long.SIZE - 1) / Long.SIZE] : null;
  }

  /** A copy whose values are shared with the original. */
  ObjectPage(long epoch, ObjectPage original) {
    this.epoch = epoch;
    hashes = original.hashes.clone();
    entries = original.entries.clone();
    owned = original.owned == null ? null : new long[original.owned.length];
  }

  boolean isOwned(int slot) {
    return (owned[slot / Long.SIZE] & (1L << slot)) != 0;
  }

  void own(int slot, boolean mine) {
    if (owned == null) {
      return;
    }
    if (mine) {
      owned[slot / Long.SIZE] |= 1L << slot;
    } else {
      owned[slot / Long.SIZE] &= ~(1L << slot);
    }
  }

  void moveFrom(ObjectPage source, int sourceSlot, int slot, int stride) {
    hashes[slot] = source.hashes[sourceSlot];
    System.arraycopy(source.entries, sourceSlot * stride, entries, slot * stride, stride);
    own(slot, source.owned != null && source.isOwned(sourceSlot));
  }

  void free(int slot, int stride) {
    hashes[slot] = 0;
    Arrays.fill(entries, slot * stride, (slot + 1) * stride, null);
    own(slot, false);
  }
}
