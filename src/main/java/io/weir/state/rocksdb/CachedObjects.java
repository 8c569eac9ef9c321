package io.weir.state.rocksdb;

import io.weir.serial.BinaryInput;
import io.weir.serial.BinaryOutput;
import io.weir.state.KeyedObjects;
import io.weir.state.KeyedStateFormat;
import io.weir.state.TimeToLive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.rocksdb.RocksDBException;

/**
 * The objects of one state: a hash table of those that the cache has, and access to the column
 * family for the others. Of a map every entry is an object of its own. Belongs to the task's
 * thread.
 *
 * @param <K> the type of key
 * @param <N> the type of namespace
 */
final class CachedObjects<K, N> implements KeyedObjects<N> {
  private static final int FIRST_BUCKETS = 64;

  /** So many buckets are looked at in one sweep. */
  private static final int SWEPT_BUCKETS = 64;

  /** No change was ever counted so. */
  private static final long NONE = -1;

  /** So many entries are read one by one. */
  private static final int FEW_MISSES = 8;

  private final WriteBackCache cache;
  private final Database database;
  private final Family family;
  private final ActiveKey<K> current;
  private final KeyLayout<K, N> keys;
  private final ValueLayout values;
  private final boolean mutable;
  private final EntryWriter<K, N> writer;
  private final TypicalSize sizes;
  private final BinaryInput in = new BinaryInput();

  /** Counts how often changes were written or frozen. */
  private long epoch = 1;

  /** The epoch whose changes are frozen and may not have been written, or {@link #NONE}. */
  private long frozenEpoch = NONE;

  /** The entries that have changed in this epoch. */
  private List<CacheEntry> dirty = new ArrayList<>();

  private CacheEntry[] buckets = new CacheEntry[FIRST_BUCKETS];
  private int size;

  /** Where the next sweep begins. */
  private int hand;

  private N namespace;
  private Object mapKey;

  /** What was found last, while the key had this version. */
  private CacheEntry last;

  private long lastVersion;

  /** How many entries the cache did not have since keys were announced, or when they were. */
  private int misses;

  private final List<K> absent = new ArrayList<>();
  private final List<byte[]> absentBytes = new ArrayList<>();

  /**
   * How often changes were written or frozen: what was read from the database before may be out of
   * date.
   */
  private long writes;

  CachedObjects(
      WriteBackCache cache,
      Family family,
      ActiveKey<K> current,
      KeyedStateFormat<K, N> format,
      TimeToLive timeToLive) {
    this.cache = cache;
    this.database = cache.database();
    this.family = family;
    this.current = current;
    this.keys = new KeyLayout<>(format);
    this.values = new ValueLayout(format, timeToLive);
    this.writer = new EntryWriter<>(family, format, timeToLive);
    this.sizes = new TypicalSize(values);
    this.mutable = values.isMutable();
  }

  @Override
  public void enter(N newNamespace) {
    namespace = newNamespace;
  }

  N namespace() {
    return namespace;
  }

  /** Makes this the key within the map to which all access refers. */
  void enterMapKey(Object newMapKey) {
    mapKey = newMapKey;
  }

  /** Goes to a stored entry: makes its key the current one. */
  void enter(byte[] storedKey) {
    current.set(keys.keyOf(storedKey), KeyLayout.keyGroupOf(storedKey));
    namespace = keys.namespace();
    mapKey = keys.mapKey();
  }

  @Override
  public Object look() {
    return load().value;
  }

  @Override
  public Object own() {
    CacheEntry entry = load();
    return mutable && entry.value != null ? owned(entry) : entry.value;
  }

  @Override
  public void set(Object value) {
    assign(value);
  }

  @Override
  public void remove() {
    assign(null);
  }

  /**
   * The present object as {@link #own()} gives it, with help: its stored value is known, unless it
   * has been changed since.
   */
  Object own(byte[] stored) {
    CacheEntry entry = find();
    if (entry == null) {
      if (!mutable) {
        in.reset(stored, 0, stored.length);
        return values.read(in);
      }
      entry = insert();
      decode(entry, stored, stored.length);
    }
    return mutable && entry.value != null ? owned(entry) : entry.value;
  }

  /** The value, which may be changed: if it is a list, it may grow by an element. */
  private Object owned(CacheEntry entry) {
    CacheEntry own = changing(entry);
    count(own, own.bytes() + sizes.ofElement());
    return own.value;
  }

