package io.weir.state.rocksdb;

import io.weir.serial.BinaryOutput;
import io.weir.state.KeyedStateFormat;
import io.weir.state.TimeToLive;
import org.rocksdb.RocksDBException;

/**
 * Writes changed entries of one state to a batch. Used by the thread that writes the changes of the
 * cache, which is one at a time.
 *
 * @param <K> the type of key
 * @param <N> the type of namespace
 */
final class EntryWriter<K, N> {
  private final Family family;
  private final KeyLayout<K, N> keys;
  private final ValueLayout values;
  private final boolean mutable;
  private final BinaryOutput out = new BinaryOutput();

  EntryWriter(Family family, KeyedStateFormat<K, N> format, TimeToLive timeToLive) {
    this.family = family;
    this.keys = new KeyLayout<>(format);
    this.values = new ValueLayout(format, timeToLive);
    this.mutable = values.isMutable();
  }

  /**
   * Adds an entry to the batch, if it differs from what is stored.
   *
   * @return by how many bytes it has grown in the cache
   */
  int write(CacheEntry entry, Batch batch) throws RocksDBException {
    entry.takeOver();
    if (entry.value == null) {
      if (entry.mayBeStored()) {
        batch.delete(family.id(), keyOf(entry));
        entry.notStored();
      }
      return entry.resize(CacheEntry.OVERHEAD_BYTES);
    }
    out.reset();
    values.write(entry.value, out);
    if (mutable) {
      long sum = Checksum.of(out.array(), out.position());
      if (entry.isStored(sum)) {
        return entry.resize(CacheEntry.OVERHEAD_BYTES + out.position());
      }
      entry.stored(sum);
    } else {
      entry.stored();
    }
    batch.put(family.id(), keyOf(entry), out);
    return entry.resize(CacheEntry.OVERHEAD_BYTES + out.position());
  }

  @SuppressWarnings("unchecked") // only keys and namespaces are put in as such
  private BinaryOutput keyOf(CacheEntry entry) {
    return keys.entry(entry.keyGroup, (K) entry.key, (N) entry.namespace, entry.mapKey);
  }
}
