package io.weir.engine.operator.function;

import io.weir.api.functions.KeySelector;
import io.weir.engine.channel.RecordBatch;
import io.weir.engine.operator.OperatorContext;
import io.weir.snapshot.KeyGroups;
import io.weir.state.KeyedStateBackend;

/**
 * Makes the key of each record the current key of an operator's state; for an operator on a stream
 * that is not keyed it does nothing.
 *
 * <p>The keys of a batch are looked at before its first record is processed: an access to the state
 * of a key is mostly a wait for memory, and the waits for the keys of a batch overlap if they begin
 * together.
 *
 * @param <T> the type of record
 */
public final class KeyContext<T> {
  private final KeySelector<T, Object> selector;
  private KeyedStateBackend<Object> backend;
  private int maxParallelism;

  /** The batch whose records are expected; the next one is at {@link #next}. */
  private RecordBatch expected;

  private int next;
  private int end;

  /** Of the expected records, at their places in the batch. */
  private final Object[] keys;

  private final int[] keyGroups;

  /**
   * Takes what gives the key of a record.
   *
   * @param selector null for a stream that is not keyed
   */
  @SuppressWarnings(
      "unchecked") // the keys go to the backend that the same plan has made for this key's type
  public KeyContext(KeySelector<T, ?> selector) {
    this.selector = (KeySelector<T, Object>) selector;
    int most = selector == null ? 0 : RecordBatch.CAPACITY;
    this.keys = new Object[most];
    this.keyGroups = new int[most];
  }

  /** Whether there are keys. */
  public boolean isKeyed() {
    return selector != null;
  }

  /** Takes the backend from the context. */
  public void initialize(OperatorContext context) {
    if (selector != null) {
      backend = context.keyedState();
      maxParallelism = backend.maxParallelism();
    }
  }

  /** Takes in that the records of a batch come next, from this one on. */
  public void expect(RecordBatch batch, int from) {
    if (selector == null || (batch == expected && from == next)) {
      return;
    }
    expected = batch;
    next = from;
    end = keysOf(batch, from);
    backend.expect(keys, keyGroups, from, end);
  }

  /**
   * Gets the keys of records as far as that works; one that does not will be asked for again, and
   * the failure reported, when it is the record's turn.
   *
   * @return the place of the first record whose key is not known
   */
  @SuppressWarnings("unchecked") // the records are those of this input
  private int keysOf(RecordBatch batch, int from) {
    int place = from;
    try {
      for (; place < batch.size(); place++) {
        Object key = selector.getKey((T) batch.value(place));
        keys[place] = key;
        keyGroups[place] = KeyGroups.keyGroupOf(key, maxParallelism);
      }
    } catch (Exception reportedLater) {
      return place;
    }
    return place;
  }

  /** Makes the record's key the current one. */
  public void setKeyOf(T value) throws Exception {
    if (next < end && expected.value(next) == value) {
      backend.setCurrentKey(keys[next], keyGroups[next]);
      next++;
    } else if (selector != null) {
      backend.setCurrentKey(keyOf(value));
    }
  }

  private Object keyOf(T value) throws Exception {
    Object key = selector.getKey(value);
    if (key == null) {
      throw new NullPointerException(
          "The key selector gave null for the record "
              + value
              + ". Filter such records out in front of keyBy, or give them a key of their own.");
    }
    return key;
  }
}
