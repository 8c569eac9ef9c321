package io.weir.engine.operator;

import io.weir.plan.PlannedOperator;

/**
 * Makes a fresh operator, with its own copy of the user's function, for one subtask of a planned
 * operator. Sources are made by the task itself.
 */
public interface OperatorFactory {
  StreamOperator create(PlannedOperator operator);
}
