package io.weir.serial;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.types.TypeInformation;
import io.weir.snapshot.Schema;
import io.weir.snapshot.SchemaTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every type and value; a failure names its seed. */
class SerializerLawTest {
  private static final int TYPES = 60;
  private static final int VALUES = 20;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyValueOfEveryTypeComesBack(long seed) throws Exception {
    RandomTypes types = new RandomTypes(seed);
    for (int t = 0; t < TYPES; t++) {
      RandomTypes.Sample sample = types.next(3);
      Serializer<Object> serializer = serializer(sample.type());
      BinaryOutput all = new BinaryOutput();
      for (int v = 0; v < VALUES; v++) {
        Object value = sample.values().get();
        byte[] bytes = Samples.bytes(serializer, value);
        BinaryInput in = new BinaryInput(bytes);
        Object back = serializer.read(in);
        String about = "type " + t + " " + sample.type() + " value " + v;
        assertThat(in.remaining()).as(about).isZero();
        assertThat(bytes).as(about).isNotEmpty();
        assertThat(DeepEquality.plain(back)).as(about).isEqualTo(DeepEquality.plain(value));
        assertThat(Samples.bytes(serializer, value)).as(about).isEqualTo(bytes);
        all.writeBytes(bytes, 0, bytes.length);
      }
      assertThat(all.position()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void aCopyIsEqualAndSharesNothingThatCanChange(long seed) throws Exception {
    RandomTypes types = new RandomTypes(seed);
    for (int t = 0; t < TYPES; t++) {
      RandomTypes.Sample sample = types.next(3);
      Serializer<Object> serializer = serializer(sample.type());
      for (int v = 0; v < VALUES; v++) {
        Object value = sample.values().get();
        Object copy = serializer.copy(value);
        assertThat(DeepEquality.plain(copy)).isEqualTo(DeepEquality.plain(value));
        if (serializer.isImmutable()) {
          assertThat(copy).isSameAs(value);
        } else {
          MutableParts.assertDisjoint(value, copy);
        }
        Object again = serializer.copy(sample.values().get(), copy);
        Object other = serializer.copy(value, again);
        assertThat(DeepEquality.plain(other)).isEqualTo(DeepEquality.plain(value));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void theSchemaSurvivesItsTreeAndIsTheSameEachTime(long seed) {
    RandomTypes types = new RandomTypes(seed);
    for (int t = 0; t < TYPES; t++) {
      TypeInformation<?> type = types.next(3).type();
      Schema schema = Serializers.of(type).schema();
      assertThat(SchemaTree.fromTree(SchemaTree.toTree(schema))).isEqualTo(schema);
      assertThat(Serializers.of(type).schema()).isEqualTo(schema);
    }
  }

  @Test
  void manyThreadsMayShareOneSerializer() throws Exception {
    Serializer<Samples.Wide> serializer = Serializers.of(TypeInformation.of(Samples.Wide.class));
    Samples.Wide value =
        new Samples.Wide("a", null, 1, "d", "e", null, "g", "h", "i", 2, "k", null);
    byte[] expected = Samples.bytes(serializer, value);
    assertThat(
            java.util.stream.IntStream.range(0, 20_000)
                .parallel()
                .allMatch(i -> java.util.Arrays.equals(expected, Samples.bytes(serializer, value))))
        .isTrue();
  }

  @SuppressWarnings("unchecked")
  private static Serializer<Object> serializer(TypeInformation<?> type) {
    return (Serializer<Object>) Serializers.of(type);
  }
}