  /**
   * Whether it pays to ask for the entries of keys, from one place to another, together: of late so
   * many were not in the cache, or so many of these cannot be. Looks at what there is for all of
   * them at once, so that main memory is waited for once and not for each.
   */
  boolean wantsPrefetch(Object[] upcoming, int from, int to) {
    int mask = buckets.length - 1;
    int missing = 0;
    for (int index = from; index < to; index++) {
      int hash = hash(upcoming[index].hashCode(), null, null);
      CacheEntry first = buckets[hash & mask];
      missing += first == null || (first.hash != hash && first.next == null) ? 1 : 0;
    }
    return misses >= FEW_MISSES || missing >= FEW_MISSES;
  }

  /** Reads the entries of keys, from one place to another, that the cache does not have. */
  void prefetch(Object[] upcoming, int[] keyGroups, int from, int to) {
    misses = 0;
    absent.clear();
    absentBytes.clear();
    for (int index = from; index < to; index++) {
      @SuppressWarnings("unchecked") // only keys are expected
      K key = (K) upcoming[index];
      if (find(key, hash(key.hashCode(), null, null)) == null) {
        absent.add(key);
        absentBytes.add(keys.entry(keyGroups[index], key, null, null).toByteArray());
      }
    }
    if (absent.isEmpty()) {
      return;
    }
    List<byte[]> stored = database.getAll(family, absentBytes);
    for (int index = 0; index < absent.size(); index++) {
      K key = absent.get(index);
      int hash = hash(key.hashCode(), null, null);
      if (find(key, hash) == null) {
        CacheEntry entry =
            insert(
                new CacheEntry(
                    hash, KeyLayout.keyGroupOf(absentBytes.get(index)), key, null, null));
        byte[] value = stored.get(index);
        if (value == null) {
          entry.notStored();
        } else {
          decode(entry, value, value.length);
        }
        misses++;
      }
    }
  }

  private CacheEntry find(K key, int hash) {
    for (CacheEntry entry = buckets[hash & (buckets.length - 1)];
        entry != null;
        entry = entry.next) {
      if (entry.hash == hash && entry.key.equals(key)) {
        entry.used = true;
        return entry;
      }
    }
    return null;
  }

  long writes() {
    return writes;
  }

  KeyLayout<K, N> keys() {
    return keys;
  }

  ValueLayout values() {
    return values;
  }

  /** The keys of a key group that have an entry. */
  List<K> keysOf(int keyGroup) {
    cache.write(this::collectChanges);
    List<K> found = new ArrayList<>();
    database.scan(
        family,
        KeyLayout.startOf(keyGroup),
        (stored, value) -> {
          if (KeyLayout.keyGroupOf(stored) != keyGroup) {
            return false;
          }
          K key = keys.keyOf(stored);
          if (found.isEmpty() || !found.get(found.size() - 1).equals(key)) {
            found.add(key);
          }
          return true;
        });
    return found;
  }

  /** What the keys of all stored entries of the present map begin with. */
  byte[] mapPrefix() {
    current.keyHashCode();
    return keys.prefix(current.keyGroup(), current.key(), namespace).toByteArray();
  }

