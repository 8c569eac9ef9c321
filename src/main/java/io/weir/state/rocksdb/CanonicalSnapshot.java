package io.weir.state.rocksdb;

import io.weir.serial.BinaryInput;
import io.weir.serial.BinaryOutput;
import io.weir.snapshot.Compression;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateWriter;
import io.weir.state.KeyedSnapshotWriter;
import io.weir.state.PendingSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** A snapshot in the form that every backend reads, copied out of a view of the database. */
final class CanonicalSnapshot implements PendingSnapshot<KeyedStateHandle> {

  /**
   * What is to be left out of a state whose values expire.
   *
   * @param now what has expired by then, milliseconds since the epoch
   */
  record Expiry(ValueLayout layout, long now) {}

  private final KeyGroupRange range;
  private final Compression compression;
  private final FrozenChanges<Database.View> changes;

  /** By the names of column families. */
  private final Map<String, Expiry> expiries;

  CanonicalSnapshot(
      KeyGroupRange range,
      Compression compression,
      FrozenChanges<Database.View> changes,
      Map<String, Expiry> expiries) {
    this.range = range;
    this.compression = compression;
    this.changes = changes;
    this.expiries = expiries;
  }

  @Override
  public KeyedStateHandle write(StateWriter writer) throws IOException {
    try (Database.View view = changes.take()) {
      return write(view, writer);
    } finally {
      changes.end();
    }
  }

  private KeyedStateHandle write(Database.View view, StateWriter writer) throws IOException {
    List<Source> sources = new ArrayList<>();
    try {
      for (Family family : view.families()) {
        Source source = new Source(family, view.iterator(family));
        sources.add(source);
        if (!source.isValid()) {
          source.close();
          sources.remove(source);
        }
      }
      return sources.isEmpty() ? null : write(sources, writer);
    } finally {
      sources.forEach(Source::close);
    }
  }

  @Override
  public void discard() {
    Database.View view = changes.abandon();
    if (view != null) {
      view.close();
    }
    changes.end();
  }

  private KeyedStateHandle write(List<Source> sources, StateWriter writer) throws IOException {
    List<StateDescription> descriptions =
        sources.stream().map(source -> source.family.description()).toList();
    try (KeyedSnapshotWriter target =
        new KeyedSnapshotWriter(range, descriptions, compression, writer)) {
      for (int keyGroup = range.start(); keyGroup <= range.end(); keyGroup++) {
        target.beginKeyGroup(keyGroup);
        for (int index = 0; index < sources.size(); index++) {
          target.beginState(index);
          sources.get(index).writeKeyGroup(keyGroup, target);
        }
      }
      return target.finish();
    } catch (RocksDBException e) {
      throw failure(e);
    }
  }

  private static IOException failure(RocksDBException e) {
    return new IOException("the RocksDB database cannot be read: " + e.getMessage(), e);
  }

  /** A column family that is being read. */
  private final class Source implements AutoCloseable {
    private final Family family;
    private final RocksIterator entries;
    private final EntryForm form;
    private final Expiry expiry;
    private final BinaryInput in = new BinaryInput();
    private final BinaryOutput kept = new BinaryOutput();

    Source(Family family, RocksIterator entries) {
      this.family = family;
      this.entries = entries;
      this.form = new EntryForm(family);
      this.expiry = expiries.get(family.name());
      entries.seek(KeyLayout.startOf(range.start()));
    }

    /** Whether there is anything in it. */
    boolean isValid() throws IOException {
      try {
        entries.status();
        return entries.isValid();
      } catch (RocksDBException e) {
        throw failure(e);
      }
    }

    void writeKeyGroup(int keyGroup, KeyedSnapshotWriter target)
        throws IOException, RocksDBException {
      while (entries.isValid()) {
        byte[] key = entries.key();
        if (KeyLayout.keyGroupOf(key) != keyGroup) {
          break;
        }
        writeEntry(key, entries.value(), target);
        entries.next();
      }
      entries.status();
    }

    private void writeEntry(byte[] key, byte[] value, KeyedSnapshotWriter target)
        throws IOException {
      if (family.holdsBlocks()) {
        target.writeBlock(FamilyBlocks.block(key, value));
      } else if (expiry == null) {
        form.append(key, value, target.entry());
        target.endEntry();
      } else {
        in.reset(value, 0, value.length);
        kept.reset();
        if (expiry.layout.copyUnexpired(in, expiry.now, kept)) {
          form.append(key, kept.array(), kept.position(), target.entry());
          target.endEntry();
        }
      }
    }

    @Override
    public void close() {
      entries.close();
    }
  }
}
