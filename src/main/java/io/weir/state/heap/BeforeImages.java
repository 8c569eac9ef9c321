package io.weir.state.heap;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What one snapshot sees of the slots of a table that have been changed since: a log of the slots
 * as they were, linked by blocks. The task's thread keeps a slot before it changes it; the
 * snapshot's thread reads a block of slots and then looks here which of them it has to take back.
 * Neither waits for the other.
 *
 * <p>If a slot stands here twice, which happens if several snapshots are being written, it is the
 * older one that counts.
 */
final class BeforeImages {
  private static final int FIRST_ENTRIES = 8;

  /** Those that the snapshot sees: the table may have got others since. */
  private final TablePage[] pages;

  /** By block: one more than the entry that was kept last; 0 if there is none. */
  private final AtomicIntegerArray last;

  private Log log;
  private int entries;

  BeforeImages(TablePage[] pages) {
    this.pages = pages;
    int slots = (pages.length - 1) * PagedTable.PAGE_SLOTS + pages[pages.length - 1].slots();
    last = new AtomicIntegerArray((slots + PagedTable.BLOCK_MASK) >>> PagedTable.BLOCK_BITS);
  }

  TablePage[] pages() {
    return pages;
  }

  /**
   * Keeps a slot, which may be changed afterwards. For the task's thread.
   *
   * @param stays whether its value stays in the table, so that it can be changed itself
   * @return false if the table has other pages by now, so that this slot is not one of the
   *     snapshot's, and nothing was kept
   */
  boolean keep(PagedTable table, int place, boolean stays) {
    if (table.pages != pages) {
      return false;
    }
    if (log == null) {
      log = new Log(pages[0].like(FIRST_ENTRIES), new long[FIRST_ENTRIES]);
    } else if (entries == log.links.length) {
      log = log.twiceAsLong();
    }
    int block = place >>> PagedTable.BLOCK_BITS;
    TablePage page = pages[place >>> PagedTable.PAGE_BITS];
    log.images.copy(page, place & PagedTable.PAGE_MASK, entries, 1);
    if (stays) {
      table.copyValue(log.images, entries);
    }
    log.links[entries] =
        (long) last.getPlain(block) << PagedTable.BLOCK_BITS | (place & PagedTable.BLOCK_MASK);
    entries++;
    last.setRelease(block, entries);
    // who sees the change sees that it was announced
    VarHandle.storeStoreFence();
    return true;
  }

  /**
   * Takes back what was changed in a block. For the snapshot's thread, which must have read the
   * block before.
   *
   * @param block its number in the table
   * @param slots its slots
   */
  void restore(int block, TablePage slots) {
    int entry = last.getAcquire(block);
    if (entry == 0) {
      return;
    }
    Log present = log;
    while (entry != 0) {
      long link = present.links[entry - 1];
      slots.copy(present.images, entry - 1, (int) link & PagedTable.BLOCK_MASK, 1);
      entry = (int) (link >>> PagedTable.BLOCK_BITS);
    }
  }

  /**
   * Slots as they were. Final fields, so that a reader that comes upon a longer one finds in it
   * what it was made of.
   *
   * @param links for each of them one more than the entry before it in the same block, or 0, and
   *     the place in the block
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Log(TablePage images, long[] links) {
    Log twiceAsLong() {
      TablePage longer = images.like(2 * links.length);
      longer.copy(images, 0, 0, links.length);
      return new Log(longer, Arrays.copyOf(links, 2 * links.length));
    }
  }
}
