package io.weir.state.rocksdb;

/** What the files of a database are, by their names. */
final class DatabaseFiles {

  private DatabaseFiles() {}

  /** Whether a file holds a sorted table: it never changes, and no other ever has its name. */
  static boolean isTable(String name) {
    return name.endsWith(".sst");
  }

  /** Whether the database cannot be opened again without it. */
  static boolean isNeeded(String name) {
    return isTable(name) || name.equals("CURRENT") || name.startsWith("MANIFEST-");
  }
}
