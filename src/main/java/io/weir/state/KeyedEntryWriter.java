package io.weir.state;

import io.weir.serial.BinaryOutput;
import io.weir.serial.Serializer;
import io.weir.snapshot.StateDescription;
import java.io.IOException;

/**
 * Writes the entries of one keyed state in the canonical form. An entry is the key, the namespace
 * if the state has one, and then
 *
 * <ul>
 *   <li>of a value, reducing or aggregating state: the value;
 *   <li>of a list: a number of elements, and these;
 *   <li>of a map: a number of map entries, and of each its key, whether its value is not null, and
 *       the value;
 *   <li>of timers: timestamp and sequence number, both as variable-length longs.
 * </ul>
 *
 * <p>In a state with a time to live the time of last use stands in front of each value or element,
 * and behind each map key. A list or map may be spread over several entries: of a list they follow
 * each other in the order of the elements. Belongs to one thread.
 *
 * @param <K> the type of key
 * @param <N> the type of namespace
 */
public final class KeyedEntryWriter<K, N> {
  /**
   * A list or map is spread over entries of at most so many elements, so that no entry needs much
   * memory.
   */
  public static final int MAX_RUN = 1024;

  private final KeyedSnapshotWriter target;
  private final Serializer<K> keys;
  private final Serializer<N> namespaces;
  private final Serializer<Object> mapKeys;
  private final Serializer<Object> values;
  private final Serializer<Long> timestamps;

  KeyedEntryWriter(KeyedStateFormat<K, N> format, KeyedSnapshotWriter target) {
    this.target = target;
    keys = format.serializer(StateDescription.KEY);
    namespaces = format.serializer(StateDescription.NAMESPACE);
    mapKeys = format.serializer(StateDescription.MAP_KEY);
    values = format.serializer(StateDescription.VALUE);
    timestamps = format.serializer(StateDescription.TIMESTAMP);
  }

  /**
   * Writes an entry of a value, reducing or aggregating state.
   *
   * @param namespace ignored if the state has none
   * @param timestamp ignored if the state has no time to live
   */
  public void value(K key, N namespace, long timestamp, Object value) throws IOException {
    BinaryOutput out = begin(key, namespace);
    timestamp(timestamp, out);
    values.write(value, out);
    target.endEntry();
  }

  /** Writes a timer. */
  public void timer(K key, N namespace, long timestamp, long sequence) throws IOException {
    BinaryOutput out = begin(key, namespace);
    out.writeVarLong(timestamp);
    out.writeVarLong(sequence);
    target.endEntry();
  }

  /**
   * Begins an entry of a list or map.
   *
   * @param count how many elements will be written into it, at most {@link #MAX_RUN}
   */
  public void beginRun(K key, N namespace, int count) {
    begin(key, namespace).writeUnsignedVarInt(count);
  }

  /** Writes an element of a list. */
  public void element(long timestamp, Object value) {
    BinaryOutput out = target.entry();
    timestamp(timestamp, out);
    values.write(value, out);
  }

  /**
   * Writes an entry of a map.
   *
   * @param value may be null
   */
  public void mapEntry(Object mapKey, long timestamp, Object value) {
    BinaryOutput out = target.entry();
    mapKeys.write(mapKey, out);
    timestamp(timestamp, out);
    out.writeBoolean(value != null);
    if (value != null) {
      values.write(value, out);
    }
  }

  /** Ends what {@link #beginRun} has begun. */
  public void endRun() throws IOException {
    target.endEntry();
  }

  private BinaryOutput begin(K key, N namespace) {
    BinaryOutput out = target.entry();
    keys.write(key, out);
    if (namespaces != null) {
      namespaces.write(namespace, out);
    }
    return out;
  }

  private void timestamp(long timestamp, BinaryOutput out) {
    if (timestamps != null) {
      timestamps.write(timestamp, out);
    }
  }
}
