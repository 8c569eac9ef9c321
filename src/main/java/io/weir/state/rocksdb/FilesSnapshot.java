package io.weir.state.rocksdb;

import io.weir.snapshot.DatabaseKeyedState;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.snapshot.StateWriter;
import io.weir.state.PendingSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A snapshot that consists of the database's files, linked into a directory of its own. A table
 * file that a completed checkpoint has is not written again.
 */
final class FilesSnapshot implements PendingSnapshot<KeyedStateHandle> {
  private static final int BUFFER_BYTES = 128 * 1024;

  private final long checkpointId;
  private final KeyGroupRange range;
  private final SortedMap<String, StateDescription> families;
  private final FrozenChanges<Boolean> changes;
  private final Path directory;
  private final Uploads uploads;
  private final TableFamilies tableFamilies;
  private final ParallelTransfer transfer;

  /** What the storage had when the snapshot was taken. */
  private final Map<String, StateHandle> present;

  /**
   * @param changes makes links to the files in the directory, and says whether there is any entry
   */
  FilesSnapshot(
      long checkpointId,
      KeyGroupRange range,
      SortedMap<String, StateDescription> families,
      FrozenChanges<Boolean> changes,
      Path directory,
      Uploads uploads,
      TableFamilies tableFamilies,
      ParallelTransfer transfer) {
    this.checkpointId = checkpointId;
    this.range = range;
    this.families = families;
    this.changes = changes;
    this.directory = directory;
    this.uploads = uploads;
    this.tableFamilies = tableFamilies;
    this.transfer = transfer;
    this.present = uploads.completed();
  }

  @Override
  public KeyedStateHandle write(StateWriter writer) throws IOException {
    try {
      if (!changes.take()) {
        // the database may still have its old tables, but the checkpoint does not refer to them
        uploads.written(checkpointId, Map.of());
        return null;
      }
      Map<String, StateHandle> files = new ConcurrentHashMap<>();
      List<Path> all = listFiles();
      List<Path> toWrite = new ArrayList<>();
      for (Path file : all) {
        StateHandle known = present.get(file.getFileName().toString());
        if (known != null && writer.mayRefer(known)) {
          files.put(file.getFileName().toString(), known);
        } else {
          toWrite.add(file);
        }
      }
      transfer.run(toWrite, file -> files.put(file.getFileName().toString(), write(file, writer)));
      tell(all, toWrite, files, writer);
      uploads.written(checkpointId, tables(files));
      return new DatabaseKeyedState(range, families, new TreeMap<>(files));
    } finally {
      WorkDirectory.remove(directory);
      changes.end();
    }
  }

  @Override
  public void discard() {
    changes.abandon();
    WorkDirectory.remove(directory);
    changes.end();
  }

  private List<Path> listFiles() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> DatabaseFiles.isNeeded(file.getFileName().toString())).toList();
    }
  }

  /** Says of which states the tables are. */
  private void tell(
      List<Path> all, List<Path> written, Map<String, StateHandle> files, StateWriter writer)
      throws IOException {
    Set<String> now = new HashSet<>();
    written.forEach(file -> now.add(file.getFileName().toString()));
    List<Path> tables =
        all.stream().filter(file -> DatabaseFiles.isTable(file.getFileName().toString())).toList();
    tableFamilies
        .of(tables)
        .forEach(
            (file, family) -> {
              StateDescription state = families.get(family);
              if (state != null) {
                long bytes = files.get(file).sizeBytes();
                writer.stateWritten(state, now.contains(file) ? bytes : 0, bytes);
              }
            });
  }

  private static StateHandle write(Path file, StateWriter writer) throws IOException {
    boolean table = DatabaseFiles.isTable(file.getFileName().toString());
    try (InputStream in = Files.newInputStream(file);
        StateOutput out = table ? writer.createShared(file) : writer.create()) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("writing a snapshot of keyed state was interrupted");
        }
        out.write(buffer, 0, read);
      }
      return out.finish();
    }
  }

  private static Map<String, StateHandle> tables(Map<String, StateHandle> files) {
    Map<String, StateHandle> tables = new TreeMap<>(files);
    tables.keySet().removeIf(name -> !DatabaseFiles.isTable(name));
    return tables;
  }
}
