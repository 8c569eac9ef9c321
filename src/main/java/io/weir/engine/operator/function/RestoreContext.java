package io.weir.engine.operator.function;

import io.weir.api.functions.FunctionInitializationContext;
import io.weir.api.state.KeyedStateStore;
import io.weir.api.state.OperatorStateStore;
import io.weir.engine.operator.OperatorContext;
import java.util.OptionalLong;

/** What a checkpointed function is restored from. */
record RestoreContext(OperatorContext operator, KeyedStateStore keyedState)
    implements FunctionInitializationContext {

  @Override
  public boolean isRestored() {
    return operator.restoredCheckpointId().isPresent();
  }

  @Override
  public OptionalLong getRestoredCheckpointId() {
    return operator.restoredCheckpointId();
  }

  @Override
  public OperatorStateStore getOperatorStateStore() {
    return operator.operatorState();
  }

  @Override
  public KeyedStateStore getKeyedStateStore() {
    return keyedState;
  }
}
