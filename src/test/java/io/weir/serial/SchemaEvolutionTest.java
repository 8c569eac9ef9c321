package io.weir.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.state.StoredObject;
import io.weir.api.types.TypeInformation;
import io.weir.snapshot.Schema;
import io.weir.snapshot.SchemaTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Values written by the classes in {@link Before} are read as those in {@link After}: the same
 * classes, some time later.
 */
class SchemaEvolutionTest {

  @Test
  void fieldsAreFoundByTheirNames() {
    Before.Line one = new Before.Line("tea", 3, 1.5);
    Before.Order old =
        new Before.Order(
            -7,
            "ann",
            one,
            List.of(one, new Before.Line("milk", -1, 2)),
            Map.of("x", -5),
            0.5f,
            Before.Level.LOW,
            Optional.of(4),
            new Before.Node(1, new Before.Node(2, null)),
            (byte) -3);
    After.Order order = migrate(Before.Order.class, old, After.Order.class);
    assertThat(order)
        .isEqualTo(
            new After.Order(
                Optional.of(4),
                Optional.empty(),
                -7,
                false,
                List.of(new After.Line(null, 3, "tea"), new After.Line(null, -1, "milk")),
                After.Level.LOW,
                Map.of("x", -5L),
                0.5,
                new After.Node(new After.Node(null, 2), 1),
                -3));
  }

  @Test
  void anAddedFieldOfAPojoKeepsWhatItsConstructorGave() {
    Before.Account old = new Before.Account();
    old.owner = "bob";
    old.balance = 12;
    old.gone = List.of(new Before.Line("a", 1, 2));
    After.Account account = migrate(Before.Account.class, old, After.Account.class);
    assertThat(account.owner).isEqualTo("bob");
    assertThat(account.balance).isEqualTo(12);
    assertThat(account.currency).isEqualTo("EUR");
  }

  @Test
  void classesOfASealedTypeAreFoundByTheirNames() {
    assertThat(migrate(Before.Event.class, new Before.Opened("ann", 3), After.Event.class))
        .isEqualTo(new After.Opened(3, "ann"));
    assertThat(migrate(Before.Event.class, new Before.Closed(4), After.Event.class))
        .isEqualTo(new After.Closed(4));
  }

  @Test
  void whatWasRenamedIsFoundByItsFormerNames() {
    Before.Painting old =
        new Before.Painting(
            "dusk",
            List.of(new Before.Colour("ochre", Before.Tone.DULL)),
            Map.of(Before.Tone.DULL, 1, Before.Tone.BRIGHT, 2),
            new Before.Square(3));
    assertThat(migrate(Before.Painting.class, old, After.Painting.class))
        .isEqualTo(
            new After.Painting(
                "dusk",
                List.of(new After.Paint(null, "ochre")),
                Map.of(After.Shade.DARK, 1L, After.Shade.BRIGHT, 2L),
                new After.Square(3)));
    Before.Buyer buyer = new Before.Buyer();
    buyer.client = "ann";
    buyer.money = 7;
    After.Buyer present = migrate(Before.Buyer.class, buyer, After.Buyer.class);
    assertThat(present.customer).isEqualTo("ann");
    assertThat(present.money).isEqualTo(7);
  }

