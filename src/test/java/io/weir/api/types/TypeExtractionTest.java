package io.weir.api.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.functions.AggregateFunction;
import io.weir.api.functions.FlatMapFunction;
import io.weir.api.functions.KeySelector;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.MapFunction;
import io.weir.api.functions.RichMapFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TypeExtractionTest {
  private static final TypeInformation<List<String>> STRINGS = Types.LIST(Types.STRING);

  private static Optional<TypeInformation<Object>> mapped(
      MapFunction<?, ?> function, TypeInformation<?>... inputs) {
    return TypeExtraction.outputType(function, MapFunction.class, 1, inputs);
  }

  private static Optional<TypeInformation<Object>> flatMapped(FlatMapFunction<?, ?> function) {
    return TypeExtraction.outputType(function, FlatMapFunction.class, 1);
  }

  static class Split implements MapFunction<String, List<String>> {
    @Override
    public List<String> map(String value) {
      return List.of(value.split(" ", -1));
    }
  }

  abstract static class Pairing<A, B> extends RichMapFunction<A, Tuple2<A, B>> {}

  abstract static class PairingWithLength<X> extends Pairing<X, Integer> {}

  static class Sized extends PairingWithLength<String> {
    @Override
    public Tuple2<String, Integer> map(String value) {
      return Tuple2.of(value, value.length());
    }
  }

  static class Identity<T> implements MapFunction<T, T> {
    @Override
    public T map(T value) {
      return value;
    }
  }

  static class First<T> implements MapFunction<List<T>, Optional<T>> {
    @Override
    public Optional<T> map(List<T> value) {
      return value.stream().findFirst();
    }
  }

  static class Average implements AggregateFunction<Long, Tuple2<Long, Integer>, Double> {
    @Override
    public Tuple2<Long, Integer> createAccumulator() {
      return Tuple2.of(0L, 0);
    }

    @Override
    public Tuple2<Long, Integer> add(Long value, Tuple2<Long, Integer> accumulator) {
      return Tuple2.of(accumulator.f0 + value, accumulator.f1 + 1);
    }

    @Override
    public Double getResult(Tuple2<Long, Integer> accumulator) {
      return (double) accumulator.f0 / accumulator.f1;
    }

    @Override
    public Tuple2<Long, Integer> merge(Tuple2<Long, Integer> a, Tuple2<Long, Integer> b) {
      return Tuple2.of(a.f0 + b.f0, a.f1 + b.f1);
    }
  }

  @Test
  void aNamedClassSaysItsTypes() {
    assertThat(mapped(new Split())).contains(untyped(STRINGS));
    assertThat(TypeExtraction.typeArgument(new Average(), AggregateFunction.class, 1))
        .contains(untyped(Types.TUPLE(Types.LONG, Types.INT)));
    assertThat(TypeExtraction.typeArgument(new Average(), AggregateFunction.class, 2))
        .contains(untyped(Types.DOUBLE));
  }

  @Test
  void anAnonymousClassSaysItsTypes() {
    MapFunction<String, Map<String, Long[]>> function =
        new MapFunction<>() {
          @Override
          public Map<String, Long[]> map(String value) {
            return Map.of();
          }
        };
    assertThat(mapped(function))
        .contains(untyped(Types.MAP(Types.STRING, TypeInformation.of(Long[].class))));
    KeyedProcessFunction<String, Long, List<String>> process =
        new KeyedProcessFunction<>() {
          @Override
          public void processElement(Long value, Context ctx, Collector<List<String>> out) {}
        };
    assertThat(TypeExtraction.outputType(process, KeyedProcessFunction.class, 2))
        .contains(untyped(STRINGS));
  }

  @Test
  void typesAreFollowedThroughAHierarchy() {
    assertThat(mapped(new Sized())).contains(untyped(Types.TUPLE(Types.STRING, Types.INT)));
  }

  @Test
  void whenClassIsGeneric_thenTheInputDecides() {
    assertThat(mapped(new Identity<String>())).isEmpty();
    assertThat(mapped(new Identity<String>(), Types.STRING)).contains(untyped(Types.STRING));
    assertThat(mapped(new First<String>(), STRINGS))
        .contains(untyped(Types.OPTIONAL(Types.STRING)));
    assertThat(mapped(new First<String>(), new TypeHint<ArrayList<String>>() {}.getTypeInfo()))
        .contains(untyped(Types.OPTIONAL(Types.STRING)));
    assertThat(mapped(new First<String>(), (TypeInformation<?>) null)).isEmpty();
  }

  @Test
  void aLambdaSaysThePlainClassOfItsResult() {
    String prefix = "captured";
    MapFunction<String, Integer> length = value -> value.length() + prefix.length();
    MapFunction<Integer, long[]> array = value -> new long[value];

    assertThat(mapped(length)).contains(untyped(Types.INT));
    assertThat(mapped(array)).contains(untyped(TypeInformation.of(long[].class)));
    assertThat(TypeExtraction.typeArgument(length, MapFunction.class, 0))
        .contains(untyped(Types.STRING));
  }

  @Test
  void whenALambdaGivesAGenericValue_thenItsTypeIsUnknown() {
    MapFunction<String, List<String>> list = value -> List.of(value);
    MapFunction<String, List<String>[]> array = value -> null;
    MapFunction<String, Object> object = value -> value;
    FlatMapFunction<String, String> collector = (value, out) -> out.collect(value);

    assertThat(mapped(list)).isEmpty();
    assertThat(mapped(array)).isEmpty();
    assertThat(mapped(object)).isEmpty();
    assertThat(flatMapped(collector)).isEmpty();
  }

  private static Tuple2<String, Integer> sized(String value) {
    return Tuple2.of(value, value.length());
  }

  private static void words(String value, Collector<Tuple2<String, Integer>> out) {
    out.collect(Tuple2.of(value, 1));
  }

  private List<String> ofInstance(String value) {
    return List.of(value);
  }

  private static <T> List<T> generic(T value) {
    return List.of(value);
  }

  record Named(String name) {}

  @Test
  void aMethodReferenceSaysTheExactTypes() {
    TypeExtractionTest instance = this;

    assertThat(mapped((MapFunction<String, Tuple2<String, Integer>>) TypeExtractionTest::sized))
        .contains(untyped(Types.TUPLE(Types.STRING, Types.INT)));
    assertThat(mapped((MapFunction<String, List<String>>) instance::ofInstance))
        .contains(untyped(STRINGS));
    assertThat(
            flatMapped(
                (FlatMapFunction<String, Tuple2<String, Integer>>) TypeExtractionTest::words))
        .contains(untyped(Types.TUPLE(Types.STRING, Types.INT)));
    assertThat(mapped((MapFunction<String, Integer>) String::length)).contains(untyped(Types.INT));
    assertThat(mapped((MapFunction<String, Named>) Named::new))
        .contains(untyped(TypeInformation.of(Named.class)));
  }

  @Test
  void aReferenceToAGenericMethodSaysWhatTheCompilerKnew() {
    MapFunction<String, List<String>> list = TypeExtractionTest::generic;
    MapFunction<Map.Entry<String, Long>, String> key = Map.Entry::getKey;

    assertThat(mapped(list)).isEmpty();
    assertThat(mapped(key)).contains(untyped(Types.STRING));
  }

  @Test
  void aKeySelectorSaysItsKey() {
    KeySelector<Tuple2<String, Integer>, String> selector = value -> value.f0;

    assertThat(TypeExtraction.outputType(selector, KeySelector.class, 1))
        .contains(untyped(Types.STRING));
    assertThat(TypeExtraction.typeArgument(selector, KeySelector.class, 0)).isEmpty();
  }

  static class Queryable<T> extends Identity<T> implements ResultTypeQueryable<T> {
    private final TypeInformation<T> type;

    Queryable(TypeInformation<T> type) {
      this.type = type;
    }

    @Override
    public TypeInformation<T> getProducedType() {
      return type;
    }
  }

  @Test
  void whenAFunctionKnowsItsType_thenItAnswersItself() {
    assertThat(mapped(new Queryable<>(STRINGS), Types.LONG)).contains(untyped(STRINGS));
  }

  @SuppressWarnings("unchecked")
  private static TypeInformation<Object> untyped(TypeInformation<?> type) {
    return (TypeInformation<Object>) type;
  }
}
