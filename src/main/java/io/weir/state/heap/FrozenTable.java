package io.weir.state.heap;

import java.lang.invoke.VarHandle;

/**
 * A table as a snapshot sees it, block by block, while the task changes it. Used once, by the
 * thread that writes the snapshot, before it releases the key group.
 */
final class FrozenTable {
  private final PagedTable table;
  private final Epochs.Lease lease;
  private final TablePage[] pages;

  /** A copy: what stands in the table may be changed while it is being written. */
  private final TablePage block;

  /** Copies of values, made again for each block. */
  private final Object[] detached;

  /** Null until the table is known to have been changed. */
  private BeforeImages images;

  private int page;
  private int nextSlot;
  private int nextBlock;
  private int count;

  FrozenTable(PagedTable table, Epochs.Lease lease) {
    this.table = table;
    this.lease = lease;
    TablePage[] present = table.pages;
    VarHandle.acquireFence();
    images = lease.before(table);
    pages = images == null ? present : images.pages();
    block = pages[0].like(Math.min(PagedTable.BLOCK_SLOTS, pages[0].slots()));
    detached = new Object[block.slots()];
  }

  /** Goes to the next block, if there is one. */
  boolean next() {
    if (nextSlot == pages[page].slots()) {
      if (isLast()) {
        return false;
      }
      page++;
      nextSlot = 0;
    }
    count = Math.min(PagedTable.BLOCK_SLOTS, pages[page].slots() - nextSlot);
    block.copy(pages[page], nextSlot, 0, count);
    table.detach(block, count, detached);
    // a change that was read was announced before, so it will be found now
    VarHandle.acquireFence();
    if (images == null) {
      images = lease.before(table);
    }
    if (images != null) {
      images.restore(nextBlock, block);
    }
    table.requireDetached(block, count);
    nextSlot += count;
    nextBlock++;
    return true;
  }

  /** The slots of the present block, valid until the next one. */
  TablePage block() {
    return block;
  }

  /** How many slots the present block has. */
  int count() {
    return count;
  }

  /** Whether the present block is the last one. */
  boolean isLast() {
    return page == pages.length - 1 && nextSlot == pages[page].slots();
  }
}
