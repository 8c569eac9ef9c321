package io.weir.snapshot;

import io.weir.snapshot.SchemaComparison.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether a state as it was stored can become the state of the same name that a job asks for. This
 * is the one place that decides it: a restore obeys it, and a dry run reports it.
 *
 * <p>Immutable.
 *
 * @param changes every difference of the types, role by role; of the state as a whole there are
 *     none if its kind does not fit
 * @param refusal why it cannot, and what to do, as a sentence that begins with a small letter; null
 *     if it can
 */
public record StateComparison(List<SchemaChange> changes, String refusal) {
  public StateComparison {
    changes = List.copyOf(changes);
  }

  /** Compares; both have the same name. */
  public static StateComparison compare(StateDescription stored, AskedState asked) {
    StateDescription current = asked.description();
    if (stored.kind() != current.kind() || hasNamespace(stored) != hasNamespace(current)) {
      return new StateComparison(
          List.of(),
          "the restored state '"
              + stored.name()
              + "' is "
              + kindOf(stored)
              + " and cannot be used as "
              + kindOf(current)
              + "; give the new state another name");
    }
    List<SchemaChange> changes = new ArrayList<>();
    String refusal = null;
    for (Map.Entry<String, Schema> role : new TreeMap<>(stored.schemas()).entrySet()) {
      Schema now = current.schemas().get(role.getKey());
      if (now == null || now.equals(role.getValue())) {
        continue; // only the time of last use may be gone: then it is read and forgotten
      }
      RenamedSchema before =
          asked.renames().getOrDefault(role.getKey(), Renames.NONE).applyTo(role.getValue());
      SchemaComparison comparison =
          role.getKey().equals(StateDescription.VALUE)
              ? SchemaComparison.compare(before, now)
              : SchemaComparison.compareKeys(before, now);
      changes.addAll(comparison.changes());
      if (refusal == null) {
        refusal = refusal(role.getKey(), role.getValue(), asked, comparison);
      }
    }
    return new StateComparison(changes, refusal);
  }

  private static String refusal(
      String role, Schema stored, AskedState asked, SchemaComparison comparison) {
    String what = "the " + role + " of state '" + asked.description().name() + "'";
    Schema current = asked.description().schemas().get(role);
    if (role.equals(StateDescription.KEY)) {
      return what
          + " was stored as "
          + stored.summary()
          + " and is now "
          + current.summary()
          + ". What is different:\n"
          + comparison.table()
          + "The type of a key cannot change, because keys are found by their hash codes; restore"
          + " it, or give the operator another uid, with which it starts empty";
    }
    if (comparison.verdict() != Verdict.INCOMPATIBLE) {
      return null;
    }
    if (role.equals(StateDescription.VALUE) && asked.migration() != null) {
      return refusal(what, stored, asked.migration());
    }
    return what
        + " cannot be restored: "
        + comparison.refusal(current.summary())
        + ", or set a StateMigration on the state's descriptor, or give the state another name,"
        + " with which it starts empty";
  }

  private static String refusal(String what, Schema stored, AskedState.Migrated migration) {
    if (migration.oldSchema() == null) {
      return null;
    }
    SchemaComparison comparison =
        SchemaComparison.compare(migration.renames().applyTo(stored), migration.oldSchema());
    return comparison.verdict() == Verdict.INCOMPATIBLE
        ? what
            + " cannot be restored: it does not have the old type of its StateMigration: "
            + comparison.refusal(migration.oldSchema().summary())
        : null;
  }

  private static boolean hasNamespace(StateDescription description) {
    return description.schemas().containsKey(StateDescription.NAMESPACE);
  }

  private static String kindOf(StateDescription description) {
    String kind =
        description.kind() == StateKind.TIMERS
            ? "a queue of timers"
            : "a state of kind " + description.kind();
    return hasNamespace(description) ? kind + " with a namespace" : kind;
  }
}
