package io.weir.state.heap;

import java.util.Arrays;

/** Some slots of a {@link ValueTable}. */
abstract class ValuePage implements TablePage {
  /** The objects of each slot, one slot's behind the other's. */
  final Object[] entries;

  /** How many objects a slot has. */
  final int stride;

  /** Which of them is the value. */
  private final int valueAt;

  ValuePage(int slots, int stride, int valueAt) {
    this.stride = stride;
    this.valueAt = valueAt;
    entries = new Object[slots * stride];
  }

  /** Copies what a slot has besides objects. */
  abstract void copyKeys(TablePage source, int from, int to, int count);

  abstract void freeKey(int slot);

  /** Goes through the entries of the first slots. */
  abstract <E extends Exception> void forEach(int count, ValueTable.EntryConsumer<E> consumer)
      throws E;

  final Object value(int slot) {
    return entries[slot * stride + valueAt];
  }

  final void setValue(int slot, Object value) {
    entries[slot * stride + valueAt] = value;
  }

  @Override
  public final int slots() {
    return entries.length / stride;
  }

  @Override
  public final void copy(TablePage source, int from, int to, int count) {
    copyKeys(source, from, to, count);
    Object[] objects = ((ValuePage) source).entries;
    if (count == 1) {
      for (int part = 0; part < stride; part++) {
        entries[to * stride + part] = objects[from * stride + part];
      }
    } else {
      System.arraycopy(objects, from * stride, entries, to * stride, count * stride);
    }
  }

  @Override
  public final void free(int slot) {
    freeKey(slot);
    Arrays.fill(entries, slot * stride, (slot + 1) * stride, null);
  }
}
