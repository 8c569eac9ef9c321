package io.weir.state;

import io.weir.serial.SerializationException;
import io.weir.serial.Serializers;
import io.weir.serial.ValueReader;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.StateDescription;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Goes through the entries of one keyed state as they stand in a snapshot, and through the elements
 * of its lists and maps, without any class of the job. Belongs to one thread.
 */
public final class StoredEntries {
  private final StateDescription state;
  private final EntryDecoder<Object, Object> entries;
  private RestoredBlock block;

  public StoredEntries(StateDescription state) {
    this.state = state;
    Map<String, ValueReader<?>> readers = new HashMap<>();
    state.schemas().forEach((role, schema) -> readers.put(role, Serializers.treeReader(schema)));
    this.entries = new EntryDecoder<>(state.kind(), readers, /* timestamp= */ 0);
  }

  /** Goes on with the entries of a block. */
  public void reset(RestoredBlock next) {
    block = next;
    entries.reset(next);
  }

  /**
   * Goes to the next value, element, map entry or timer of the block.
   *
   * @return whether there is one
   */
  public boolean next() throws CorruptStateException {
    try {
      while (!entries.hasElement()) {
        if (!entries.hasEntry()) {
          requireEnd();
          return false;
        }
        entries.readEntry();
      }
      entries.readElement();
      return true;
    } catch (SerializationException e) {
      throw damaged(e.getMessage(), e);
    }
  }

  private void requireEnd() throws CorruptStateException {
    if (entries.remaining() > 0) {
      throw damaged(entries.remaining() + " bytes are left behind its last entry", null);
    }
  }

  public int keyGroup() {
    return block.keyGroup();
  }

  /** As a tree. */
  public Object key() {
    return entries.key();
  }

  /** As a tree; null in a state without namespace. */
  public Object namespace() {
    return entries.namespace();
  }

  /** Of an entry of a map, as a tree. */
  public Object mapKey() {
    return entries.mapKey();
  }

  /** As a tree; null for a timer, and for the null value of a map. */
  public Object value() {
    return entries.value();
  }

  /** Of a timer; of a value that expires, when it was used last; else 0. */
  public long timestamp() {
    return entries.timestamp();
  }

  /**
   * What tells this entry from others: the bytes of key and namespace; of a timer its time, too.
   */
  public byte[] identity() {
    return Arrays.copyOfRange(block.bytes(), entries.keyStart(), entries.identityEnd());
  }

  /** How many bytes the value, element or map entry takes, without key and namespace. */
  public int sizeBytes() {
    return entries.elementBytes();
  }

  private CorruptStateException damaged(String what, Throwable cause) {
    return new CorruptStateException(
        "the state '"
            + state.name()
            + "' is damaged in key group "
            + block.keyGroup()
            + ": "
            + what
            + "; look at an older checkpoint",
        cause);
  }
}
