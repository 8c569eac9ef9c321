package io.weir.api.datastream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.types.InvalidTypesException;
import io.weir.api.types.Tuple2;
import io.weir.api.types.TypeHint;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldAggregationTest {
  record Inner(int amount, String text) {}

  record Order(String customer, long total, Inner inner, BigDecimal tax) {}

  static class Base {
    double level = 1.5;
  }

  static class Reading extends Base {
    String sensor;
    Integer count;

    Reading() {}

    Reading(String sensor, int count) {
      this.sensor = sensor;
      this.count = count;
    }
  }

  static class NoDefault {
    final int value;

    NoDefault(int value) {
      this.value = value;
    }
  }

  private static final TypeInformation<Tuple2<String, Integer>> TUPLE =
      TypeInformation.of(new TypeHint<Tuple2<String, Integer>>() {});
  private static final TypeInformation<Order> ORDER = TypeInformation.of(Order.class);

  private static Order order(String customer, long total, int amount) {
    return new Order(customer, total, new Inner(amount, customer), BigDecimal.valueOf(total));
  }

  @Test
  void aSumKeepsTheOtherFieldsOfTheFirstRecordAndChangesNone() throws Exception {
    Tuple2<String, Integer> first = Tuple2.of("a", 1);

    assertThat(FieldAggregation.sum(FieldAccessor.at(1, TUPLE)).reduce(first, Tuple2.of("b", 2)))
        .isEqualTo(Tuple2.of("a", 3));
    assertThat(first).isEqualTo(Tuple2.of("a", 1));
  }

  @Test
  void fieldsOfTuplesHaveNamesToo() throws Exception {
    assertThat(
            FieldAggregation.sum(FieldAccessor.named("f1", TUPLE))
                .reduce(Tuple2.of("a", 1), Tuple2.of("b", 2)))
        .isEqualTo(Tuple2.of("a", 3));
  }

  @Test
  void aNumberItselfIsPositionZero() throws Exception {
    assertThat(FieldAggregation.sum(FieldAccessor.at(0, Types.LONG)).reduce(3L, 4L)).isEqualTo(7L);
    assertThat(FieldAggregation.max(FieldAccessor.named("*", Types.DOUBLE)).reduce(3.0, 4.0))
        .isEqualTo(4.0);
  }

  @Test
  void fieldsOfRecordsAndOfRecordsInThemAreSummed() throws Exception {
    Order a = order("a", 10, 1);
    Order b = order("b", 5, 2);

    assertThat(FieldAggregation.sum(FieldAccessor.named("total", ORDER)).reduce(a, b))
        .isEqualTo(new Order("a", 15, new Inner(1, "a"), BigDecimal.TEN));
    assertThat(FieldAggregation.sum(FieldAccessor.named("inner.amount", ORDER)).reduce(a, b))
        .isEqualTo(new Order("a", 10, new Inner(3, "a"), BigDecimal.TEN));
    assertThat(FieldAggregation.sum(FieldAccessor.named("tax", ORDER)).reduce(a, b).tax())
        .isEqualTo(BigDecimal.valueOf(15));
  }

  @Test
  void fieldsOfClassesAreSummedOnACopyAlsoInheritedOnes() throws Exception {
    TypeInformation<Reading> type = TypeInformation.of(Reading.class);
    Reading first = new Reading("s", 1);

    Reading sum =
        FieldAggregation.sum(FieldAccessor.named("level", type)).reduce(first, new Reading("t", 2));

    assertThat(List.of(sum.sensor, sum.count, sum.level)).isEqualTo(List.of("s", 1, 3.0));
    assertThat(first.level).isEqualTo(1.5);
  }

  @Test
  void minAndMaxTakeTheFieldWhileMinByAndMaxByTakeTheRecord() throws Exception {
    Order big = order("big", 10, 1);
    Order small = order("small", 5, 2);
    FieldAccessor<Order> total = FieldAccessor.named("total", ORDER);

    assertThat(FieldAggregation.min(total).reduce(big, small).customer()).isEqualTo("big");
    assertThat(FieldAggregation.min(total).reduce(big, small).total()).isEqualTo(5);
    assertThat(FieldAggregation.max(total).reduce(small, big).total()).isEqualTo(10);
    assertThat(FieldAggregation.minBy(total, true).reduce(big, small)).isSameAs(small);
    assertThat(FieldAggregation.minBy(total, true).reduce(small, big)).isSameAs(small);
    assertThat(FieldAggregation.maxBy(total, true).reduce(big, small)).isSameAs(big);
    assertThat(FieldAggregation.maxBy(total, true).reduce(small, big)).isSameAs(big);
  }

  @Test
  void ofEqualRecordsTheFirstOrTheLastIsTaken() throws Exception {
    Order one = order("one", 5, 1);
    Order two = order("two", 5, 2);
    FieldAccessor<Order> total = FieldAccessor.named("total", ORDER);

    assertThat(FieldAggregation.minBy(total, true).reduce(one, two)).isSameAs(one);
    assertThat(FieldAggregation.minBy(total, false).reduce(one, two)).isSameAs(two);
    assertThat(FieldAggregation.maxBy(total, true).reduce(one, two)).isSameAs(one);
    assertThat(FieldAggregation.maxBy(total, false).reduce(one, two)).isSameAs(two);
  }

  @Test
  void anAggregationWorksAfterItWasCopiedToASubtask() throws Exception {
    FieldAggregation<Order> sum = FieldAggregation.sum(FieldAccessor.named("total", ORDER));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sum);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      @SuppressWarnings("unchecked")
      FieldAggregation<Order> copy = (FieldAggregation<Order>) in.readObject();
      assertThat(copy.reduce(order("a", 1, 1), order("b", 2, 2)).total()).isEqualTo(3);
    }
  }

  @Test
  void aFieldThatDoesNotExistOrDoesNotFitIsRefusedWithTheReason() {
    assertThatThrownBy(() -> FieldAccessor.named("totl", ORDER))
        .isInstanceOf(InvalidTypesException.class)
        .hasMessageContaining("'totl'")
        .hasMessageContaining("total");
    assertThatThrownBy(() -> FieldAccessor.at(2, TUPLE)).hasMessageContaining("position 2");
    assertThatThrownBy(() -> FieldAccessor.at(1, ORDER)).hasMessageContaining("name the field");
    assertThatThrownBy(() -> FieldAggregation.sum(FieldAccessor.named("customer", ORDER)))
        .hasMessageContaining("number");
    assertThatThrownBy(() -> FieldAggregation.min(FieldAccessor.named("inner", ORDER)))
        .hasMessageContaining("Comparable");
    assertThatThrownBy(() -> FieldAccessor.named("value", TypeInformation.of(NoDefault.class)))
        .hasMessageContaining("constructor without parameters");
    assertThatThrownBy(() -> FieldAccessor.at(0, null)).hasMessageContaining("returns(");
  }
}
