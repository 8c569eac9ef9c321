package io.weir.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.snapshot.SchemaComparison.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenamesTest {
  private static final Schema INT = new Schema.Scalar(ScalarKind.INT);
  private static final Schema LONG = new Schema.Scalar(ScalarKind.LONG);

  private static Schema.Field field(String name, Schema schema) {
    return new Schema.Field(name, true, schema);
  }

  private static Schema.Struct struct(String name, Schema.Field... fields) {
    return new Schema.Struct(name, StructKind.RECORD, List.of(fields));
  }

  private static Renames types(String present, String... former) {
    return new Renames(Map.of(present, List.of(former)), Map.of());
  }

  private static Renames members(String type, String present, String... former) {
    return new Renames(Map.of(), Map.of(type, Map.of(present, List.of(former))));
  }

  private static Schema applied(Renames renames, Schema stored) {
    return renames.applyTo(stored).schema();
  }

  @Test
  void withoutFormerNamesNothingChanges() {
    Schema stored = struct("A", field("x", INT));
    assertThat(applied(Renames.NONE, stored)).isEqualTo(stored);
    assertThat(applied(types("B", "C"), stored)).isEqualTo(stored);
    assertThat(applied(members("A", "y", "z"), stored)).isEqualTo(stored);
    assertThat(applied(members("B", "y", "x"), stored)).isEqualTo(stored);
  }

  @Test
  void aFieldIsFoundByTheLatestOfItsFormerNames() {
    Renames renames = members("A", "c", "b", "a");
    assertThat(applied(renames, struct("A", field("a", INT))))
        .isEqualTo(struct("A", field("c", INT)));
    assertThat(applied(renames, struct("A", field("a", INT), field("b", LONG))))
        .isEqualTo(struct("A", field("a", INT), field("c", LONG)));
  }

  @Test
  void whatHasThePresentNameIsNotRenamed() {
    Schema stored = struct("A", field("a", INT), field("b", INT));
    assertThat(applied(members("A", "b", "a"), stored)).isEqualTo(stored);
    Schema both = struct("P", field("x", struct("Old")), field("y", struct("New")));
    assertThat(applied(types("New", "Old"), both)).isEqualTo(both);
  }

  @Test
  void aNameGoesToOneOnly() {
    Renames twice =
        new Renames(Map.of(), Map.of("A", Map.of("b", List.of("a"), "c", List.of("a"))));
    assertThat(applied(twice, struct("A", field("a", INT))))
        .isEqualTo(struct("A", field("b", INT)));
  }

  @Test
  void aTypeIsRenamedWhereverItStands() {
    Renames renames =
        new Renames(
            Map.of(
                "New", List.of("Old"), "NewEvent", List.of("Event"), "NewLevel", List.of("Level")),
            Map.of("New", Map.of("y", List.of("x")), "NewLevel", Map.of("SMALL", List.of("LOW"))));
    Schema stored = schema("Old", "x", "Event", "Level", "LOW");
    Schema present = schema("New", "y", "NewEvent", "NewLevel", "SMALL");
    assertThat(applied(renames, stored)).isEqualTo(present);
    assertThat(applied(renames, present)).isEqualTo(present);
    SchemaComparison comparison = SchemaComparison.compare(renames.applyTo(stored), present);
    assertThat(comparison.verdict()).isEqualTo(Verdict.AFTER_MIGRATION);
    assertThat(comparison.changes())
        .map(SchemaChange::toString)
        .contains(
            "NewEvent: Event -> NewEvent, renamed",
            "NewEvent(New): Old -> New, renamed",
            "NewEvent(New).y: x -> y, renamed",
            "NewEvent(New).levels[key]: Level -> NewLevel, renamed",
            "NewEvent(New).levels[key].SMALL: LOW -> SMALL, renamed");
    assertThat(SchemaComparison.compare(renames.applyTo(present), present).verdict())
        .isEqualTo(Verdict.AS_IS);
  }

  private static Schema schema(
      String struct, String field, String event, String level, String constant) {
    return new Schema.Choice(
        event,
        List.of(
            new Schema.Alternative(
                struct,
                struct(
                    struct + "<java.lang.String>",
                    field(field, INT),
                    field(
                        "rest",
                        new Schema.Sequence(
                            SequenceKind.LIST,
                            new Schema.Reference(struct + "<java.lang.String>"))),
                    field(
                        "levels",
                        new Schema.Mapping(
                            MapKind.MAP,
                            new Schema.Enumeration(level, List.of(constant, "HIGH")),
                            new Schema.OptionalValue(new Schema.Reference(event))))))));
  }
}
