package io.weir.state.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/**
 * Knows of which column family the entries in each table file of a database are; a table has those
 * of one only. Safe for use by several threads.
 */
final class TableFamilies {
  private final Database database;

  /**
   * Of the tables that a restore has brought, by file name. Those that were made for merging do not
   * say it themselves.
   */
  private final Map<String, String> restored = new HashMap<>();

  /** Of the tables that were asked for the last time. */
  private volatile Map<String, String> known = Map.of();

  /**
   * @param database to which nothing was written since it was restored
   */
  TableFamilies(Database database) {
    this.database = database;
    database
        .rocks()
        .getLiveFilesMetaData()
        .forEach(
            table ->
                restored.put(
                    Path.of(table.fileName()).getFileName().toString(),
                    text(table.columnFamilyName())));
  }

  /**
   * The names of the column families, by file name; for one who holds a lease on the database.
   * Reads a little of each table that it has not seen before.
   *
   * @param tables files, or links to them
   */
  Map<String, String> of(List<Path> tables) throws IOException {
    Map<String, String> before = known;
    Map<String, String> families = new HashMap<>();
    for (Path table : tables) {
      String name = table.getFileName().toString();
      String family = restored.getOrDefault(name, before.get(name));
      families.put(name, family == null ? read(table) : family);
    }
    known = families;
    return families;
  }

  private String read(Path table) throws IOException {
    try (DBOptions none = new DBOptions();
        Options options = new Options(none, database.familyOptions());
        SstFileReader reader = new SstFileReader(options)) {
      reader.open(table.toString());
      return text(reader.getTableProperties().getColumnFamilyName());
    } catch (RocksDBException e) {
      throw new IOException(
          "the table "
              + table
              + " of a RocksDB database cannot be read: "
              + e.getMessage()
              + "; see whether the disk is sound",
          e);
    }
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.US_ASCII);
  }
}
