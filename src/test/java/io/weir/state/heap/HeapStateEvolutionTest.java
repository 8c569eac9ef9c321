package io.weir.state.heap;

import io.weir.state.StateBackendFactory;
import io.weir.state.StateEvolutionContract;

class HeapStateEvolutionTest extends StateEvolutionContract {
  @Override
  protected StateBackendFactory factory() {
    return new HeapStateBackendFactory();
  }
}
