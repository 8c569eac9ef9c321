package io.weir.plan;

import io.weir.config.CheckpointingOptions;
import io.weir.config.ConfigCatalog;
import io.weir.config.Configuration;
import io.weir.config.PipelineOptions;
import io.weir.snapshot.OperatorId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with a job, so that its author learns all of it at once. */
final class Findings {
  private final Configuration configuration;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  Findings(Configuration configuration) {
    this.configuration = configuration;
  }

  List<String> warnings() {
    return warnings.stream().map(Problem::toString).toList();
  }

  void refuseIfAny(String jobName) {
    if (!problems.isEmpty()) {
      throw new PlanException(jobName, problems);
    }
  }

  void checkSettings() {
    ConfigCatalog.weir().review(configuration).stream()
        .filter(finding -> finding.kind().isFatal())
        .forEach(
            finding ->
                problems.add(
                    new Problem(
                        null,
                        "the setting " + finding.key() + " cannot be used",
                        finding.message())));
  }

  void checkOperators(List<OperatorNode> operators, Map<OperatorNode, OperatorId> ids) {
    if (operators.isEmpty()) {
      problems.add(
          new Problem(
              null,
              "it has no operators",
              "Define a source, for example with env.fromSource(...)."));
    } else if (operators.stream().noneMatch(Traits::isSink)) {
      warnings.add(
          new Problem(
              null,
              "the job has no sink",
              "If its results should go somewhere, call sinkTo(...)."));
    }
    for (OperatorNode operator : operators) {
      problems.addAll(ParallelismRules.check(operator));
      problems.addAll(TypeRules.check(operator));
      problems.addAll(SerializableRules.check(operator));
      checkUid(operator);
      checkCommits(operator);
      checkInFlight(operator);
    }
    checkIdsAreUnique(operators, ids);
  }

  private void checkUid(OperatorNode operator) {
    boolean named =
        operator.transformation().uid() != null || operator.transformation().uidHash() != null;
    if (named || !Traits.hasState(operator)) {
      return;
    }
    boolean generate = configuration.get(PipelineOptions.AUTO_GENERATE_UIDS);
    (generate ? warnings : problems)
        .add(
            new Problem(
                operator.name(),
                "it has state but no uid, so its state is lost when the program changes",
                "Call uid(...) with a name that stays the same."));
  }

  private void checkCommits(OperatorNode operator) {
    if (Traits.commitsOnCheckpoints(operator.transformation())
        && !configuration.contains(CheckpointingOptions.CHECKPOINTING_INTERVAL)) {
      warnings.add(
          new Problem(
              operator.name(),
              "it commits when a checkpoint is complete, but there are no periodic checkpoints, so"
                  + " its results become visible at the end of the job only",
              "Call env.enableCheckpointing(...)."));
    }
  }

  private void checkInFlight(OperatorNode operator) {
    UnalignedEdges unaligned = new UnalignedEdges(configuration);
    if (configuration.get(CheckpointingOptions.ENABLE_UNALIGNED)
        && operator.inputs().stream().anyMatch(unaligned::lacksType)) {
      warnings.add(
          new Problem(
              operator.name(),
              "its checkpoints stay aligned, since the type of the records it gets is unknown, so"
                  + " that they could not be stored",
              "Call returns(...) on the operators in front of it, with a TypeHint for a generic"
                  + " type."));
    }
  }

  private void checkIdsAreUnique(List<OperatorNode> operators, Map<OperatorNode, OperatorId> ids) {
    Map<OperatorId, OperatorNode> owners = new HashMap<>();
    for (OperatorNode operator : operators) {
      OperatorNode other = owners.putIfAbsent(ids.get(operator), operator);
      if (other != null) {
        problems.add(
            new Problem(
                operator.name(),
                "it has the same %s as operator '%s'".formatted(whatIsShared(operator), other),
                "Give each its own, so that each finds its own state."));
      }
    }
  }

  private static String whatIsShared(OperatorNode operator) {
    if (operator.transformation().uidHash() != null) {
      return "uid hash " + operator.transformation().uidHash();
    }
    String uid = operator.transformation().uid();
    return uid == null ? "operator id" : "uid '" + uid + "'";
  }
}
