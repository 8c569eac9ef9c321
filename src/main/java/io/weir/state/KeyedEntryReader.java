package io.weir.state;

import io.weir.serial.BinaryInput;
import io.weir.serial.SerializationException;
import io.weir.serial.ValueReader;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
import java.util.Iterator;
import java.util.Map;

/**
 * Goes through restored entries of one keyed state, and through the elements of its lists and maps.
 * Checks that every key still belongs to the key group that it stands in. Belongs to one thread.
 *
 * @param <K> the type of key
 * @param <N> the type of namespace
 */
public final class KeyedEntryReader<K, N> {
  private final String operatorName;
  private final StateDescription stored;
  private final Iterator<RestoredBlock> blocks;
  private final int maxParallelism;
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

  private int keyGroup;
  private K key;
  private N namespace;
  private Object mapKey;
  private Object value;
  private long timestamp;
  private long sequence;

  KeyedEntryReader(
      String operatorName,
      RestoredState restored,
      Map<String, ValueReader<?>> readers,
      int maxParallelism,
      long now) {
    this.operatorName = operatorName;
    this.stored = restored.description();
    this.blocks = restored.blocks().iterator();
    this.maxParallelism = maxParallelism;
    this.keys = cast(readers.get(StateDescription.KEY));
    this.namespaces = cast(readers.get(StateDescription.NAMESPACE));
    this.mapKeys = readers.get(StateDescription.MAP_KEY);
    this.values = readers.get(StateDescription.VALUE);
    this.timestamps = cast(readers.get(StateDescription.TIMESTAMP));
    this.timestamp = now;
  }

  /**
   * Goes to the next value, element, map entry or timer.
   *
   * @return whether there is one
   * @throws StateException if the bytes are damaged or a key stands in another key group than its
   *     hash code says
   */
  public boolean next() {
    try {
      while (elementsLeft == 0) {
        if (!nextEntry()) {
          return false;
        }
      }
      elementsLeft--;
      readElement();
      return true;
    } catch (SerializationException e) {
      throw damaged(e.getMessage(), e);
    }
  }

  public int keyGroup() {
    return keyGroup;
  }

  public K key() {
    return key;
  }

  /** Null in a state without namespace. */
  public N namespace() {
    return namespace;
  }

  /** The key within a map. */
  public Object mapKey() {
    return mapKey;
  }

  /** The value, element, or value of a map entry; only the last may be null. */
  public Object value() {
    return value;
  }

  /** The timestamp of a timer, or when the value was used last. */
  public long timestamp() {
    return timestamp;
  }

  /** The sequence number of a timer. */
  public long sequence() {
    return sequence;
  }

  private boolean nextEntry() {
    while (entriesLeft == 0) {
      if (in.remaining() > 0) {
        throw damaged(
            in.remaining() + " bytes are left behind the last entry of key group " + keyGroup,
            null);
      }
      if (!blocks.hasNext()) {
        return false;
      }
      RestoredBlock block = blocks.next();
      in.reset(block.bytes(), 0, block.bytes().length);
      keyGroup = block.keyGroup();
      entriesLeft = block.entries();
    }
    entriesLeft--;
    key = keys.read(in);
    checkKeyGroup();
    namespace = namespaces == null ? null : namespaces.read(in);
    boolean isRun = stored.kind() == StateKind.LIST || stored.kind() == StateKind.MAP;
    elementsLeft = isRun ? in.readCount(1) : 1;
    return true;
  }

  private void readElement() {
    if (stored.kind() == StateKind.TIMERS) {
      timestamp = in.readVarLong();
      sequence = in.readVarLong();
      return;
    }
    mapKey = mapKeys == null ? null : mapKeys.read(in);
    if (timestamps != null) {
      timestamp = timestamps.read(in);
    }
    boolean isNull = mapKeys != null && !in.readBoolean();
    value = isNull ? null : values.read(in);
  }

  private void checkKeyGroup() {
    int expected = KeyGroups.keyGroupOf(key, maxParallelism);
    if (expected != keyGroup) {
      throw KeyFaults.moved(operatorName, stored.name(), key, keyGroup, expected, maxParallelism);
    }
  }

  private StateException damaged(String what, Throwable cause) {
    String message =
        "operator '"
            + operatorName
            + "': the restored state '"
            + stored.name()
            + "' is damaged: "
            + what
            + "; restore from an older checkpoint";
    return new StateException(message, new CorruptStateException(message, cause));
  }

  @SuppressWarnings("unchecked") // made for the state's types
  private static <T> ValueReader<T> cast(ValueReader<?> reader) {
    return (ValueReader<T>) reader;
  }
}
