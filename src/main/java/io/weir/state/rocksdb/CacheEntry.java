package io.weir.state.rocksdb;

/**
 * What is known of one entry of a column family, present or absent. Belongs to the task's thread,
 * except from a barrier until it is written, when it may be read, and what stands below be changed,
 * by the thread that writes it; the task puts a copy in its place before it changes it.
 */
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

  /**
   * When it was changed last, or given out to be changed, in the count of its state; 0 for never.
   */
  long changedIn;

  /** Whether it was used since the cache was looked through. */
  boolean used = true;

  /** The entry in whose place this one stands, as long as what is stored is known to that one. */
  private CacheEntry replaced;

  /** What it counts for in the cache. */
  private int bytes = OVERHEAD_BYTES;

  /** Whether the column family may hold the entry. */
  private boolean mayBeStored = true;

  /** Checksum of the stored value, if it is known. */
  private long storedSum;

  private boolean storedSumKnown;

  CacheEntry(int hash, int keyGroup, Object key, Object namespace, Object mapKey) {
    this.hash = hash;
    this.keyGroup = keyGroup;
    this.key = key;
    this.namespace = namespace;
    this.mapKey = mapKey;
  }

  /** An entry to stand in the place of one that is being written. */
  CacheEntry replacement(Object newValue) {
    CacheEntry copy = new CacheEntry(hash, keyGroup, key, namespace, mapKey);
    copy.value = newValue;
    copy.replaced = this;
    copy.bytes = bytes;
    return copy;
  }

  int bytes() {
    return bytes;
  }

  /** Sets what it counts for; gives the difference to what it was. */
  int resize(int newBytes) {
    int grown = newBytes - bytes;
    bytes = newBytes;
    return grown;
  }

  /** Before what is stored is asked for: the replaced entry has been written by now. */
  void takeOver() {
    if (replaced != null) {
      bytes = replaced.bytes;
      mayBeStored = replaced.mayBeStored;
      storedSum = replaced.storedSum;
      storedSumKnown = replaced.storedSumKnown;
      replaced = null;
    }
  }

  boolean mayBeStored() {
    return mayBeStored;
  }

  /** The column family has no such entry. */
  void notStored() {
    mayBeStored = false;
    storedSumKnown = false;
  }

  /** The column family has it, with a value that need not be compared. */
  void stored() {
    mayBeStored = true;
  }

  /** The column family has it, with a value of this checksum. */
  void stored(long sum) {
    mayBeStored = true;
    storedSum = sum;
    storedSumKnown = true;
  }

  /** Whether the column family is known to have a value of this checksum. */
  boolean isStored(long sum) {
    return storedSumKnown && storedSum == sum;
  }
}
