package io.weir.api.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.functions.RichReduceFunction;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StateDescriptorTest {
  @Test
  void aDescriptorNamesTheTypeOfWhatIsStored() {
    ListStateDescriptor<String> list = new ListStateDescriptor<>("list", String.class);
    MapStateDescriptor<String, Long> map =
        new MapStateDescriptor<>("map", String.class, Long.class);

    assertThat(new ValueStateDescriptor<>("value", long.class).getTypeInformation())
        .isEqualTo(Types.LONG);
    assertThat(list.getTypeInformation()).isEqualTo(Types.LIST(Types.STRING));
    assertThat(list.getElementTypeInformation()).isEqualTo(Types.STRING);
    assertThat(map.getTypeInformation()).isEqualTo(Types.MAP(Types.STRING, Types.LONG));
    assertThat(map.getKeyTypeInformation()).isEqualTo(Types.STRING);
    assertThat(map.getValueTypeInformation()).isEqualTo(Types.LONG);
  }

  @Test
  void descriptorsOfOneKindAndNameAreEqual() {
    ValueStateDescriptor<Long> state = new ValueStateDescriptor<>("a", Long.class);

    assertThat(new ValueStateDescriptor<>("a", String.class))
        .isEqualTo(state)
        .hasSameHashCodeAs(state);
    assertThat(new ValueStateDescriptor<>("b", Long.class)).isNotEqualTo(state);
    assertThat(new ListStateDescriptor<>("a", Long.class)).isNotEqualTo(state);
  }

  @Test
  void onlyAValueMayHaveADefault() {
    assertThat(new ValueStateDescriptor<>("a", Long.class, 7L).getDefaultValue()).isEqualTo(7L);
    assertThat(new ValueStateDescriptor<>("a", Long.class).getDefaultValue()).isNull();
    assertThat(new ListStateDescriptor<>("a", Long.class).getDefaultValue()).isNull();
  }

  @Test
  void whenTheNameIsEmpty_thenTheDescriptorIsRefused() {
    assertThatThrownBy(() -> new ValueStateDescriptor<>("", Long.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whenTheFunctionIsRich_thenTheDescriptorIsRefused() {
    RichReduceFunction<Long> rich =
        new RichReduceFunction<>() {
          @Override
          public Long reduce(Long value1, Long value2) {
            return value1 + value2;
          }
        };
    assertThatThrownBy(() -> new ReducingStateDescriptor<>("sum", rich, Long.class))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("'sum'");
  }

  @Test
  void aDescriptorIsCopiedWithItsFunction() throws Exception {
    ReducingStateDescriptor<Long> state =
        new ReducingStateDescriptor<>("sum", Long::sum, Types.LONG);
    state.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofHours(1)).build());

    ReducingStateDescriptor<Long> copy = copyBySerialization(state);

    assertThat(copy).isEqualTo(state);
    assertThat(copy.getReduceFunction().reduce(1L, 2L)).isEqualTo(3L);
    assertThat(copy.getTypeInformation()).isEqualTo(Types.LONG);
    assertThat(copy.getTtlConfig().getTimeToLive()).isEqualTo(Duration.ofHours(1));
  }

  @SuppressWarnings("unchecked")
  private static <T> T copyBySerialization(T value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  @Test
  void aStateDoesNotExpireUnlessItIsAskedTo() {
    ValueStateDescriptor<Long> state =
        new ValueStateDescriptor<>("a", TypeInformation.of(Long.class));

    assertThat(state.getTtlConfig().isEnabled()).isFalse();
    state.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofHours(1)).build());
    assertThat(state.getTtlConfig().isEnabled()).isTrue();
  }

  @Test
  void theRocksDbBackendLeavesOpenWhatItWasNotTold() {
    assertThat(new EmbeddedRocksDBStateBackend().getIncremental()).isEmpty();
    assertThat(new EmbeddedRocksDBStateBackend(true).getIncremental()).contains(true);
    assertThat(new EmbeddedRocksDBStateBackend(false))
        .isNotEqualTo(new EmbeddedRocksDBStateBackend());
    assertThat(new HashMapStateBackend()).isEqualTo(new HashMapStateBackend());
  }
}
