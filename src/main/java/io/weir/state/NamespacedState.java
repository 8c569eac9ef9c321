package io.weir.state;

import io.weir.api.state.State;
import java.util.Collection;

/**
 * A keyed state that exists once per key and namespace; a window is a namespace.
 *
 * @param <N> the type of namespace
 * @param <S> the kind of state
 */
public interface NamespacedState<N, S extends State> {

  /**
   * The state of the current key in this namespace; the returned object is the same each time and
   * valid until the next call.
   */
  S in(N namespace);

  /**
   * Moves the current key's state in the source namespaces into the target, merged with what is
   * there. The state must be a list, reducing or aggregating one.
   */
  void merge(N target, Collection<N> sources) throws Exception;
}
