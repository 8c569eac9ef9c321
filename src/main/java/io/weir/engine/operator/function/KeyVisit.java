package io.weir.engine.operator.function;

import io.weir.api.state.KeyedStateFunction;
import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.state.KeyedStateBackend;

/** Calls a function for every key that has a value in a state; the first exception ends it. */
final class KeyVisit<K, S extends State> {
  private final KeyedStateFunction<K, S> function;
  private final S state;

  KeyVisit(KeyedStateFunction<K, S> function, S state) {
    this.function = function;
    this.state = state;
  }

  void over(KeyedStateBackend<K> backend, StateDescriptor<S, ?> descriptor) throws Exception {
    try {
      backend.forEachKey(descriptor, this::visit);
    } catch (FailedVisit failed) {
      throw failed.userException;
    }
  }

  private void visit(K key) {
    try {
      function.process(key, state);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new FailedVisit(e);
    }
  }

  /** Carries a checked exception through the backend. */
  private static final class FailedVisit extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Exception userException;

    FailedVisit(Exception userException) {
      super(userException);
      this.userException = userException;
    }
  }
}
