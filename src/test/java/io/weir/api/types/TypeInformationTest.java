package io.weir.api.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TypeInformationTest {
  static class Box<T> {
    T content;
    List<T[]> history;
    int count;
  }

  static class NamedBox<N, C> extends Box<C> {
    N name;
  }

  static class Fields<X> {
    Map.Entry<String, List<Integer>> entry;
    List<? extends Number> upper;
    List<? super Integer> lower;
    List<?> any;
    List<String>[] arrayOfLists;
    X open;
  }

  private static Type field(Class<?> owner, String name) {
    try {
      return owner.getDeclaredField(name).getGenericType();
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aGenericTypeEqualsTheOneOfTheJdk() {
    Type ofJdk = field(Fields.class, "entry");

    TypeInformation<?> type = TypeInformation.ofType(ofJdk);

    assertThat(type.getType()).isEqualTo(ofJdk).hasSameHashCodeAs(ofJdk).isNotSameAs(ofJdk);
    assertThat(ofJdk).isEqualTo(type.getType());
    assertThat(TypeInformation.ofType(field(Fields.class, "arrayOfLists")).getType())
        .isEqualTo(field(Fields.class, "arrayOfLists"))
        .hasSameHashCodeAs(field(Fields.class, "arrayOfLists"));
  }

  @Test
  void hintsAndBuildersDescribeTheSameTypes() {
    assertThat(Types.TUPLE(Types.STRING, Types.LIST(Types.LONG)))
        .isEqualTo(TypeInformation.of(new TypeHint<Tuple2<String, List<Long>>>() {}));
    assertThat(Types.MAP(Types.INT, Types.SET(Types.BOOLEAN)))
        .isEqualTo(TypeInformation.of(new TypeHint<Map<Integer, Set<Boolean>>>() {}));
    assertThat(Types.OPTIONAL(Types.STRING))
        .isEqualTo(new TypeHint<Optional<String>>() {}.getTypeInfo());
    assertThat(Types.OBJECT_ARRAY(Types.LIST(Types.STRING)))
        .isEqualTo(TypeInformation.of(new TypeHint<List<String>[]>() {}));
    assertThat(Types.OBJECT_ARRAY(Types.STRING)).isEqualTo(TypeInformation.of(String[].class));
    assertThat(Types.<int[]>PRIMITIVE_ARRAY(Types.INT)).isEqualTo(TypeInformation.of(int[].class));
    assertThat(Types.<Box<String>>GENERIC(Box.class, Types.STRING))
        .isEqualTo(TypeInformation.of(new TypeHint<Box<String>>() {}));
    assertThat(Types.<Tuple0>TUPLE()).isEqualTo(TypeInformation.of(Tuple0.class));
    assertThat(Types.ENUM(Thread.State.class)).isEqualTo(TypeInformation.of(Thread.State.class));
    assertThat(Types.LIST(Types.LONG)).isNotEqualTo(Types.LIST(Types.INT));
  }

  @Test
  void aPrimitiveTypeIsItsWrapper() {
    assertThat(TypeInformation.of(int.class)).isEqualTo(Types.INT);
  }

  @Test
  void whenElementIsNotPrimitive_thenPrimitiveArrayIsRefused() {
    assertThatThrownBy(() -> Types.PRIMITIVE_ARRAY(Types.STRING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("OBJECT_ARRAY");
    assertThatThrownBy(() -> Types.PRIMITIVE_ARRAY(Types.VOID))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whenNumberOfArgumentsIsWrong_thenGenericIsRefused() {
    assertThatThrownBy(() -> Types.GENERIC(Box.class, Types.STRING, Types.INT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 1 type parameters, but 2");
  }

  @Test
  void aWildcardStandsForItsBound() {
    assertThat(TypeInformation.ofType(field(Fields.class, "upper")))
        .isEqualTo(Types.LIST(TypeInformation.of(Number.class)));
    assertThat(TypeInformation.ofType(field(Fields.class, "lower")))
        .isEqualTo(Types.LIST(Types.INT));
    assertThat(TypeInformation.ofType(field(Fields.class, "any")))
        .isEqualTo(Types.LIST(TypeInformation.of(Object.class)));
  }

  @Test
  void whenTypeHasAVariable_thenItIsRefused() {
    assertThatThrownBy(() -> TypeInformation.ofType(field(Fields.class, "open")))
        .isInstanceOf(InvalidTypesException.class)
        .hasMessageContaining("TypeHint");
    assertThatThrownBy(TypeInformationTest::<String>hintInGenericMethod)
        .isInstanceOf(InvalidTypesException.class)
        .hasMessageContaining("type argument");
  }

  private static <T> TypeInformation<List<T>> hintInGenericMethod() {
    return new TypeHint<List<T>>() {}.getTypeInfo();
  }

  @Test
  void aMemberHasTheTypeThatTheWholeGivesIt() {
    TypeInformation<NamedBox<String, Long>> box =
        new TypeHint<NamedBox<String, Long>>() {}.getTypeInfo();

    assertThat(box.memberType(field(NamedBox.class, "name"))).hasValue(Types.STRING);
    assertThat(box.memberType(field(Box.class, "content"))).hasValue(Types.LONG);
    assertThat(box.memberType(field(Box.class, "history")))
        .hasValue(Types.LIST(TypeInformation.of(Long[].class)));
    assertThat(box.memberType(field(Box.class, "count"))).hasValue(Types.INT);
    assertThat(TypeInformation.of(NamedBox.class).memberType(field(Box.class, "content")))
        .isEmpty();
  }

  @Test
  void argumentsAreFoundByTheNamesOfTheParameters() {
    assertThat(new TypeHint<NamedBox<String, Long>>() {}.getTypeInfo().getGenericParameters())
        .containsExactly(Map.entry("N", Types.STRING), Map.entry("C", Types.LONG));
    assertThat(Types.STRING.getGenericParameters()).isEmpty();
  }

  @Test
  void theClassIsTheErasedType() {
    assertThat(Types.LIST(Types.STRING).getTypeClass()).isEqualTo(List.class);
    assertThat(Types.OBJECT_ARRAY(Types.LIST(Types.STRING)).getTypeClass()).isEqualTo(List[].class);
  }

  @Test
  void aDescriptionSurvivesSerialization() throws Exception {
    for (TypeInformation<?> type :
        List.of(
            Types.STRING,
            TypeInformation.ofType(field(Fields.class, "entry")),
            TypeInformation.ofType(field(Fields.class, "arrayOfLists")))) {
      assertThat(copyBySerialization(type)).isEqualTo(type).hasSameHashCodeAs(type);
    }
  }

  private static Object copyBySerialization(Object value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }

  @Test
  void aDescriptionReadsLikeJava() {
    assertThat(Types.OBJECT_ARRAY(Types.MAP(Types.STRING, TypeInformation.of(int[].class))))
        .hasToString("java.util.Map<java.lang.String, int[]>[]");
  }
}
