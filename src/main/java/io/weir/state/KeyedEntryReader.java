package io.weir.state;

import io.weir.serial.SerializationException;
import io.weir.serial.ValueReader;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.StateDescription;
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
  private final EntryDecoder<K, N> entries;
  private int keyGroup;

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
    this.entries = new EntryDecoder<>(stored.kind(), readers, now);
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
      while (!entries.hasElement()) {
        if (!nextEntry()) {
          return false;
        }
      }
      entries.readElement();
      return true;
    } catch (SerializationException e) {
      throw damaged(e.getMessage(), e);
    }
  }

  public int keyGroup() {
    return keyGroup;
  }

  public K key() {
    return entries.key();
  }

  /** Null in a state without namespace. */
  public N namespace() {
    return entries.namespace();
  }

  /** The key within a map. */
  public Object mapKey() {
    return entries.mapKey();
  }

  /** The value, element, or value of a map entry; only the last may be null. */
  public Object value() {
    return entries.value();
  }

  /** The timestamp of a timer, or when the value was used last. */
  public long timestamp() {
    return entries.timestamp();
  }

  /** The sequence number of a timer. */
  public long sequence() {
    return entries.sequence();
  }

  private boolean nextEntry() {
    while (!entries.hasEntry()) {
      if (entries.remaining() > 0) {
        throw damaged(
            entries.remaining() + " bytes are left behind the last entry of key group " + keyGroup,
            null);
      }
      if (!blocks.hasNext()) {
        return false;
      }
      RestoredBlock block = blocks.next();
      entries.reset(block);
      keyGroup = block.keyGroup();
    }
    entries.readEntry();
    checkKeyGroup();
    return true;
  }

  private void checkKeyGroup() {
    K key = entries.key();
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
}
