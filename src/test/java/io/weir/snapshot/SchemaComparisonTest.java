package io.weir.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.snapshot.SchemaComparison.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaComparisonTest {
  private static final Schema INT = new Schema.Scalar(ScalarKind.INT);
  private static final Schema LONG = new Schema.Scalar(ScalarKind.LONG);
  private static final Schema TEXT = new Schema.Scalar(ScalarKind.STRING);

  private static Schema.Field field(String name, Schema schema) {
    return new Schema.Field(name, true, schema);
  }

  private static Schema.Struct struct(String name, Schema.Field... fields) {
    return new Schema.Struct(name, StructKind.RECORD, List.of(fields));
  }

  private static void assertVerdict(Schema stored, Schema current, Verdict verdict, String change) {
    SchemaComparison comparison = SchemaComparison.compare(stored, current);
    assertThat(comparison.verdict()).isEqualTo(verdict);
    assertThat(comparison.changes()).map(SchemaChange::toString).containsExactly(change);
  }

  @Test
  void equalSchemasAreReadAsTheyAre() {
    assertThat(SchemaComparison.compare(struct("A", field("x", INT)), struct("A", field("x", INT))))
        .isEqualTo(new SchemaComparison(List.of()));
  }

  @Test
  void everyMigrationIsNamed() {
    Schema old = struct("A", field("x", INT), field("y", TEXT));
    assertVerdict(
        old,
        struct("A", field("y", TEXT), field("x", INT)),
        Verdict.AFTER_MIGRATION,
        "A: fields, in another order");
    assertVerdict(
        old,
        struct("A", field("x", INT)),
        Verdict.AFTER_MIGRATION,
        "A.y: string -> nothing, removed; its stored values are dropped");
    assertVerdict(
        old,
        struct("A", field("x", LONG), field("y", TEXT)),
        Verdict.AFTER_MIGRATION,
        "A.x: int -> long, widened");
    assertVerdict(
        struct("A", field("x", INT)),
        old,
        Verdict.AFTER_MIGRATION,
        "A.y: nothing -> string, added; gets its default");
    assertVerdict(
        new Schema.Enumeration("E", List.of("A", "B")),
        new Schema.Enumeration("E", List.of("B", "A", "C")),
        Verdict.AFTER_MIGRATION,
        "enum E: [A, B] -> [B, A, C], the enum has more constants or another order");
    assertVerdict(
        new Schema.Sequence(SequenceKind.LIST, INT),
        new Schema.Sequence(SequenceKind.ARRAY_LIST, INT),
        Verdict.AFTER_MIGRATION,
        "array list of int: list of int -> array list of int, the description changed, the values do not");
  }

  @Test
  void whatCannotBeReadIsRefusedWithItsPath() {
    Schema old = struct("A", field("list", new Schema.Sequence(SequenceKind.LIST, LONG)));
    assertVerdict(
        old,
        struct("A", field("list", new Schema.Sequence(SequenceKind.LIST, INT))),
        Verdict.INCOMPATIBLE,
        "A.list[]: long -> int, may not fit");
    assertVerdict(
        old,
        struct("A", field("list", new Schema.Sequence(SequenceKind.SET, LONG))),
        Verdict.INCOMPATIBLE,
        "A.list: list of long -> set of long, another type");
    assertVerdict(
        new Schema.Enumeration("E", List.of("A", "B")),
        new Schema.Enumeration("E", List.of("A")),
        Verdict.INCOMPATIBLE,
        "enum E: [A, B] -> [A], stored values may be [B], which the enum lacks");
    assertVerdict(
        struct("A", field("x", INT)),
        struct("B", field("x", INT)),
        Verdict.INCOMPATIBLE,
        "B: record A -> record B, another type; if it was renamed, annotate it with @FormerNames(\"A\")");
    assertVerdict(
        new Schema.Choice("S", List.of(new Schema.Alternative("A", struct("A")))),
        new Schema.Choice("S", List.of()),
        Verdict.INCOMPATIBLE,
        "S: A -> nothing, stored values may be of this class");
    assertVerdict(
        new Schema.OptionalValue(TEXT),
        new Schema.OptionalValue(LONG),
        Verdict.INCOMPATIBLE,
        "optional long[value]: string -> long, another type");
    assertVerdict(
        new Schema.Mapping(MapKind.MAP, TEXT, TEXT),
        new Schema.Mapping(MapKind.TREE_MAP, LONG, TEXT),
        Verdict.INCOMPATIBLE,
        "map from long to string[key]: string -> long, another type");
  }

  @Test
  void aTypeInsideItselfIsComparedOnce() {
    Schema old = struct("N", field("v", INT), field("next", new Schema.Reference("N")));
    Schema now = struct("N", field("v", LONG), field("next", new Schema.Reference("N")));
    assertVerdict(old, now, Verdict.AFTER_MIGRATION, "N.v: int -> long, widened");
    assertVerdict(now, old, Verdict.INCOMPATIBLE, "N.v: long -> int, may not fit");
  }

  @Test
  void whatCouldMakeOneOfTwoKeysIsRefusedInKeysOnly() {
    Schema old = struct("A", field("x", INT), field("y", TEXT));
    Schema less = struct("A", field("x", INT));
    String change = "A.y: string -> nothing, two keys could become one";
    assertThat(SchemaComparison.compareKeys(Renames.NONE.applyTo(old), less).refused())
        .map(SchemaChange::toString)
        .containsExactly(change);
    assertThat(SchemaComparison.compareKeys(Renames.NONE.applyTo(less), old).verdict())
        .isEqualTo(Verdict.AFTER_MIGRATION);
    assertThat(SchemaComparison.compareKeys(Renames.NONE.applyTo(old), old).verdict())
        .isEqualTo(Verdict.AS_IS);
    SchemaComparison both =
        SchemaComparison.compare(
            new Schema.Mapping(MapKind.MAP, old, new Schema.Reference("A")),
            new Schema.Mapping(MapKind.MAP, less, new Schema.Reference("A")));
    assertThat(both.changes()).map(SchemaChange::refused).containsExactly(true, false);
  }

  @Test
  void everyDifferenceIsALineOfATable() {
    SchemaComparison comparison =
        SchemaComparison.compare(
            struct("A", field("x", LONG), field("name", TEXT), field("z", INT)),
            struct("A", field("x", INT), field("name", TEXT), field("note", TEXT)));
    assertThat(comparison.table())
        .isEqualTo(
            """
                where    stored    declared
              ! A.x      long      int        REFUSED: may not fit
                A.z      int       nothing    removed; its stored values are dropped
                A.note   nothing   string     added; gets its default
            """);
  }

  @Test
  void aReferenceToNothingIsRefused() {
    assertThatThrownBy(() -> new SchemaIndex(new Schema.Reference("X")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("X");
  }

  @Test
  void aTreeThatIsNoSchemaIsRefused() {
    for (Object tree :
        List.of(
            "complex",
            1,
            List.of(),
            Map.of("type", "pie"),
            Map.of("type", "record", "name", "A"),
            Map.of("type", "enum", "name", "A", "constants", List.of(1)),
            Map.of("type", "sequence", "kind", "pile", "element", "int"),
            Map.of("type", "reference", "name", "nowhere"))) {
      assertThatThrownBy(() -> SchemaTree.fromTree(tree))
          .as("%s", tree)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
