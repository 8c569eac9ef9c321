package io.weir.state.rocksdb;

import io.weir.snapshot.StateDescription;
import org.rocksdb.ColumnFamilyHandle;

/**
 * One column family and the state in it.
 *
 * @param name unique in its database, over all times; says whether the family holds entries or
 *     blocks of a canonical snapshot, as they were read
 * @param handle owned by the database
 */
record Family(String name, StateDescription description, ColumnFamilyHandle handle) {
  private static final String ENTRIES = "entries-";
  private static final String BLOCKS = "blocks-";

  static String nameOfEntries(int number) {
    return ENTRIES + number;
  }

  static String nameOfBlocks(int number) {
    return BLOCKS + number;
  }

  /** The number that was given to make a name unique. */
  static int numberOf(String name) {
    return Integer.parseInt(name.substring(name.indexOf('-') + 1));
  }

  boolean holdsBlocks() {
    return name.startsWith(BLOCKS);
  }

  int id() {
    return handle.getID();
  }
}
