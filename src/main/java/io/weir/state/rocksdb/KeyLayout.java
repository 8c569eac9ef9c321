package io.weir.state.rocksdb;

import io.weir.serial.BinaryInput;
import io.weir.serial.BinaryOutput;
import io.weir.serial.Serializer;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
import io.weir.state.KeyedStateFormat;

/**
 * What the keys of one column family look like. All begin with their key group, two bytes,
 * big-endian:
 *
 * <pre>
 *   value, list, ...  key group | key | namespace
 *   map               key group | key | namespace | 1 | key within the map
 *   timers            key group | timestamp, in ascending order | key | namespace
 * </pre>
 *
 * <p>The serialized form of a key is never the beginning of another key's, so no separators are
 * needed, and all entries of one map stand together. Behind the key group of all but timers, key
 * and value are together exactly one entry of the canonical form (of a map: a run of one entry), so
 * a canonical snapshot copies bytes. Belongs to the task's thread.
 *
 * @param <K> the type of key
 * @param <N> the type of namespace
 */
final class KeyLayout<K, N> {
  /** Bytes of the key group in front of every key. */
  static final int KEY_GROUP_BYTES = 2;

  /** Bytes of the timestamp in a timer's key. */
  static final int TIMESTAMP_BYTES = Long.BYTES;

  /** The number of map entries in the canonical run that an entry of a map is. */
  private static final int RUN_OF_ONE = 1;

  private final Serializer<K> keys;
  private final Serializer<N> namespaces;
  private final Serializer<Object> mapKeys;
  private final boolean timers;
  private final BinaryOutput out = new BinaryOutput(64);
  private final BinaryInput in = new BinaryInput();

  KeyLayout(KeyedStateFormat<K, N> format) {
    keys = format.serializer(StateDescription.KEY);
    namespaces = format.serializer(StateDescription.NAMESPACE);
    mapKeys = format.serializer(StateDescription.MAP_KEY);
    timers = format.description().kind() == StateKind.TIMERS;
  }

  /** The first possible key of a key group; for the one behind the last, the end of all keys. */
  static byte[] startOf(int keyGroup) {
    return keyGroup >= KeyGroups.MAX_PARALLELISM_LIMIT
        ? new byte[] {(byte) 0xFF, (byte) 0xFF}
        : new byte[] {(byte) (keyGroup >>> 8), (byte) keyGroup};
  }

  static int keyGroupOf(byte[] key) {
    return (key[0] & 0xFF) << 8 | (key[1] & 0xFF);
  }

  /** Writes the key of an entry; valid until the next call of a method of this object. */
  BinaryOutput entry(int keyGroup, K key, N namespace, Object mapKey) {
    prefix(keyGroup, key, namespace);
    if (mapKeys != null) {
      mapKeys.write(mapKey, out);
    }
    return out;
  }

  /** Writes what the keys of all entries of a map, or the only one, begin with. */
  BinaryOutput prefix(int keyGroup, K key, N namespace) {
    out.reset();
    out.writeShort(keyGroup);
    writeKey(key, namespace);
    if (mapKeys != null) {
      out.writeByte(RUN_OF_ONE);
    }
    return out;
  }

  /** The part of a timer's key behind its timestamp. */
  byte[] timerSuffix(K key, N namespace) {
    out.reset();
    writeKey(key, namespace);
    return out.toByteArray();
  }

  /** Writes the key of a timer. */
  BinaryOutput timer(int keyGroup, long timestamp, byte[] suffix) {
    out.reset();
    out.writeShort(keyGroup);
    out.writeLong(timestamp ^ Long.MIN_VALUE);
    out.writeBytes(suffix, 0, suffix.length);
    return out;
  }

  static long timestampOf(byte[] timerKey) {
    return new BinaryInput(timerKey, KEY_GROUP_BYTES, TIMESTAMP_BYTES).readLong() ^ Long.MIN_VALUE;
  }

  /** The key in a stored key; {@link #namespace()} and {@link #mapKey()} go on from there. */
  K keyOf(byte[] stored) {
    return keyOf(stored, KEY_GROUP_BYTES + (timers ? TIMESTAMP_BYTES : 0));
  }

  /** The same of a key that begins at an offset. */
  K keyOf(byte[] stored, int offset) {
    in.reset(stored, offset, stored.length - offset);
    return keys.read(in);
  }

  /** The namespace behind the key that was read last; null in a state without. */
  N namespace() {
    return namespaces == null ? null : namespaces.read(in);
  }

  /** The key within a map, behind the namespace that was read last; null in a state of others. */
  Object mapKey() {
    if (mapKeys == null) {
      return null;
    }
    in.skip(1);
    return mapKeys.read(in);
  }

  private void writeKey(K key, N namespace) {
    keys.write(key, out);
    if (namespaces != null) {
      namespaces.write(namespace, out);
    }
  }
}