  /** Goes through the stored entries that begin with a prefix, from a key on. */
  void scan(byte[] prefix, byte[] from, Database.Entries<RuntimeException> entries) {
    cache.write(this::collectChanges);
    database.scan(
        family,
        from,
        (key, value) ->
            key.length >= prefix.length
                && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)
                && entries.accept(key, value));
  }

  /** Adds all changes to the batch. */
  void collectChanges() throws RocksDBException {
    if (dirty.isEmpty()) {
      return;
    }
    for (CacheEntry entry : dirty) {
      cache.grown(writer.write(entry, cache.batch()));
    }
    dirty.clear();
    epoch++;
    writes++;
  }

  /** Hands over all changes, which stay as they are from now on. */
  FrozenChanges.Part freeze() {
    FrozenChanges.Part changes = new FrozenChanges.Part(writer, dirty);
    frozenEpoch = epoch;
    epoch++;
    writes++;
    dirty = new ArrayList<>(dirty.size());
    return changes;
  }

  /** What was frozen has been written. */
  void thaw() {
    frozenEpoch = NONE;
  }

  /**
   * Looks at some entries, and removes those that were not used since they were looked at.
   *
   * @return whether all have had their turn
   */
  boolean sweep() {
    int end = Math.min(buckets.length, hand + SWEPT_BUCKETS);
    for (; hand < end; hand++) {
      CacheEntry kept = null;
      CacheEntry next;
      for (CacheEntry each = buckets[hand]; each != null; each = next) {
        next = each.next;
        if (each.used || each.changedIn == epoch || each.changedIn == frozenEpoch) {
          each.used = false;
          each.next = kept;
          kept = each;
        } else {
          cache.grown(-each.bytes());
          size--;
        }
      }
      buckets[hand] = kept;
    }
    last = null;
    if (hand < buckets.length) {
      return false;
    }
    hand = 0;
    return true;
  }

  private void assign(Object value) {
    CacheEntry entry = find();
    if (entry == null) {
      entry = insert();
    }
    if (entry.changedIn != epoch) {
      entry = isBeingWritten(entry) ? replace(entry, value) : entry;
      changed(entry);
    }
    if (value != null) {
      count(entry, Math.max(entry.bytes(), CacheEntry.OVERHEAD_BYTES + sizes.of(value)));
    }
    entry.value = value;
  }

  /** The entry, or what stands in its place from now on, whose value may be changed. */
  private CacheEntry changing(CacheEntry entry) {
    if (entry.changedIn == epoch) {
      return entry;
    }
    CacheEntry own = isBeingWritten(entry) ? replace(entry, values.copy(entry.value)) : entry;
    changed(own);
    return own;
  }

  private void changed(CacheEntry entry) {
    entry.changedIn = epoch;
    dirty.add(entry);
  }

  private boolean isBeingWritten(CacheEntry entry) {
    return entry.changedIn == frozenEpoch && cache.isFrozen();
  }

  @SuppressWarnings("ReferenceEquality") // it is this entry that is looked for
  private CacheEntry replace(CacheEntry entry, Object value) {
    CacheEntry replacement = entry.replacement(value);
    int bucket = entry.hash & (buckets.length - 1);
    if (buckets[bucket] == entry) {
      buckets[bucket] = replacement;
    } else {
      CacheEntry before = buckets[bucket];
      while (before.next != entry) {
        before = before.next;
      }
      before.next = replacement;
    }
    replacement.next = entry.next;
    if (last == entry) {
      last = replacement;
    }
    return replacement;
  }

  private CacheEntry load() {
    CacheEntry entry = find();
    if (entry == null) {
      misses++;
      BinaryOutput key = keys.entry(current.keyGroup(), current.key(), namespace, mapKey);
      int length = database.get(family, key.array(), key.position());
      entry = insert();
      if (length < 0) {
        entry.notStored();
      } else {
        decode(entry, database.read(), length);
      }
    }
    return entry;
  }

  private void decode(CacheEntry entry, byte[] stored, int length) {
    in.reset(stored, 0, length);
    entry.value = values.read(in);
    if (mutable) {
      entry.stored(Checksum.of(stored, length));
    }
    count(entry, CacheEntry.OVERHEAD_BYTES + length);
  }

  private void count(CacheEntry entry, int bytes) {
    cache.grown(entry.resize(bytes));
  }

  @SuppressWarnings("ReferenceEquality") // a shortcut; other objects are compared by value
  private CacheEntry find() {
    int keyHash = current.keyHashCode();
    CacheEntry entry = last;
    if (entry != null
        && lastVersion == current.version()
        && entry.namespace == namespace
        && entry.mapKey == mapKey) {
      return entry;
    }
    int hash = hash(keyHash, namespace, mapKey);
    for (entry = buckets[hash & (buckets.length - 1)]; entry != null; entry = entry.next) {
      if (entry.hash == hash
          && entry.key.equals(current.key())
          && Objects.equals(entry.namespace, namespace)
          && Objects.equals(entry.mapKey, mapKey)) {
        entry.used = true;
        remember(entry);
        return entry;
      }
    }
    return null;
  }

  private CacheEntry insert() {
    int hash = hash(current.keyHashCode(), namespace, mapKey);
    CacheEntry entry =
        insert(new CacheEntry(hash, current.keyGroup(), current.key(), namespace, mapKey));
    remember(entry);
    return entry;
  }

  private CacheEntry insert(CacheEntry entry) {
    if (size >= buckets.length) {
      grow();
    }
    int bucket = entry.hash & (buckets.length - 1);
    entry.next = buckets[bucket];
    buckets[bucket] = entry;
    size++;
    cache.grown(entry.bytes());
    return entry;
  }

  private void remember(CacheEntry entry) {
    last = entry;
    lastVersion = current.version();
  }

  private static int hash(int keyHash, Object namespace, Object mapKey) {
    int hash = 31 * (31 * keyHash + Objects.hashCode(namespace)) + Objects.hashCode(mapKey);
    hash *= 0x9E3779B9;
    return hash ^ (hash >>> 16);
  }

  private void grow() {
    CacheEntry[] old = buckets;
    buckets = new CacheEntry[2 * old.length];
    for (CacheEntry bucket : old) {
      CacheEntry next;
      for (CacheEntry each = bucket; each != null; each = next) {
        next = each.next;
        int place = each.hash & (buckets.length - 1);
        each.next = buckets[place];
        buckets[place] = each;
      }
    }
    hand = 0;
  }
}
