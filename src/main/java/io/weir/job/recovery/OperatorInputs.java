package io.weir.job.recovery;

import io.weir.plan.ChainLink;
import io.weir.plan.JobPlan;
import io.weir.plan.PlannedEdge;
import io.weir.plan.PlannedOperator;
import io.weir.plan.PlannedVertex;
import io.weir.snapshot.OperatorId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which operator of a plan gets records from which. */
final class OperatorInputs {
  private OperatorInputs() {}

  static Map<OperatorId, Set<OperatorId>> of(JobPlan plan) {
    Map<OperatorId, Set<OperatorId>> inputs = new HashMap<>();
    for (PlannedVertex vertex : plan.vertices()) {
      List<PlannedOperator> operators = vertex.operators();
      for (PlannedOperator operator : operators) {
        for (ChainLink link : operator.chained()) {
          add(inputs, operators.get(link.target()).id(), operator.id());
        }
      }
    }
    for (PlannedEdge edge : plan.edges()) {
      PlannedVertex source = plan.vertex(edge.source());
      add(
          inputs,
          plan.vertex(edge.target()).head().id(),
          source.operators().get(edge.sourceOperator()).id());
    }
    return inputs;
  }

  private static void add(
      Map<OperatorId, Set<OperatorId>> inputs, OperatorId target, OperatorId source) {
    inputs.computeIfAbsent(target, unused -> new HashSet<>()).add(source);
  }
}
