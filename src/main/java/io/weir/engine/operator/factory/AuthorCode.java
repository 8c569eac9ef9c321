package io.weir.engine.operator.factory;

import io.weir.api.functions.KeySelector;
import io.weir.api.graph.Operator;
import java.io.Serializable;

/**
 * All code of the author that one operator runs; copied as a whole, so that functions that share
 * something go on sharing it.
 *
 * @param keySelector of the first or only input; null if that is not keyed
 * @param secondKeySelector of the second input; null if that is not keyed or there is none
 */
record AuthorCode(
    Operator operator, KeySelector<?, ?> keySelector, KeySelector<?, ?> secondKeySelector)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The key selector of the first input; its types are those of the operator, because the graph was
   * built that way.
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <T, K> KeySelector<T, K> firstKeys() {
    return (KeySelector<T, K>) keySelector;
  }

  /**
   * The key selector of the second input; its types are those of the operator, because the graph
   * was built that way.
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <T, K> KeySelector<T, K> secondKeys() {
    return (KeySelector<T, K>) secondKeySelector;
  }
}
