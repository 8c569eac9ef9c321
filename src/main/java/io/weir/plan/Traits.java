package io.weir.plan;

import io.weir.api.connector.SupportsCommitter;
import io.weir.api.connector.SupportsWriterState;
import io.weir.api.functions.CheckpointedFunction;
import io.weir.api.functions.RichFunction;
import io.weir.api.graph.OneInputTransformation;
import io.weir.api.graph.Operator;
import io.weir.api.graph.SinkTransformation;
import io.weir.api.graph.SourceTransformation;
import io.weir.api.graph.Transformation;
import io.weir.api.graph.TwoInputTransformation;
import java.util.Optional;

/** What can be told of an operator from its description. */
final class Traits {
  private Traits() {}

  static boolean isSink(OperatorNode operator) {
    return operator.transformation() instanceof SinkTransformation<?>;
  }

  static boolean commitsOnCheckpoints(Transformation<?> transformation) {
    return transformation instanceof SinkTransformation<?> sink
        && sink.sink() instanceof SupportsCommitter<?>;
  }

  /** What it does, if it is neither a source nor a sink. */
  static Optional<Operator> operatorOf(OperatorNode node) {
    if (node.transformation() instanceof OneInputTransformation<?, ?> oneInput) {
      return Optional.of(oneInput.operator());
    }
    return node.transformation() instanceof TwoInputTransformation<?, ?, ?> twoInput
        ? Optional.of(twoInput.operator())
        : Optional.empty();
  }

  /** Whether its input, of two inputs those that are not broadcast, is keyed. */
  static boolean isKeyed(OperatorNode node) {
    Transformation<?> transformation = node.transformation();
    if (transformation instanceof TwoInputTransformation<?, ?, ?> twoInput) {
      return twoInput.firstKeySelector() != null
          && (isBroadcast(twoInput.operator()) || twoInput.secondKeySelector() != null);
    }
    return transformation instanceof OneInputTransformation<?, ?> oneInput
        && oneInput.keySelector() != null;
  }

  static boolean isBroadcast(Operator operator) {
    return operator instanceof Operator.BroadcastProcess
        || operator instanceof Operator.KeyedBroadcastProcess;
  }

  /** Whether it has something to store in a checkpoint, as far as its description tells. */
  static boolean hasState(OperatorNode node) {
    if (node.transformation() instanceof SinkTransformation<?> sink) {
      return sink.sink() instanceof SupportsCommitter<?>
          || sink.sink() instanceof SupportsWriterState<?, ?>;
    }
    return node.transformation() instanceof SourceTransformation<?>
        || usesKeyedState(node)
        || operatorOf(node).map(Traits::hasOperatorState).orElse(false);
  }

  /** A rich function on a keyed stream can ask for state at any time. */
  static boolean usesKeyedState(OperatorNode node) {
    Optional<Operator> operator = operatorOf(node);
    return operator.map(Operator::requiresKey).orElse(false)
        || (isKeyed(node)
            && operator.orElseThrow().userCode().stream().anyMatch(RichFunction.class::isInstance));
  }

  private static boolean hasOperatorState(Operator operator) {
    return isBroadcast(operator)
        || operator.userCode().stream().anyMatch(CheckpointedFunction.class::isInstance);
  }
}
