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
        "A: the fields have another order");
    assertVerdict(
        old,
        struct("A", field("x", INT)),
        Verdict.AFTER_MIGRATION,
        "A.y: removed; its stored values are dropped");
    assertVerdict(
        old,
        struct("A", field("x", LONG), field("y", TEXT)),
        Verdict.AFTER_MIGRATION,
        "A.x: widened from int to long");
    assertVerdict(
        struct("A", field("x", INT)), old, Verdict.AFTER_MIGRATION, "A.y: added; gets its default");
    assertVerdict(
        new Schema.Enumeration("E", List.of("A", "B")),
        new Schema.Enumeration("E", List.of("B", "A", "C")),
        Verdict.AFTER_MIGRATION,
        "enum E: enum E has more constants or another order");
    assertVerdict(
        new Schema.Sequence(SequenceKind.LIST, INT),
        new Schema.Sequence(SequenceKind.ARRAY_LIST, INT),
        Verdict.AFTER_MIGRATION,
        "array list of int: the description changed, the values do not");
  }

  @Test
  void whatCannotBeReadIsRefusedWithItsPath() {
    Schema old = struct("A", field("list", new Schema.Sequence(SequenceKind.LIST, LONG)));
    assertVerdict(
        old,
        struct("A", field("list", new Schema.Sequence(SequenceKind.LIST, INT))),
        Verdict.INCOMPATIBLE,
        "A.list[]: stored as long, which may not fit into int");
    assertVerdict(
        old,
        struct("A", field("list", new Schema.Sequence(SequenceKind.SET, LONG))),
        Verdict.INCOMPATIBLE,
        "A.list: stored as list of long, declared as set of long");
    assertVerdict(
        new Schema.Enumeration("E", List.of("A", "B")),
        new Schema.Enumeration("E", List.of("A")),
        Verdict.INCOMPATIBLE,
        "enum E: stored values may be [B], which enum E lacks");
    assertVerdict(
        struct("A", field("x", INT)),
        struct("B", field("x", INT)),
        Verdict.INCOMPATIBLE,
        "B: stored as record A, declared as record B");
    assertVerdict(
        new Schema.Choice("S", List.of(new Schema.Alternative("A", struct("A")))),
        new Schema.Choice("S", List.of()),
        Verdict.INCOMPATIBLE,
        "S: stored values may be A, which is gone");
    assertVerdict(
        new Schema.OptionalValue(TEXT),
        new Schema.OptionalValue(LONG),
        Verdict.INCOMPATIBLE,
        "optional long[value]: stored as string, declared as long");
    assertVerdict(
        new Schema.Mapping(MapKind.MAP, TEXT, TEXT),
        new Schema.Mapping(MapKind.TREE_MAP, LONG, TEXT),
        Verdict.INCOMPATIBLE,
        "map from long to string[key]: stored as string, declared as long");
  }

  @Test
  void aTypeInsideItselfIsComparedOnce() {
    Schema old = struct("N", field("v", INT), field("next", new Schema.Reference("N")));
    Schema now = struct("N", field("v", LONG), field("next", new Schema.Reference("N")));
    assertVerdict(old, now, Verdict.AFTER_MIGRATION, "N.v: widened from int to long");
    assertVerdict(
        now, old, Verdict.INCOMPATIBLE, "N.v: stored as long, which may not fit into int");
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