  @Test
  void valuesAreReadWithoutTheirClasses() {
    Before.Painting painting =
        new Before.Painting(
            "dusk",
            Arrays.asList(new Before.Colour("ochre", Before.Tone.DULL), null),
            Map.of(Before.Tone.BRIGHT, 2),
            new Before.Square(3));
    StoredObject tree = tree(Before.Painting.class, painting);
    assertThat(tree.className()).isEqualTo("io.weir.serial.Before$Painting");
    assertThat(tree.get("title", String.class)).isEqualTo("dusk");
    assertThat(tree.get("counts")).isEqualTo(Map.of("BRIGHT", 2));
    StoredObject square = new StoredObject("io.weir.serial.Before$Square", Map.of("side", 3));
    assertThat(tree.get("frame")).isEqualTo(square);
    Map<String, Object> ochre = new LinkedHashMap<>();
    ochre.put("label", "ochre");
    ochre.put("tone", "DULL");
    assertThat(tree.get("colours"))
        .isEqualTo(Arrays.asList(new StoredObject("io.weir.serial.Before$Colour", ochre), null));
    assertThatThrownBy(() -> tree.get("name"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[title, colours, counts, frame]");

    Before.Order order =
        new Before.Order(
            -7,
            null,
            null,
            List.of(),
            Map.of(),
            0.5f,
            Before.Level.LOW,
            Optional.of(4),
            new Before.Node(1, new Before.Node(2, null)),
            (byte) -3);
    assertThat(tree(Before.Order.class, order).fields())
        .containsEntry("id", -7)
        .containsEntry("customer", null)
        .containsEntry("rank", 4)
        .containsEntry("small", (byte) -3)
        .hasEntrySatisfying(
            "chain",
            chain ->
                assertThat(((StoredObject) ((StoredObject) chain).get("next")).get("value"))
                    .isEqualTo(2));
  }

  private static <T> StoredObject tree(Class<T> type, T value) {
    Serializer<T> serializer = Serializers.of(TypeInformation.of(type));
    BinaryInput in = new BinaryInput(Samples.bytes(serializer, value));
    StoredObject tree = (StoredObject) Serializers.treeReader(serializer.schema()).read(in);
    assertThat(in.remaining()).isZero();
    return tree;
  }

  @Test
  void whatHasThePresentNamesIsReadAsItIs() {
    TypeInformation<After.Painting> type = TypeInformation.of(After.Painting.class);
    assertThat(Serializers.compare(Serializers.of(type).schema(), type).changes()).isEmpty();
  }

  @Test
  void whatWasReadIsWrittenInThePresentFormat() {
    Serializer<After.Line> reader = reader(Before.Line.class, After.Line.class);
    Serializer<After.Line> present = Serializers.of(TypeInformation.of(After.Line.class));
    After.Line line = new After.Line("EUR", 1, "tea");
    assertThat(Samples.bytes(reader, line)).isEqualTo(Samples.bytes(present, line));
    assertThat(reader.schema()).isEqualTo(present.schema());
  }

  @Test
  void whenNothingChanged_thenValuesAreReadAsTheyAre() {
    TypeInformation<Before.Order> type = TypeInformation.of(Before.Order.class);
    Serializer<Before.Node> reader =
        Serializers.reader(
            Serializers.of(TypeInformation.of(Before.Node.class)).schema(),
            TypeInformation.of(Before.Node.class));
    Before.Node value = new Before.Node(1, new Before.Node(2, null));
    assertThat(reader.read(new BinaryInput(Samples.bytes(reader, value)))).isEqualTo(value);
    assertThat(Serializers.of(type).schema()).isEqualTo(Serializers.of(type).schema());
  }

  @Test
  void whatWouldLoseValuesIsRefusedWithEveryReason() {
    assertThatThrownBy(() -> reader(Before.Narrow.class, After.Narrow.class))
        .isInstanceOf(SchemaIncompatibleException.class)
        .message()
        .containsPattern("! .*After\\$Narrow.amount +long +int +REFUSED: may not fit")
        .containsPattern("! .*After\\$Narrow.name +string or null +primitive int +REFUSED")
        .containsPattern("! .*After\\$Narrow.name +string +int +REFUSED: another type")
        .containsPattern("! .*After\\$Narrow.maybe +int or null +primitive int +REFUSED")
        .containsPattern("! .*After\\$Narrow.tags\\[\\] +string +int +REFUSED: another type")
        .containsPattern("! .*After\\$Narrow.level +enum .*Level +enum .*Small +REFUSED")
        .contains("Undo what is marked");
  }

  private static <A, B> B migrate(Class<A> old, A value, Class<B> present) {
    byte[] bytes = Samples.bytes(Serializers.of(TypeInformation.of(old)), value);
    BinaryInput in = new BinaryInput(bytes);
    B back = reader(old, present).read(in);
    assertThat(in.remaining()).isZero();
    return back;
  }

  private static <B> Serializer<B> reader(Class<?> old, Class<B> present) {
    Object tree = SchemaTree.toTree(Serializers.of(TypeInformation.of(old)).schema());
    Schema stored = SchemaTree.fromTree(renamed(tree));
    return Serializers.reader(stored, TypeInformation.of(present));
  }

  /** As if the old classes had had the names of the new ones. */
  private static Object renamed(Object tree) {
    if (tree instanceof String text) {
      return text.replace("Before$", "After$");
    }
    if (tree instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(each -> copy.add(renamed(each)));
      return copy;
    }
    if (tree instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key, renamed(value)));
      return copy;
    }
    return tree;
  }
}
