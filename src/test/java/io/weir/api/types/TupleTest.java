package io.weir.api.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TupleTest {
  static IntStream arities() {
    return IntStream.rangeClosed(0, Tuple.MAX_ARITY);
  }

  private static Tuple filled(int arity, int firstValue) throws ReflectiveOperationException {
    Tuple tuple = Tuple.getTupleClass(arity).getConstructor().newInstance();
    for (int i = 0; i < arity; i++) {
      tuple.setField(firstValue + i, i);
    }
    return tuple;
  }

  private static Tuple constructed(int arity, int firstValue) throws ReflectiveOperationException {
    Class<?>[] parameters = new Class<?>[arity];
    Arrays.fill(parameters, Object.class);
    Object[] values = IntStream.range(firstValue, firstValue + arity).boxed().toArray();
    return Tuple.getTupleClass(arity).getConstructor(parameters).newInstance(values);
  }

  @ParameterizedTest
  @MethodSource("arities")
  void everyFieldIsReadAndWrittenAtItsPosition(int arity) throws Exception {
    Tuple tuple = filled(arity, 100);

    assertThat(tuple.getArity()).isEqualTo(arity);
    for (int i = 0; i < arity; i++) {
      assertThat(tuple.<Integer>getField(i)).isEqualTo(100 + i);
      assertThat(tuple.getClass().getField("f" + i).get(tuple)).isEqualTo(100 + i);
    }
    assertThatThrownBy(() -> tuple.getField(arity)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tuple.setField(1, arity))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tuple.getField(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @MethodSource("arities")
  void equalityAndHashCodeAreThoseOfTheFields(int arity) throws Exception {
    Tuple tuple = filled(arity, 100);

    assertThat(constructed(arity, 100)).isEqualTo(tuple).hasSameHashCodeAs(tuple);
    for (int i = 0; i < arity; i++) {
      Tuple other = filled(arity, 100);
      other.setField(null, i);
      assertThat(other).isNotEqualTo(tuple);
    }
  }

  @ParameterizedTest
  @MethodSource("arities")
  void aCopyIsEqualAndIndependent(int arity) throws Exception {
    Tuple tuple = filled(arity, 100);

    Tuple copy = tuple.copy();

    assertThat(copy).isEqualTo(tuple).hasSameClassAs(tuple);
    if (arity > 0) {
      copy.setField(0, arity - 1);
      assertThat(copy).isNotEqualTo(tuple);
      assertThat(tuple).isEqualTo(filled(arity, 100));
    }
  }

  /** Key groups depend on it, so it must never change. */
  @Test
  void theHashCodeIsFixed() {
    assertThat(Tuple0.INSTANCE.hashCode()).isZero();
    assertThat(Tuple1.of("a").hashCode()).isEqualTo(97);
    assertThat(Tuple2.of("a", 1).hashCode()).isEqualTo(97 * 31 + 1);
    assertThat(Tuple3.of("a", null, 2L).hashCode()).isEqualTo(97 * 31 * 31 + 2);
  }

  @Test
  void aTupleShowsItsFieldsInParentheses() {
    assertThat(Tuple0.INSTANCE).hasToString("()");
    assertThat(Tuple2.of("a", null)).hasToString("(a,null)");
    assertThat(Tuple3.of(Tuple1.of(1), new int[] {1, 2}, new String[] {"x"}))
        .hasToString("((1),[1, 2],[x])");
  }

  @Test
  void whenAFieldIsNull_thenGetFieldNotNullNamesIt() {
    assertThatThrownBy(() -> Tuple2.of("a", null).getFieldNotNull(1))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("Field 1");
    assertThat(Tuple2.of("a", null).<String>getFieldNotNull(0)).isEqualTo("a");
  }

  @Test
  void whenThereAreTooManyFields_thenTheTupleIsRefused() {
    assertThatThrownBy(() -> Tuple.getTupleClass(26))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 25");
  }

  @Test
  void swapExchangesTheFields() {
    assertThat(Tuple2.of("a", 1).swap()).isEqualTo(Tuple2.of(1, "a"));
  }
}
