package io.weir.plan;

import io.weir.api.graph.OneInputTransformation;
import io.weir.api.graph.Operator;
import io.weir.api.graph.Transformation;
import io.weir.api.graph.TwoInputTransformation;
import io.weir.api.graph.WindowAggregation;
import io.weir.api.types.TypeInformation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must be known of the types of an operator's keys and state. */
final class TypeRules {
  private final OperatorNode node;
  private final List<Problem> problems = new ArrayList<>();

  private TypeRules(OperatorNode node) {
    this.node = node;
  }

  static List<Problem> check(OperatorNode node) {
    TypeRules rules = new TypeRules(node);
    Traits.operatorOf(node).ifPresent(rules::checkOperator);
    return rules.problems;
  }

  private void checkOperator(Operator operator) {
    boolean keyed = Traits.isKeyed(node);
    if (operator.requiresKey() && !keyed) {
      problem(
          "a keyed function is used on a stream that is not keyed",
          "Call keyBy(...) on "
              + (node.transformation().inputs().size() == 1 ? "the stream" : "the streams")
              + " before it.");
      return;
    }
    if (keyed && operator instanceof Operator.BroadcastProcess) {
      problem(
          "a BroadcastProcessFunction is used on a keyed stream",
          "Extend KeyedBroadcastProcessFunction instead.");
    }
    if (keyed) {
      checkKeyType();
    }
    checkStateType(operator);
  }

  private void checkKeyType() {
    TypeInformation<?> keyType = keyType(node.transformation());
    if (keyType != null) {
      Optional<String> unstable = StableHash.whyNot(keyType);
      unstable.ifPresent(
          why ->
              problem(
                  "its key of type " + keyType + " cannot be used, since " + why,
                  "Use a key whose hashCode() is the same in every run: a string, a number, or a"
                      + " record or tuple of these."));
    } else if (Traits.usesKeyedState(node)) {
      problem("the type of its key is unknown", "Call keyBy(selector, TypeInformation).");
    }
  }

  private static TypeInformation<?> keyType(Transformation<?> transformation) {
    return transformation instanceof OneInputTransformation<?, ?> oneInput
        ? oneInput.keyType()
        : ((TwoInputTransformation<?, ?, ?>) transformation).keyType();
  }

  private void checkStateType(Operator operator) {
    if (operator instanceof Operator.Reduce) {
      requireInputType();
    } else if (operator instanceof Operator.Window<?, ?> window) {
      boolean aggregates =
          window.aggregation() instanceof WindowAggregation.Aggregating && window.evictor() == null;
      if (!aggregates) {
        requireInputType();
      } else if (accumulatorType(window) == null) {
        problem(
            "the type of its accumulator is unknown",
            "Call aggregate(...) with TypeInformation for accumulator and result.");
      }
    }
  }

  private static TypeInformation<?> accumulatorType(Operator.Window<?, ?> window) {
    return ((WindowAggregation.Aggregating<?, ?, ?>) window.aggregation()).accumulatorType();
  }

  /** The operator keeps records of its input as state. */
  private void requireInputType() {
    Transformation<?> input = node.transformation().inputs().get(0);
    if (TypeOf.recordsOf(input) == null) {
      problem(
          "it keeps records as state, but the type of the records of '%s' is unknown"
              .formatted(node.inputs().get(0).source()),
          "Call returns(...) on that operator, with a TypeHint for a generic type.");
    }
  }

  private void problem(String why, String whatToDo) {
    problems.add(new Problem(node.name(), why, whatToDo));
  }
}
