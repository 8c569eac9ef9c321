package io.weir.state.heap;

import io.weir.snapshot.StateDescription;
import io.weir.state.KeyedSnapshotWriter;
import java.io.IOException;

/**
 * The tables of one state at the time of a snapshot.
 *
 * @param tables by key group; null for one without entries
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FrozenTables(
    StateDescription description,
    PagedTable[] tables,
    boolean isEmpty,
    Epochs.Lease lease,
    EntryWriting writing)
    implements FrozenState {

  /** Those of the tables, one for each key group, or null, that have entries now. */
  static FrozenTables of(
      StateDescription description, PagedTable[] tables, Epochs.Lease lease, EntryWriting writing) {
    PagedTable[] present = new PagedTable[tables.length];
    boolean empty = true;
    for (int group = 0; group < tables.length; group++) {
      if (tables[group] != null && tables[group].size() > 0) {
        present[group] = tables[group];
        empty = false;
      }
    }
    return new FrozenTables(description, present, empty, lease, writing);
  }

  @Override
  public void write(int group, KeyedSnapshotWriter target) throws IOException {
    if (tables[group] != null) {
      writing.write(tables[group].frozen(lease), target);
    }
  }

  /** Writes the entries of a table to a snapshot. */
  @FunctionalInterface
  interface EntryWriting {
    void write(FrozenTable table, KeyedSnapshotWriter target) throws IOException;
  }
}
