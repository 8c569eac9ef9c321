package io.weir.state.heap;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * How a value that can be changed is kept apart from what a snapshot sees. If it can be copied
 * while it is being changed, the snapshot gets the copy: so the task goes on with the same object,
 * and the garbage collector finds neither new objects that stay nor old ones that refer to them.
 * Otherwise the task gets the copy, and nobody changes what the snapshot sees.
 */
final class ValueCopies {
  /** For values that are immutable. */
  static final ValueCopies NONE = new ValueCopies(null, false);

  private final BinaryOperator<Object> copier;
  private final boolean forSnapshots;

  private ValueCopies(BinaryOperator<Object> copier, boolean forSnapshots) {
    this.copier = copier;
    this.forSnapshots = forSnapshots;
  }

  /**
   * @param copier copies a value, also while another thread changes it, if possible into the second
   *     argument, which may be null
   */
  static ValueCopies forSnapshots(BinaryOperator<Object> copier) {
    return new ValueCopies(copier, true);
  }

  /**
   * @param copier copies a value; null if values are immutable
   */
  static ValueCopies forTheTask(UnaryOperator<Object> copier) {
    return copier == null ? NONE : new ValueCopies((value, reusable) -> copier.apply(value), false);
  }

  /** Whether snapshots get the copies, and not the task. */
  boolean areForSnapshots() {
    return forSnapshots;
  }

  /** Replaces the value in a slot that is not free. */
  void replace(ValuePage page, int slot) {
    page.setValue(slot, copier.apply(page.value(slot), null));
  }

  /**
   * Replaces the values in the first slots, which may be changing, by copies that replace the
   * reusable ones. What fails is thrown by {@link #requireReplaced}, if it is still there then: it
   * may have failed because of a change.
   */
  void replaceAll(ValuePage page, int count, Object[] reusable) {
    for (int slot = 0; slot < count; slot++) {
      if (!page.isFree(slot)) {
        try {
          reusable[slot] = copier.apply(page.value(slot), reusable[slot]);
          page.setValue(slot, reusable[slot]);
        } catch (RuntimeException e) {
          page.setValue(slot, new Failure(e));
        }
      }
    }
  }

  /** Throws the first failure that stands in place of a value. */
  void requireReplaced(ValuePage page, int count) {
    for (int slot = 0; slot < count; slot++) {
      if (page.value(slot) instanceof Failure failure) {
        throw failure.cause;
      }
    }
  }

  private record Failure(RuntimeException cause) {}
}
