package io.weir.state.heap;

import io.weir.state.KeyedStateBackendContract;
import io.weir.state.StateBackendFactory;

class HeapStateBackendTest extends KeyedStateBackendContract {
  @Override
  protected StateBackendFactory factory() {
    return new HeapStateBackendFactory();
  }
}
