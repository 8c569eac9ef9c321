package io.weir.engine.operator.function;

import io.weir.api.functions.KeySelector;
import io.weir.engine.operator.OperatorContext;
import io.weir.state.KeyedStateBackend;

/**
 * Makes the key of each record the current key of an operator's state; for an operator on a stream
 * that is not keyed it does nothing.
 *
 * @param <T> the type of record
 */
public final class KeyContext<T> {
  private final KeySelector<T, Object> selector;
  private KeyedStateBackend<Object> backend;

  /**
   * Takes what gives the key of a record.
   *
   * @param selector null for a stream that is not keyed
   */
  @SuppressWarnings(
      "unchecked") // the keys go to the backend that the same plan has made for this key's type
  public KeyContext(KeySelector<T, ?> selector) {
    this.selector = (KeySelector<T, Object>) selector;
  }

  /** Whether there are keys. */
  public boolean isKeyed() {
    return selector != null;
  }

  /** Takes the backend from the context. */
  public void initialize(OperatorContext context) {
    if (selector != null) {
      backend = context.keyedState();
    }
  }

  /** Makes the record's key the current one. */
  public void setKeyOf(T value) throws Exception {
    if (selector != null) {
      Object key = selector.getKey(value);
      if (key == null) {
        throw new NullPointerException(
            "The key selector gave null for the record "
                + value
                + ". Filter such records out in front of keyBy, or give them a key of their own.");
      }
      backend.setCurrentKey(key);
    }
  }
}
