package io.weir.snapshot;

import java.util.List;

/**
 * Whether stored values can become values of the present type, decided from the two schemas alone.
 *
 * <p>Immutable.
 *
 * @param changes every difference, from the front, depth first
 */
public record SchemaComparison(List<SchemaChange> changes) {

  /** What a comparison comes to. */
  public enum Verdict {
    /** The same bytes of the same types. */
    AS_IS,
    /** Readable; written back, the values have the present format. */
    AFTER_MIGRATION,
    INCOMPATIBLE
  }

  public SchemaComparison {
    changes = List.copyOf(changes);
  }

  /**
   * Compares.
   *
   * @param stored describes the stored bytes
   * @param current describes what the present type would write
   */
  public static SchemaComparison compare(Schema stored, Schema current) {
    return stored.equals(current)
        ? new SchemaComparison(List.of())
        : new SchemaComparison(new SchemaMatcher(stored, current).changes());
  }

  public Verdict verdict() {
    if (changes.isEmpty()) {
      return Verdict.AS_IS;
    }
    return refused().isEmpty() ? Verdict.AFTER_MIGRATION : Verdict.INCOMPATIBLE;
  }

  /** The differences that make the values unreadable. */
  public List<SchemaChange> refused() {
    return changes.stream().filter(SchemaChange::refused).toList();
  }
}
