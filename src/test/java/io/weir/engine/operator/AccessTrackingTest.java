package io.weir.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.engine.OperatorMetrics;
import io.weir.engine.operator.StateTracking.Sampling;
import io.weir.state.BackendFixture;
import io.weir.state.KeyedStateBackend;
import io.weir.state.heap.HeapStateBackendFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessTrackingTest {
  private static final Optional<Sampling> EVERY = Optional.of(new Sampling(1, 4));

  private final ValueStateDescriptor<String> text =
      new ValueStateDescriptor<>("text", String.class);
  private final OperatorMetrics metrics = new OperatorMetrics();
  private KeyedStateBackend<String> backend;

  /** Every look at the clock takes a nanosecond more than the one before. */
  private long nanos;

  private long step;

  @BeforeEach
  void createBackend() throws Exception {
    backend = new BackendFixture(new HeapStateBackendFactory()).create(Types.STRING);
    backend.setCurrentKey("a");
  }

  private AccessTracking tracking(Optional<Sampling> latency, Optional<Sampling> size) {
    return new AccessTracking(new StateTracking(latency, size), metrics, () -> nanos += step++);
  }

  @Test
  void everyKindOfAccessHasItsFigures() throws Exception {
    AccessTracking tracking = tracking(EVERY, Optional.empty());
    ValueState<String> value = tracking.track(backend.state(text), text);
    value.update("x"); // 1 ns: looks at 0 and 1
    assertThat(value.value()).isEqualTo("x"); // 3 ns
    assertThat(value.value()).isEqualTo("x"); // 5 ns
    value.clear();
    assertThat(metrics.values())
        .containsEntry("text.valueStateUpdateLatency.max", 1L)
        .containsEntry("text.valueStateGetLatency.samples", 2L)
        .containsEntry("text.valueStateGetLatency.p50", 3L)
        .containsEntry("text.valueStateGetLatency.p99", 5L)
        .containsEntry("text.valueStateGetLatency.max", 5L)
        .containsEntry("text.valueStateClearLatency.samples", 1L);
    assertThat(metrics.values().keySet()).noneMatch(name -> name.contains("Size"));
    assertThat(backend.state(text).value()).as("cleared by its tracked form").isNull();
  }

  @Test
  void onlyOneInSoManyIsMeasuredAndOnlyTheLastCount() throws Exception {
    AccessTracking tracking = tracking(Optional.of(new Sampling(10, 2)), Optional.empty());
    ValueState<String> value = tracking.track(backend.state(text), text);
    for (int i = 0; i < 49; i++) {
      value.value();
    }
    assertThat(metrics.values())
        .containsEntry("text.valueStateGetLatency.samples", 4L)
        .as("of 1, 3, 5 and 7")
        .containsEntry("text.valueStateGetLatency.p50", 5L)
        .containsEntry("text.valueStateGetLatency.max", 7L);
  }

  @Test
  void theSizesOfValuesAreMeasured() throws Exception {
    AccessTracking tracking = tracking(Optional.empty(), EVERY);
    ValueState<String> value = tracking.track(backend.state(text), text);
    value.value();
    value.update("123456789");
    value.value();
    MapStateDescriptor<String, String> mapOf =
        new MapStateDescriptor<>("map", String.class, String.class);
    MapState<String, String> map = tracking.track(backend.state(mapOf), mapOf);
    map.put("key", "1234");
    map.put("null", null);
    map.putAll(Map.of("other", "5"));
    assertThat(map.get("key")).isEqualTo("1234");
    assertThat(map.contains("key")).isTrue();
    map.keys().forEach(key -> {});
    ListStateDescriptor<String> listOf = new ListStateDescriptor<>("list", String.class);
    ListState<String> list = tracking.track(backend.state(listOf), listOf);
    list.add("12");
    list.update(List.of("1", "2"));
    assertThat(list.get()).containsExactly("1", "2");
    ReducingStateDescriptor<Long> sumOf =
        new ReducingStateDescriptor<>("sum", Long::sum, Long.class);
    tracking.track(backend.state(sumOf), sumOf).add(1L);
    assertThat(metrics.values())
        .containsEntry("text.valueStateUpdateValueSize.max", 10L)
        .containsEntry("text.valueStateGetValueSize.samples", 1L)
        .containsEntry("map.mapStatePutValueSize.samples", 1L)
        .containsEntry("map.mapStateGetValueSize.p50", 5L)
        .containsEntry("list.listStateAddValueSize.p50", 3L)
        .containsEntry("sum.reducingStateAddValueSize.p50", 1L)
        .doesNotContainKeys("list.listStateUpdateValueSize.p50", "list.listStateGetValueSize.p50");
    assertThat(metrics.values().keySet()).noneMatch(name -> name.contains("Latency"));
  }

  @Test
  void whatAnAccessThrowsComesOutAsItIs() {
    AccessTracking tracking = tracking(EVERY, EVERY);
    ListStateDescriptor<String> listOf = new ListStateDescriptor<>("list", String.class);
    ListState<String> list = tracking.track(backend.state(listOf), listOf);
    assertThatThrownBy(() -> list.add(null)).isInstanceOf(NullPointerException.class);
  }
}
