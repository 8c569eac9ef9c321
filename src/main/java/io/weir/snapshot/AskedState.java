package io.weir.snapshot;

import java.util.Map;

/**
 * A state as a job asks for it.
 *
 * @param description how it would be described in a snapshot
 * @param renames what the types in it were called before, by role; absent where nothing was
 * @param migration what makes its values of stored ones that the rules for changed types refuse;
 *     null if the job has nothing for that
 */
public record AskedState(
    StateDescription description, Map<String, Renames> renames, Migrated migration) {

  /**
   * What a job's own migration takes.
   *
   * @param oldSchema of the values; null if any will do
   * @param renames what the types in it were called before
   */
  public record Migrated(Schema oldSchema, Renames renames) {
    /** Takes any values. */
    public static final Migrated ANYTHING = new Migrated(null, Renames.NONE);
  }

  public AskedState {
    renames = Map.copyOf(renames);
  }

  /** One whose types had no other names, and that has no migration. */
  public AskedState(StateDescription description) {
    this(description, Map.of(), null);
  }
}
