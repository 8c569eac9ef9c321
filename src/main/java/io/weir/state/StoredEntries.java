package io.weir.state;

import io.weir.serial.BinaryInput;
import io.weir.serial.SerializationException;
import io.weir.serial.Serializers;
import io.weir.serial.ValueReader;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.Schema;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
import java.util.Arrays;
import java.util.Map;

/**
 * Goes through the entries of one keyed state as they stand in a snapshot, and through the elements
 * of its lists and maps, without any class of the job. Belongs to one thread.
 */
public final class StoredEntries {
  private final StateDescription state;
  private final ValueReader<Object> keys;
  private final ValueReader<Object> namespaces;
  private final ValueReader<Object> mapKeys;
  private final ValueReader<Object> values;
  private final boolean stamped;
  private final BinaryInput in = new BinaryInput();

  private byte[] bytes;
  private int keyGroup;
  private int entriesLeft;
  private int elementsLeft;
  private int keyStart;
  private int identityEnd;
  private int valueStart;
  private Object key;
  private Object namespace;
  private Object mapKey;
  private Object value;
  private long timestamp;

  public StoredEntries(StateDescription state) {
    this.state = state;
    Map<String, Schema> schemas = state.schemas();
    keys = reader(schemas.get(StateDescription.KEY));
    namespaces = reader(schemas.get(StateDescription.NAMESPACE));
    mapKeys = reader(schemas.get(StateDescription.MAP_KEY));
    values = reader(schemas.get(StateDescription.VALUE));
    stamped = schemas.containsKey(StateDescription.TIMESTAMP);
  }

  private static ValueReader<Object> reader(Schema schema) {
    return schema == null ? null : Serializers.treeReader(schema);
  }

  /** Goes on with the entries of a block. */
  public void reset(RestoredBlock block) {
    bytes = block.bytes();
    in.reset(bytes, 0, bytes.length);
    keyGroup = block.keyGroup();
    entriesLeft = block.entries();
    elementsLeft = 0;
  }

  /**
   * Goes to the next value, element, map entry or timer of the block.
   *
   * @return whether there is one
   */
  public boolean next() throws CorruptStateException {
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

  private boolean nextEntry() throws CorruptStateException {
    if (entriesLeft == 0) {
      if (in.remaining() > 0) {
        throw damaged(in.remaining() + " bytes are left behind its last entry", null);
      }
      return false;
    }
    entriesLeft--;
    keyStart = in.position();
    key = keys.read(in);
    namespace = namespaces == null ? null : namespaces.read(in);
    identityEnd = in.position();
    boolean isRun = state.kind() == StateKind.LIST || state.kind() == StateKind.MAP;
    elementsLeft = isRun ? in.readCount(1) : 1;
    return true;
  }

  private void readElement() {
    if (state.kind() == StateKind.TIMERS) {
      timestamp = in.readVarLong();
      identityEnd = in.position();
      valueStart = identityEnd;
      long unused = in.readVarLong();
      return;
    }
    valueStart = in.position();
    mapKey = mapKeys == null ? null : mapKeys.read(in);
    timestamp = stamped ? in.readVarLong() : 0;
    boolean isNull = mapKeys != null && !in.readBoolean();
    value = isNull ? null : values.read(in);
  }

  public int keyGroup() {
    return keyGroup;
  }

  /** As a tree. */
  public Object key() {
    return key;
  }

  /** As a tree; null in a state without namespace. */
  public Object namespace() {
    return namespace;
  }

  /** Of an entry of a map, as a tree. */
  public Object mapKey() {
    return mapKey;
  }

  /** As a tree; null for a timer, and for the null value of a map. */
  public Object value() {
    return value;
  }

  /** Of a timer; of a value that expires, when it was used last; else 0. */
  public long timestamp() {
    return timestamp;
  }

  /**
   * What tells this entry from others: the bytes of key and namespace; of a timer its time, too.
   */
  public byte[] identity() {
    return Arrays.copyOfRange(bytes, keyStart, identityEnd);
  }

  /** How many bytes the value, element or map entry takes, without key and namespace. */
  public int sizeBytes() {
    return in.position() - valueStart;
  }

  private CorruptStateException damaged(String what, Throwable cause) {
    return new CorruptStateException(
        "the state '"
            + state.name()
            + "' is damaged in key group "
            + keyGroup
            + ": "
            + what
            + "; look at an older checkpoint",
        cause);
  }
}
