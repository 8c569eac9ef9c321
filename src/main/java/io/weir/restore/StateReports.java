package io.weir.restore;

import io.weir.api.environment.RestoreReport.Match;
import io.weir.api.environment.RestoreReport.StateReport;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.SchemaChange;
import io.weir.snapshot.StateComparison;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.SubtaskState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The states of one operator, stored ones beside those that the job asks for. */
final class StateReports {
  private static final String NOT_ASKED_FOR =
      "The operator does not ask for it when it opens. If it does later, it is restored then; until"
          + " then the bytes stay as they are, also in the job's next snapshots.";

  /** Keyed state and operator state have names of their own. */
  private record Name(String name, boolean keyed) implements Comparable<Name> {
    static Name of(StateDescription state) {
      return new Name(state.name(), state.kind().isKeyed());
    }

    @Override
    public int compareTo(Name other) {
      return name.equals(other.name)
          ? Boolean.compare(keyed, other.keyed)
          : name.compareTo(other.name);
    }
  }

  private StateReports() {}

  /**
   * All of them, by name.
   *
   * @param old null if the operator has no state in the snapshot
   */
  static List<StateReport> of(OperatorState old, DeclaredStates declared) {
    Map<Name, Set<StateDescription>> stored = new TreeMap<>();
    if (old != null) {
      old.subtasks().values().forEach(subtask -> collect(subtask, stored));
    }
    Map<Name, AskedState> asked = new TreeMap<>();
    declared.states().forEach(state -> asked.put(Name.of(state.description()), state));

    Map<Name, StateReport> reports = new TreeMap<>();
    asked.forEach(
        (name, state) -> {
          Set<StateDescription> same = stored.remove(name);
          if (same != null) {
            reports.put(name, compared(state, same));
          } else if (!state.description().kind().isInFlight()) {
            reports.put(name, report(state.description(), Match.NEW, null));
          }
        });
    stored.forEach(
        (name, states) -> {
          StateDescription state = states.iterator().next();
          boolean unknown = declared.unknownWhy() != null;
          reports.put(
              name,
              report(
                  state,
                  unknown ? Match.UNKNOWN : Match.MISSING,
                  unknown ? declared.unknownWhy() : NOT_ASKED_FOR));
        });
    return List.copyOf(reports.values());
  }

  private static void collect(SubtaskState subtask, Map<Name, Set<StateDescription>> stored) {
    List<StateDescription> states = new ArrayList<>();
    subtask.keyed().forEach(handle -> states.addAll(handle.states()));
    subtask.operator().forEach(handle -> handle.states().forEach(each -> states.add(each.state())));
    subtask.channels().forEach(handle -> handle.segments().forEach(s -> states.add(s.records())));
    states.forEach(
        state -> stored.computeIfAbsent(Name.of(state), none -> new LinkedHashSet<>()).add(state));
  }

  /** Old subtasks may have written a state with different types: all of them must fit. */
  private static StateReport compared(AskedState asked, Set<StateDescription> stored) {
    Set<String> changes = new LinkedHashSet<>();
    String refusal = null;
    for (StateDescription each : stored) {
      StateComparison comparison = StateComparison.compare(each, asked);
      comparison.changes().stream().map(SchemaChange::toString).forEach(changes::add);
      refusal = refusal == null ? comparison.refusal() : refusal;
    }
    Match match = changes.isEmpty() ? Match.MATCHED : Match.MIGRATED;
    return new StateReport(
        asked.description().name(),
        asked.description().kind().name(),
        refusal == null ? match : Match.INCOMPATIBLE,
        List.copyOf(changes),
        refusal);
  }

  private static StateReport report(StateDescription state, Match match, String note) {
    return new StateReport(state.name(), state.kind().name(), match, List.of(), note);
  }
}
