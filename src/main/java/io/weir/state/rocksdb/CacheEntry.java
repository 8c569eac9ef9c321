package io.weir.state.rocksdb;

/** What is known of one entry of a column family, present or absent. */
final class CacheEntry {
  /** What an entry takes on the heap besides the bytes of its key and value, roughly. */
  static final int OVERHEAD_BYTES = 96;

  final int hash;
  final int keyGroup;
  final Object key;
  final Object namespace;

  /** Null but in a map. */
  final Object mapKey;

  /** Null if there is no such entry. */
  Object value;

  /** The next one in the same bucket. */
  CacheEntry next;

  /** What it counts for in the cache. */
  int bytes = OVERHEAD_BYTES;

  /** Checksum of the stored value as it was read or written last; only of mutable ones. */
  long storedSum;

  /** Whether the column family may hold the entry. */
  boolean mayBeStored = true;

  /** Whether it may differ from what is stored. */
  boolean dirty;

  /** Whether it was put or removed, and not just given out. */
  boolean assigned;

  /** Whether it was used since the cache was looked through. */
  boolean used = true;

  CacheEntry(int hash, int keyGroup, Object key, Object namespace, Object mapKey) {
    this.hash = hash;
    this.keyGroup = keyGroup;
    this.key = key;
    this.namespace = namespace;
    this.mapKey = mapKey;
  }
}
