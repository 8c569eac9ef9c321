package io.weir.state.heap;

import io.weir.snapshot.StateDescription;
import io.weir.state.KeyedSnapshotWriter;
import java.io.IOException;

/**
 * The tables of one state at the time of a snapshot.
 *
 * @param pages by key group; null for one without entries
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FrozenTables(
    StateDescription description, TablePage[][] pages, boolean isEmpty, EntryWriting writing)
    implements FrozenState {

  /** Fixes the present content of tables, of which there is one for each key group, or null. */
  static FrozenTables of(StateDescription description, PagedTable[] tables, EntryWriting writing) {
    TablePage[][] pages = new TablePage[tables.length][];
    boolean empty = true;
    for (int group = 0; group < tables.length; group++) {
      if (tables[group] != null && tables[group].size() > 0) {
        pages[group] = tables[group].freeze();
        empty = false;
      }
    }
    return new FrozenTables(description, pages, empty, writing);
  }

  @Override
  public void write(int group, KeyedSnapshotWriter target) throws IOException {
    if (pages[group] != null) {
      PagedTable.forEach(pages[group], writing.to(target));
    }
  }

  /** Makes what writes the entries of a table to a snapshot. */
  @FunctionalInterface
  interface EntryWriting {
    TablePage.EntryConsumer<IOException> to(KeyedSnapshotWriter target);
  }
}
