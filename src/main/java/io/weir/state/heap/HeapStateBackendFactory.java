package io.weir.state.heap;

import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.StateBackendFactory;
import java.io.IOException;

/** Makes backends that keep state as objects on the heap. */
public final class HeapStateBackendFactory implements StateBackendFactory {

  @Override
  public String name() {
    return "hashmap";
  }

  @Override
  public <K> KeyedStateBackend<K> create(KeyedBackendParameters<K> parameters) throws IOException {
    return new HeapKeyedStateBackend<>(parameters);
  }
}
