package io.weir.state.heap;

import io.weir.config.Configuration;
import io.weir.config.ExecutionOptions;
import io.weir.state.KeyedStateBackendContract;
import io.weir.state.StateBackendFactory;

class HeapCompressedBackendTest extends KeyedStateBackendContract {
  @Override
  protected StateBackendFactory factory() {
    return new HeapStateBackendFactory()
        .configured(new Configuration().set(ExecutionOptions.SNAPSHOT_COMPRESSION, true));
  }
}
