package io.weir.state.rocksdb;

import io.weir.config.Configuration;
import io.weir.config.RocksDBConfigurableOptions;
import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.DatabaseKeyedState;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateReader;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.RestoredKeyedState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.DBOptions;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.SstFileWriter;

/**
 * Makes the database of a backend out of what is restored: begins with the old database that shares
 * the most key groups, cuts off those that belong to others, and merges the rest of the old
 * databases in as files. Canonical state is put aside as blocks until its state is asked for.
 */
final class DatabaseRestore {

  /**
   * What came of it.
   *
   * @param files of the restored database that the storage has, by name
   */
  record Restored(Database database, Map<String, StateHandle> files) {}

  /** A table file that is made for merging is not larger than this, roughly. */
  private static final long MERGED_FILE_BYTES = 64L << 20;

  private final KeyedBackendParameters<?> parameters;
  private final Configuration job;
  private final DatabaseOptions options;
  private final WorkDirectory directory;
  private final ParallelTransfer transfer;
  private final LeftTables left;

  DatabaseRestore(
      KeyedBackendParameters<?> parameters,
      Configuration job,
      DatabaseOptions options,
      WorkDirectory directory,
      ParallelTransfer transfer,
      LeftTables left) {
    this.parameters = parameters;
    this.job = job;
    this.options = options;
    this.directory = directory;
    this.transfer = transfer;
    this.left = left;
  }

  /** Makes the database, or leaves nothing open. */
  Restored restore() throws IOException {
    List<DatabaseKeyedState> databases = new ArrayList<>();
    List<CanonicalKeyedState> canonical = new ArrayList<>();
    for (KeyedStateHandle handle : parameters.restored()) {
      if (handle.range().intersection(parameters.range()).size() > 0) {
        if (handle instanceof DatabaseKeyedState database) {
          databases.add(database);
        } else {
          canonical.add((CanonicalKeyedState) handle);
        }
      }
    }
    DatabaseKeyedState base = base(databases);
    Database database = open(base);
    try {
      for (int index = 0; index < databases.size(); index++) {
        if (!databases.get(index).equals(base)) {
          merge(databases.get(index), directory.other(index), database);
        }
      }
      putAside(canonical, database);
    } catch (IOException | RuntimeException e) {
      database.close();
      throw e;
    }
    return new Restored(database, base == null ? Map.of() : tables(base));
  }

  /** The old database to begin with, or null for an empty one. */
  private DatabaseKeyedState base(List<DatabaseKeyedState> databases) {
    double least = job.get(RocksDBConfigurableOptions.RESTORE_OVERLAP_FRACTION_THRESHOLD);
    DatabaseKeyedState best = null;
    for (DatabaseKeyedState each : databases) {
      int shared = sharedKeyGroups(each);
      if ((double) shared / each.range().size() >= least
          && (best == null || shared > sharedKeyGroups(best))) {
        best = each;
      }
    }
    return best;
  }

  private int sharedKeyGroups(DatabaseKeyedState state) {
    return state.range().intersection(parameters.range()).size();
  }

  private Database open(DatabaseKeyedState base) throws IOException {
    Files.createDirectories(directory.database());
    if (base == null) {
      return open(directory.database(), Map.of(), directory::remove);
    }
    download(base, directory.database());
    Database database = open(directory.database(), base.families(), directory::remove);
    KeyGroupRange own = parameters.range();
    boolean wholeFiles =
        job.get(RocksDBConfigurableOptions.USE_DELETE_FILES_IN_RANGE_DURING_RESCALING);
    if (base.range().start() < own.start()) {
      database.deleteRange(KeyLayout.startOf(0), KeyLayout.startOf(own.start()), wholeFiles);
    }
    if (base.range().end() > own.end()) {
      database.deleteRange(
          KeyLayout.startOf(own.end() + 1),
          KeyLayout.startOf(KeyGroups.MAX_PARALLELISM_LIMIT),
          wholeFiles);
    }
    return database;
  }

  private Database open(Path where, Map<String, StateDescription> families, Runnable whenClosed) {
    return new Database(parameters.operatorName(), where, options, families, whenClosed);
  }

