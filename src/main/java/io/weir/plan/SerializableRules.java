package io.weir.plan;

import io.weir.api.graph.OneInputTransformation;
import io.weir.api.graph.Partitioning;
import io.weir.api.graph.SinkTransformation;
import io.weir.api.graph.SourceTransformation;
import io.weir.api.graph.Transformation;
import io.weir.api.graph.TwoInputTransformation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What comes from the author is copied for every subtask, so it must be serializable. */
final class SerializableRules {
  private SerializableRules() {}

  static List<Problem> check(OperatorNode node) {
    List<Problem> problems = new ArrayList<>();
    for (Object part : userCode(node)) {
      Optional<String> why = SerializationCheck.whyNot(part);
      why.ifPresent(
          reason ->
              problems.add(
                  new Problem(
                      node.name(),
                      "every subtask works on its own copy, but it cannot be serialized: " + reason,
                      "Make the field transient and create its value in open(...) (or let it be"
                          + " injected), make its class Serializable, or, if it is the surrounding"
                          + " object, use a static or top-level class.")));
    }
    return problems;
  }

  private static List<Object> userCode(OperatorNode node) {
    Transformation<?> transformation = node.transformation();
    List<Object> code = new ArrayList<>();
    if (transformation instanceof SourceTransformation<?> source) {
      code.add(source.source());
      code.add(source.watermarkStrategy());
    } else if (transformation instanceof SinkTransformation<?> sink) {
      code.add(sink.sink());
    } else if (transformation instanceof OneInputTransformation<?, ?> oneInput) {
      code.addAll(oneInput.operator().userCode());
      code.add(oneInput.keySelector());
    } else if (transformation instanceof TwoInputTransformation<?, ?, ?> twoInput) {
      code.addAll(twoInput.operator().userCode());
      code.add(twoInput.firstKeySelector());
      code.add(twoInput.secondKeySelector());
    }
    for (Link link : node.inputs()) {
      if (link.partitioning() instanceof Partitioning.Custom<?, ?> custom) {
        code.add(custom.partitioner());
        code.add(custom.keySelector());
      }
    }
    return code.stream().filter(Objects::nonNull).toList();
  }
}
