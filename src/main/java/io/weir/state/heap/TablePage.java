package io.weir.state.heap;

/** Some slots: of a table, or of a copy of a few of them. */
interface TablePage {
  int slots();

  /** Slots of the same kind without entries. */
  TablePage like(int slots);

  boolean isFree(int slot);

  void free(int slot);

  /** Copies slots of a page of the same kind, as they are. */
  void copy(TablePage source, int from, int to, int count);
}