  private void download(DatabaseKeyedState state, Path target) throws IOException {
    Files.createDirectories(target);
    StateReader reader = parameters.reader();
    transfer.run(
        List.copyOf(state.files().entrySet()),
        file -> {
          Path place = target.resolve(file.getKey());
          boolean linked =
              DatabaseFiles.isTable(file.getKey())
                  && file.getValue() instanceof StateHandle.Stored table
                  && (left.link(table, place)
                      || LeftTables.linkStored(reader.nearest(table), place));
          if (!linked) {
            try (InputStream in = reader.open(file.getValue())) {
              Files.copy(in, place);
            }
          }
        });
  }

  /** Copies the key groups that are wanted out of another old database. */
  private void merge(DatabaseKeyedState state, Path where, Database target) throws IOException {
    KeyGroupRange wanted = state.range().intersection(parameters.range());
    download(state, where);
    Database source = open(where, state.families(), () -> WorkDirectory.remove(where));
    try {
      Map<StateDescription, Family> entries = new HashMap<>();
      Map<StateDescription, Family> blocks = new HashMap<>();
      for (Family family : target.families()) {
        (family.holdsBlocks() ? blocks : entries).putIfAbsent(family.description(), family);
      }
      for (Family family : source.families()) {
        Family into =
            family.holdsBlocks()
                ? blocks.computeIfAbsent(family.description(), target::createBlocks)
                : entries.computeIfAbsent(family.description(), target::createEntries);
        new Merge(source, family, target, into, where).run(wanted);
      }
    } finally {
      source.close();
    }
  }

  private void putAside(List<CanonicalKeyedState> handles, Database database) throws IOException {
    Map<StateDescription, Family> families = new HashMap<>();
    int batchBytes = (int) job.get(RocksDBConfigurableOptions.WRITE_BATCH_SIZE).getBytes();
    Batch batch = database.batch(batchBytes);
    long[] number = {0};
    for (CanonicalKeyedState handle : handles) {
      RestoredKeyedState.forEachBlock(
          handle,
          parameters.range(),
          parameters.reader(),
          (state, block) -> {
            Family family = families.computeIfAbsent(state, database::createBlocks);
            database.change(() -> FamilyBlocks.put(family, block, number[0]++, batch));
          });
    }
    database.change(batch::write);
  }

  private static Map<String, StateHandle> tables(DatabaseKeyedState state) {
    Map<String, StateHandle> tables = new TreeMap<>(state.files());
    tables.keySet().removeIf(name -> !DatabaseFiles.isTable(name));
    return tables;
  }

  /** Writes entries of one column family into table files and hands these to another database. */
  private static final class Merge {
    private final Database source;
    private final Family from;
    private final Database target;
    private final Family into;
    private final Path where;
    private final List<String> files = new ArrayList<>();

    Merge(Database source, Family from, Database target, Family into, Path where) {
      this.source = source;
      this.from = from;
      this.target = target;
      this.into = into;
      this.where = where;
    }

    void run(KeyGroupRange wanted) {
      byte[] next = KeyLayout.startOf(wanted.start());
      while (next != null) {
        next = writeFile(next, wanted.end());
      }
      if (files.isEmpty()) {
        return;
      }
      try (IngestExternalFileOptions ingest = new IngestExternalFileOptions().setMoveFiles(true)) {
        target.change(() -> target.rocks().ingestExternalFile(into.handle(), files, ingest));
      }
    }

    /** Writes a file; gives the key to go on with, or null when all is written. */
    private byte[] writeFile(byte[] start, int lastKeyGroup) {
      byte[][] rest = new byte[1][];
      String file = where.resolve("merged-" + into.id() + "-" + files.size() + ".sst").toString();
      long[] bytes = {0};
      try (EnvOptions environment = new EnvOptions();
          DBOptions none = new DBOptions();
          Options options = new Options(none, target.familyOptions());
          SstFileWriter writer = new SstFileWriter(environment, options)) {
        source.scan(
            from,
            start,
            (key, value) -> {
              if (KeyLayout.keyGroupOf(key) > lastKeyGroup) {
                return false;
              }
              if (bytes[0] >= MERGED_FILE_BYTES) {
                rest[0] = key;
                return false;
              }
              append(writer, file, bytes[0] == 0, key, value);
              bytes[0] += key.length + value.length;
              return true;
            });
        if (bytes[0] > 0) {
          source.change(writer::finish);
          files.add(file);
        }
      }
      return rest[0];
    }

    private void append(
        SstFileWriter writer, String file, boolean first, byte[] key, byte[] value) {
      source.change(
          () -> {
            if (first) {
              writer.open(file);
            }
            writer.put(key, value);
          });
    }
  }
}
