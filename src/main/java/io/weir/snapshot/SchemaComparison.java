package io.weir.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
    return compare(Renames.NONE.applyTo(stored), current);
  }

  /**
   * Compares, by the present names.
   *
   * @param stored describes the stored bytes
   * @param current describes what the present type would write
   */
  public static SchemaComparison compare(RenamedSchema stored, Schema current) {
    return stored.types().isEmpty() && stored.members().isEmpty() && stored.schema().equals(current)
        ? new SchemaComparison(List.of())
        : new SchemaComparison(new SchemaMatcher(stored, current, false).changes());
  }

  /**
   * The same for values by which others are found: what would make one of two different ones is
   * refused, too.
   */
  public static SchemaComparison compareKeys(RenamedSchema stored, Schema current) {
    return compare(stored, current).changes().isEmpty()
        ? new SchemaComparison(List.of())
        : new SchemaComparison(new SchemaMatcher(stored, current, true).changes());
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

  /**
   * Why the values are unreadable, and what can be done; without a full stop.
   *
   * @param declared what they should become values of
   */
  public String refusal(String declared) {
    return "stored values cannot become values of "
        + declared
        + " as it is now. What is different:\n"
        + table()
        + "Undo what is marked with '!', or give the new declarations other field names";
  }

  /**
   * All differences as a table for people: a line for each, with the stored and the declared side,
   * and a mark in front of those that are refused. Ends with a line break.
   */
  public String table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(" ", "where", "stored", "declared", ""));
    for (SchemaChange change : changes) {
      rows.add(
          List.of(
              change.refused() ? "!" : " ",
              change.path(),
              change.stored(),
              change.declared(),
              (change.refused() ? "REFUSED: " : "") + change.what()));
    }
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder("  ");
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      line.append(cell).append(" ".repeat(widths[column] - cell.length() + (column == 0 ? 1 : 3)));
    }
    return line.toString().stripTrailing() + "\n";
  }
}
