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
  /** The typical size of a value follows the latest ones in steps of this part. */
  private static final int TYPICAL_PART = 8;

  private final Family family;
  private final KeyLayout<K, N> keys;
  private final ValueLayout values;
  private final boolean mutable;
  private final BinaryOutput out = new BinaryOutput();
  private int typicalBytes;

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
        return 0;
      }
      entry.stored(sum);
    } else {
      entry.stored();
    }
    BinaryOutput key = keyOf(entry);
    batch.put(family.id(), key, out);
    typicalBytes += (out.position() - typicalBytes) / TYPICAL_PART;
    return entry.resize(CacheEntry.OVERHEAD_BYTES + key.position() + out.position());
  }

  /** What the latest values took, roughly. */
  int typicalBytes() {
    return typicalBytes;
  }

  @SuppressWarnings("unchecked") // only keys and namespaces are put in as such
  private BinaryOutput keyOf(CacheEntry entry) {
    return keys.entry(entry.keyGroup, (K) entry.key, (N) entry.namespace, entry.mapKey);
  }
}
