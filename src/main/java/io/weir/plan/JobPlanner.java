package io.weir.plan;

import io.weir.api.graph.Transformation;
import io.weir.config.Configuration;
import io.weir.snapshot.OperatorId;
import java.util.List;
import java.util.Map;

/** Makes a plan of what an author has described. */
public final class JobPlanner {
  private JobPlanner() {}

  /**
   * Plans a job.
   *
   * @param transformations the nodes of the graph; inputs that are not among them are found
   * @param configuration all settings that count for this job, those of the server included
   * @throws PlanException if the job cannot run, with every reason
   */
  public static JobPlan plan(
      String jobName, List<Transformation<?>> transformations, Configuration configuration) {
    Findings findings = new Findings(configuration);
    findings.checkSettings();
    findings.refuseIfAny(jobName);

    List<OperatorNode> operators = OperatorGraph.of(transformations, configuration).operators();
    Chaining chaining = new Chaining(configuration);
    Map<OperatorNode, OperatorId> ids = OperatorIds.of(operators, chaining);
    findings.checkOperators(operators, ids);
    findings.refuseIfAny(jobName);
    return ChainBuilding.build(
        jobName, operators, ids, chaining, new UnalignedEdges(configuration), findings.warnings());
  }
}
