package io.weir.restore;

import io.weir.api.environment.RestoreReport;
import io.weir.api.environment.RestoreReport.Match;
import io.weir.api.environment.RestoreReport.OperatorReport;
import io.weir.api.environment.RestoreReport.Verdict;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.SnapshotMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells what a restore would come to, out of the plan that the restore itself would carry out and
 * of what the operators say of their states.
 */
public final class DryRun {
  private static final DeclaredStates NOTHING_KNOWN =
      new DeclaredStates(List.of(), "Nothing is known of the operator's states.", null);

  private final RestorePlan plan;
  private final Map<OperatorId, OperatorState> stored = new HashMap<>();

  /** Why it cannot be done; what the restore itself would say first, first. */
  private final List<String> refusals = new ArrayList<>();

  private DryRun(SnapshotMetadata snapshot, RestorePlan plan) {
    this.plan = plan;
    if (plan.isRefused()) {
      refusals.add(plan.refusal());
    }
    snapshot.operators().forEach(state -> stored.put(state.id(), state));
  }

  /**
   * The report.
   *
   * @param jobName that is to start
   * @param path of the snapshot
   * @param why this snapshot would be chosen
   * @param targets all operators of the job
   * @param plan how the snapshot would be spread over them
   * @param declared what is known of their states
   */
  public static RestoreReport report(
      String jobName,
      String path,
      String why,
      SnapshotMetadata snapshot,
      Collection<RestoreTarget> targets,
      RestorePlan plan,
      Map<OperatorId, DeclaredStates> declared) {
    DryRun dryRun = new DryRun(snapshot, plan);
    List<OperatorReport> operators = new ArrayList<>();
    Set<OperatorId> known = new HashSet<>();
    for (RestoreTarget target : targets) {
      known.add(target.id());
      operators.add(dryRun.of(target, declared.getOrDefault(target.id(), NOTHING_KNOWN)));
    }
    for (OperatorState state : snapshot.operators()) {
      if (!known.contains(state.id())) {
        operators.add(dryRun.missing(state));
      }
    }
    Verdict verdict = dryRun.verdict(operators);
    return new RestoreReport(jobName, path, verdict, dryRun.reason(verdict, why), operators);
  }

  private OperatorReport of(RestoreTarget target, DeclaredStates declared) {
    OperatorState old = stored.get(target.id());
    List<String> notes = notes(target.id());
    if (old != null && old.isFullyFinished()) {
      return report(target, old, worst(target.id(), Match.FINISHED), notes, List.of());
    }
    List<RestoreReport.StateReport> states = StateReports.of(old, declared);
    Match match = old == null ? Match.NEW : Match.MATCHED;
    for (RestoreReport.StateReport state : states) {
      match = ofWhole(match, state.match());
      if (state.match() == Match.INCOMPATIBLE) {
        refusals.add("operator '" + target.name() + "': " + state.note());
      }
    }
    if (declared.refusal() != null) {
      refusals.add(declared.refusal());
      notes.add(declared.refusal());
      match = Match.INCOMPATIBLE;
    }
    if (declared.unknownWhy() != null && match != Match.NEW) {
      notes.add(declared.unknownWhy());
    }
    return report(target, old, worst(target.id(), match), notes, states);
  }

  /** A state that begins empty, or that nobody asks for, is no news of its operator. */
  private static Match ofWhole(Match soFar, Match state) {
    List<Match> worse = List.of(Match.MIGRATED, Match.UNKNOWN, Match.INCOMPATIBLE);
    return worse.indexOf(state) > worse.indexOf(soFar) ? state : soFar;
  }

  private Match worst(OperatorId id, Match match) {
    boolean refused =
        plan.problems().stream()
            .anyMatch(each -> each.operator().equals(id) && each.kind().isRefusing());
    return refused ? Match.INCOMPATIBLE : match;
  }

  private static OperatorReport report(
      RestoreTarget target,
      OperatorState old,
      Match match,
      List<String> notes,
      List<RestoreReport.StateReport> states) {
    return new OperatorReport(
        target.id().toString(),
        target.uid(),
        target.name(),
        match,
        old == null ? 0 : old.parallelism(),
        target.parallelism(),
        notes,
        states);
  }

  private OperatorReport missing(OperatorState old) {
    return new OperatorReport(
        old.id().toString(),
        old.uid(),
        old.name(),
        Match.MISSING,
        old.parallelism(),
        0,
        notes(old.id()),
        StateReports.of(old, DeclaredStates.all(List.of())));
  }

  private List<String> notes(OperatorId id) {
    return plan.problems().stream()
        .filter(problem -> problem.operator().equals(id))
        .map(RestoreProblem::message)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private Verdict verdict(List<OperatorReport> operators) {
    if (!refusals.isEmpty()) {
      return Verdict.REFUSED;
    }
    return operators.stream().anyMatch(each -> each.match() == Match.UNKNOWN)
        ? Verdict.UNDECIDED
        : Verdict.STARTS;
  }

  private String reason(Verdict verdict, String why) {
    return switch (verdict) {
      case STARTS -> why;
      case UNDECIDED ->
          why
              + " Nothing speaks against it, but not every state is known before the operators"
              + " open.";
      case REFUSED -> why + "\n" + String.join("\n", refusals);
    };
  }
}
