package io.weir.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.types.TypeHint;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SerializersTest {

  @Test
  void aPrivateNestedRecordIsStored() {
    Object value = Samples.hidden("x");
    @SuppressWarnings("unchecked")
    TypeInformation<Object> type = (TypeInformation<Object>) TypeInformation.of(value.getClass());
    assertThat(Samples.roundTrip(type, value)).isEqualTo(value);
  }

  @Test
  void aPojoKeepsInheritedAndPrivateFieldsButNotTransientOnes() {
    Samples.Account account = new Samples.Account(7, "ann", Map.of("day", new int[] {1, 2}));
    account.cached = 99;
    Samples.Account back = Samples.roundTrip(TypeInformation.of(Samples.Account.class), account);
    assertThat(back.id()).isEqualTo(7);
    assertThat(back.owner()).isEqualTo("ann");
    assertThat(back.limits().get("day")).containsExactly(1, 2);
    assertThat(back.place()).contains(new Samples.Point(1, 2));
    assertThat(back.cached).isEqualTo(7);
  }

  @Test
  void aRecordOfPrimitivesCarriesNoMarksOfNull() {
    Serializer<Samples.Point> serializer = Serializers.of(TypeInformation.of(Samples.Point.class));
    assertThat(Samples.bytes(serializer, new Samples.Point(1, -1))).containsExactly(2, 1);
  }

  @Test
  void immutabilityFollowsTheParts() {
    assertThat(Serializers.of(TypeInformation.of(Samples.Node.class)).isImmutable()).isTrue();
    assertThat(Serializers.of(TypeInformation.of(Samples.Wide.class)).isImmutable()).isTrue();
    assertThat(Serializers.of(TypeInformation.of(Samples.Tree.class)).isImmutable()).isFalse();
    assertThat(Serializers.of(TypeInformation.of(Samples.Account.class)).isImmutable()).isFalse();
    assertThat(Serializers.of(Types.OPTIONAL(Types.LONG)).isImmutable()).isTrue();
    assertThat(Serializers.of(Types.LIST(Types.LONG)).isImmutable()).isFalse();
  }

  @Test
  void whatHasAFixedShapeCanBeCopiedWhileItIsChanging() {
    assertThat(isCopiedWhileChanging(Types.PRIMITIVE_ARRAY(Types.BYTE))).isTrue();
    assertThat(isCopiedWhileChanging(Types.STRING)).isTrue();
    assertThat(isCopiedWhileChanging(TypeInformation.of(Samples.Node.class))).isTrue();
    assertThat(isCopiedWhileChanging(TypeInformation.of(Counts.class))).isTrue();
    assertThat(isCopiedWhileChanging(Types.LIST(Types.LONG))).isFalse();
    assertThat(isCopiedWhileChanging(TypeInformation.of(CountsByName.class))).isFalse();
    assertThat(isCopiedWhileChanging(TypeInformation.of(Inner.class))).isFalse();
  }

  private static boolean isCopiedWhileChanging(TypeInformation<?> type) {
    return Serializers.of(type).isCopiedWhileChanging();
  }

  /** A POJO of members without parts. */
  public static class Counts {
    public long sum;
    public long[] byHour;
    public java.util.Date last;
  }

  /** A POJO with a collection. */
  public static class CountsByName {
    public long sum;
    public Map<String, Long> names;
  }

  @SuppressWarnings("ArrayRecordComponent") // it makes the record mutable
  private record Outer(Inner inner, int[] numbers) {}

  private record Inner(Outer outer) {}

  @Test
  void aTypeIsMutableIfOneAroundItThatItHoldsIs() {
    assertThat(Serializers.of(TypeInformation.of(Inner.class)).isImmutable()).isFalse();
    Outer value = new Outer(new Inner(new Outer(null, new int[] {1})), new int[] {2});
    Outer copy = Serializers.of(TypeInformation.of(Outer.class)).copy(value);
    copy.inner().outer().numbers()[0] = 5;
    assertThat(value.inner().outer().numbers()).containsExactly(1);
  }

  @Test
  void aValueOfASubclassIsRefusedInsteadOfCutDown() {
    Serializer<Samples.Open> serializer = Serializers.of(TypeInformation.of(Samples.Open.class));
    assertThatThrownBy(() -> serializer.write(new Samples.MoreThanOpen(), new BinaryOutput()))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("MoreThanOpen")
        .hasMessageContaining("sealed");
  }

  @Test
  void aFailureNamesThePathFromTheOutermostType() {
    Serializer<Samples.Box<Samples.Box<String>>> serializer =
        Serializers.of(TypeInformation.of(new TypeHint<Samples.Box<Samples.Box<String>>>() {}));
    @SuppressWarnings({"unchecked", "rawtypes"})
    List<String> wrong = (List) List.of("fine", 3);
    Samples.Box<Samples.Box<String>> value =
        new Samples.Box<>(null, List.of(new Samples.Box<>("a", wrong)));
    assertThatThrownBy(() -> serializer.write(value, new BinaryOutput()))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("io.weir.serial.Samples$Box<")
        .hasMessageContaining(">.more[0].more[1]: ")
        .hasMessageContaining("Integer");
  }

  @Test
  void whenAConstructorRefusesWhatIsRead_thenTheMessageIsItsOwn() {
    Serializer<Samples.Positive> serializer =
        Serializers.of(TypeInformation.of(Samples.Positive.class));
    BinaryOutput out = new BinaryOutput();
    out.writeVarInt(-4);
    assertThatThrownBy(() -> serializer.read(new BinaryInput(out.toByteArray())))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("Samples$Positive: ")
        .hasMessageContaining("not positive: -4");
  }

  @Test
  void nullIsNotAValue() {
    assertThatThrownBy(() -> Serializers.of(Types.STRING).write(null, new BinaryOutput()))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void aValueThatContainsItselfIsRefused() {
    List<Samples.Tree> children = new ArrayList<>();
    Samples.Tree tree = new Samples.Tree("loop", children);
    children.add(tree);
    Serializer<Samples.Tree> serializer = Serializers.of(TypeInformation.of(Samples.Tree.class));
    assertThatThrownBy(() -> serializer.write(tree, new BinaryOutput()))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("contain themselves");
    assertThatThrownBy(() -> serializer.copy(tree))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("contain themselves");
  }

  @Test
  void theDeepestNestingIsWrittenAndReadOnASmallStack() throws Exception {
    Samples.Node deepest = null;
    for (int i = 0; i <= Nesting.MAX_DEPTH; i++) {
      deepest = new Samples.Node(i, deepest);
    }
    Samples.Node value = deepest;
    Samples.Tree root = new Samples.Tree("leaf", List.of());
    for (int i = 0; i < Nesting.MAX_DEPTH; i++) {
      root = new Samples.Tree("branch", List.of(root));
    }
    Samples.Tree tree = root;
    List<Object> results = new ArrayList<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                results.add(
                    Samples.roundTrip(TypeInformation.of(Samples.Node.class), value).value());
                results.add(Samples.roundTrip(TypeInformation.of(Samples.Tree.class), tree).name());
              } catch (RuntimeException e) {
                results.add(e);
              }
            },
            "small-stack",
            512 * 1024);
    thread.start();
    thread.join();
    assertThat(results).containsExactly(Nesting.MAX_DEPTH, "branch");
  }

  @Test
  void aComparatorIsNotLostSilently() {
    Map<String, Integer> map = new TreeMap<>(Comparator.reverseOrder());
    map.put("a", 1);
    @SuppressWarnings("unchecked")
    Serializer<Map<String, Integer>> serializer =
        (Serializer<Map<String, Integer>>)
            (Serializer<?>) Serializers.of(Types.GENERIC(TreeMap.class, Types.STRING, Types.INT));
    assertThatThrownBy(() -> serializer.write(map, new BinaryOutput()))
        .hasMessageContaining("comparator");
  }

  private record Vague(int id, Object anything) {}

  private record VagueInside(List<Vague> list) {}

  @Test
  void aTypeWhoseValuesMayBeAnythingIsRefusedWithItsPath() {
    assertThatThrownBy(() -> Serializers.of(TypeInformation.of(VagueInside.class)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("VagueInside.list[].anything: ")
        .hasMessageContaining("java.lang.Object");
    assertThatThrownBy(() -> Serializers.of(TypeInformation.of(Serializable.class)))
        .hasMessageContaining("java.io.Serializable");
    assertThatThrownBy(() -> Serializers.of(TypeInformation.of(List.class)))
        .hasMessageContaining("TypeHint");
    assertThatThrownBy(() -> Serializers.of(Types.VOID)).hasMessageContaining("Void");
  }

  @Test
  void otherTypesAreStoredByTheirFields() {
    Samples.Money money = new Samples.Money(5, "EUR");
    assertThat(Samples.roundTrip(TypeInformation.of(Samples.Money.class), money)).isEqualTo(money);
    assertThat(Samples.roundTrip(TypeInformation.of(Locale.class), Locale.GERMANY))
        .isEqualTo(Locale.GERMANY);
  }

  /** Its annotation asks for any class that the data names. */
  static final class Gadget {
    @com.fasterxml.jackson.annotation.JsonTypeInfo(
        use = com.fasterxml.jackson.annotation.JsonTypeInfo.Id.CLASS)
    public final Object payload;

    Gadget() {
      this(null);
    }

    Gadget(Object payload) {
      this.payload = payload;
    }
  }

  @Test
  void aClassNameInTheDataNeverDecidesWhatIsInstantiated() {
    assertThatThrownBy(
            () -> {
              Serializer<Gadget> serializer = Serializers.of(TypeInformation.of(Gadget.class));
              serializer.copy(new Gadget(new HashMap<>(Map.of("a", "b"))));
            })
        .isInstanceOf(SerializationException.class);
  }

  static final class NoWayBack {
    final int value;

    NoWayBack(int value) {
      this.value = value;
    }
  }

  @Test
  void whatCouldNotBeReadBackIsRefusedBeforeItIsWritten() {
    assertThatThrownBy(() -> Serializers.of(TypeInformation.of(NoWayBack.class)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("NoWayBack")
        .hasMessageContaining("constructor");
  }

  sealed interface Gappy permits Known, AnyKind {}

  record Known(int a) implements Gappy {}

  abstract static non-sealed class AnyKind implements Gappy {}

  @Test
  void aSealedTypeWithAGapIsRefused() {
    assertThatThrownBy(() -> Serializers.of(TypeInformation.of(Gappy.class)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("AnyKind")
        .hasMessageContaining("open to any subclass");
  }
}
