package io.weir.state;

import io.weir.serial.BinaryInput;
import io.weir.serial.ValueReader;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
import java.util.Map;

/**
 * Decodes the entries of one keyed state, and the elements of its lists and maps, as {@link
 * KeyedEntryWriter} has written them into blocks. What is damaged comes out as a {@link
 * io.weir.serial.SerializationException}. Belongs to one thread.
 *
 * @param <K> what keys are read as
 * @param <N> what namespaces are read as
 */
final class EntryDecoder<K, N> {
  private final StateKind kind;
  private final ValueReader<K> keys;
  private final ValueReader<N> namespaces;
  private final ValueReader<?> mapKeys;
  private final ValueReader<?> values;
  private final ValueReader<Long> timestamps;

  private final BinaryInput in = new BinaryInput();

  /** Entries of the present block that are still to come. */
  private int entriesLeft;

  /** Elements of the present entry that are still to come. */
  private int elementsLeft;

  private int keyStart;
  private int identityEnd;
  private int valueStart;
  private K key;
  private N namespace;
  private Object mapKey;
  private Object value;
  private long timestamp;
  private long sequence;

  /**
   * @param readers by the role of what they read
   * @param timestamp of values that were stored without
   */
  EntryDecoder(StateKind kind, Map<String, ValueReader<?>> readers, long timestamp) {
    this.kind = kind;
    this.keys = cast(readers.get(StateDescription.KEY));
    this.namespaces = cast(readers.get(StateDescription.NAMESPACE));
    this.mapKeys = readers.get(StateDescription.MAP_KEY);
    this.values = readers.get(StateDescription.VALUE);
    this.timestamps = cast(readers.get(StateDescription.TIMESTAMP));
    this.timestamp = timestamp;
  }

  @SuppressWarnings("unchecked") // made for the state's types
  private static <T> ValueReader<T> cast(ValueReader<?> reader) {
    return (ValueReader<T>) reader;
  }

  /** Goes on with the entries of a block. */
  void reset(RestoredBlock block) {
    in.reset(block.bytes(), 0, block.bytes().length);
    entriesLeft = block.entries();
    elementsLeft = 0;
  }

  boolean hasEntry() {
    return entriesLeft > 0;
  }

  /** Whether the present entry has an element that was not read. */
  boolean hasElement() {
    return elementsLeft > 0;
  }

  /** Bytes of the block that were not read. */
  int remaining() {
    return in.remaining();
  }

  /** Reads key and namespace of the next entry. */
  void readEntry() {
    entriesLeft--;
    keyStart = in.position();
    key = keys.read(in);
    namespace = namespaces == null ? null : namespaces.read(in);
    identityEnd = in.position();
    boolean isRun = kind == StateKind.LIST || kind == StateKind.MAP;
    elementsLeft = isRun ? in.readCount(1) : 1;
  }

  /** Reads the next value, element, map entry or timer of the present entry. */
  void readElement() {
    elementsLeft--;
    if (kind == StateKind.TIMERS) {
      timestamp = in.readVarLong();
      identityEnd = in.position();
      valueStart = identityEnd;
      sequence = in.readVarLong();
      return;
    }
    valueStart = in.position();
    mapKey = mapKeys == null ? null : mapKeys.read(in);
    if (timestamps != null) {
      timestamp = timestamps.read(in);
    }
    boolean isNull = mapKeys != null && !in.readBoolean();
    value = isNull ? null : values.read(in);
  }

  K key() {
    return key;
  }

  /** Null in a state without namespace. */
  N namespace() {
    return namespace;
  }

  /** The key within a map. */
  Object mapKey() {
    return mapKey;
  }

  /** The value, element, or value of a map entry; only the last may be null. */
  Object value() {
    return value;
  }

  /** The timestamp of a timer, or when the value was used last. */
  long timestamp() {
    return timestamp;
  }

  /** The sequence number of a timer. */
  long sequence() {
    return sequence;
  }

  /** Where key and namespace begin in the block. */
  int keyStart() {
    return keyStart;
  }

  /** Where they end; of a timer with its time. */
  int identityEnd() {
    return identityEnd;
  }

  /** How many bytes the element takes, without key and namespace. */
  int elementBytes() {
    return in.position() - valueStart;
  }
}
