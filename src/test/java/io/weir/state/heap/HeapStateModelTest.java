package io.weir.state.heap;

import io.weir.state.KeyedStateModelContract;
import io.weir.state.StateBackendFactory;

class HeapStateModelTest extends KeyedStateModelContract {
  @Override
  protected StateBackendFactory factory() {
    return new HeapStateBackendFactory();
  }
}
