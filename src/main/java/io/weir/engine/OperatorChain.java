package io.weir.engine;

import io.weir.engine.operator.Input;
import io.weir.engine.operator.OperatorException;
import io.weir.state.KeyedStateBackend;
import java.util.List;
import java.util.Objects;

/**
 * The operators of one task, first one first. What an operator throws comes out as an {@link
 * OperatorException} with its name.
 */
final class OperatorChain {
  private final List<ChainedOperator> operators;
  private final Input<Object>[] inputs;
  private final KeyedStateBackend<?>[] keyedStates;

  /**
   * @param operators in such an order that each stands behind those that feed it
   * @param inputs of the first operator; none if it is a source
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  OperatorChain(List<ChainedOperator> operators, List<Input<?>> inputs) {
    this.operators = List.copyOf(operators);
    this.inputs = inputs.toArray(new Input[0]);
    this.keyedStates =
        this.operators.stream()
            .map(ChainedOperator::keyedState)
            .filter(Objects::nonNull)
            .toArray(KeyedStateBackend<?>[]::new);
  }

  List<ChainedOperator> operators() {
    return operators;
  }

  ChainedOperator head() {
    return operators.get(0);
  }

  Input<Object> input(int index) {
    return inputs[index];
  }

  int inputCount() {
    return inputs.length;
  }

  /** Last operator first, so that whoever emits while it opens finds the others open. */
  void initializeAndOpen() {
    for (ChainedOperator each : operators) {
      run(each, () -> each.operator().initialize(each.context()));
    }
    for (int i = operators.size() - 1; i >= 0; i--) {
      ChainedOperator each = operators.get(i);
      run(each, each.operator()::open);
    }
  }

  /**
   * What an input has thrown: the first operator's, unless one behind it is named. A chain of
   * operators that had finished before a restore has no first one.
   */
  OperatorException failureOfHead(Exception thrown) {
    return OperatorException.of(operators.isEmpty() ? "finished" : head().name(), thrown);
  }

  boolean hasPendingWork() {
    for (int i = 0; i < operators.size(); i++) {
      if (operators.get(i).operator().hasPendingWork()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Goes on with the pending work that is furthest down, so that what an operator emits finds those
   * behind it free.
   */
  void continueWork() {
    for (int i = operators.size() - 1; i >= 0; i--) {
      ChainedOperator each = operators.get(i);
      if (each.operator().hasPendingWork()) {
        run(each, each.operator()::continueWork);
        return;
      }
    }
  }

  /**
   * Does a small part of what is to be done in the background.
   *
   * @return whether there was anything to do
   */
  boolean cleanUpState() {
    for (KeyedStateBackend<?> each : keyedStates) {
      if (each.cleanUp()) {
        return true;
      }
    }
    return false;
  }

  void beforeBarrier(long checkpointId) {
    for (ChainedOperator each : operators) {
      run(each, () -> each.operator().beforeBarrier(checkpointId));
    }
  }

  void checkpointCompleted(long checkpointId) {
    for (ChainedOperator each : operators) {
      if (each.keyedState() != null) {
        each.keyedState().checkpointCompleted(checkpointId);
      }
      run(each, () -> each.operator().checkpointCompleted(checkpointId));
    }
  }

  void checkpointAborted(long checkpointId) {
    for (ChainedOperator each : operators) {
      if (each.keyedState() != null) {
        each.keyedState().checkpointAborted(checkpointId);
      }
      run(each, () -> each.operator().checkpointAborted(checkpointId));
    }
  }

  /** Ends the operator at this place of the chain; what it emits reaches those behind it. */
  void finish(int index) {
    ChainedOperator each = operators.get(index);
    run(each, each.operator()::finish);
  }

  boolean awaitsLastCheckpoint() {
    return operators.stream().anyMatch(each -> each.operator().awaitsLastCheckpoint());
  }

  /** Closes all, whatever some of them throw; the first thing thrown is thrown at the end. */
  void close() {
    OperatorException first = null;
    for (int i = operators.size() - 1; i >= 0; i--) {
      ChainedOperator each = operators.get(i);
      try {
        each.operator().close();
      } catch (Exception e) {
        OperatorException failure = OperatorException.of(each.name(), e);
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      } finally {
        if (each.keyedState() != null) {
          each.keyedState().close();
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** What may throw. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  /** What may throw and gives a number. */
  @FunctionalInterface
  interface Count {
    int get() throws Exception;
  }

  static int call(ChainedOperator operator, Count count) {
    try {
      return count.get();
    } catch (Exception e) {
      throw OperatorException.of(operator.name(), e);
    }
  }

  static void run(ChainedOperator operator, Action action) {
    try {
      action.run();
    } catch (Exception e) {
      throw OperatorException.of(operator.name(), e);
    }
  }
}
