package io.weir.engine;

import io.weir.engine.operator.StreamOperator;
import io.weir.snapshot.OperatorId;
import io.weir.state.KeyedStateBackend;
import io.weir.state.OperatorStateBackend;

/**
 * One operator of a chain with what it stands on.
 *
 * @param operatorState its lists and broadcast maps
 * @param keyedState null if it is not keyed
 */
record ChainedOperator(
    OperatorId id,
    String name,
    StreamOperator operator,
    OperatorContextOfTask context,
    OperatorStateBackend operatorState,
    KeyedStateBackend<?> keyedState) {}
