package io.weir.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.functions.AggregateFunction;
import io.weir.api.state.AggregatingState;
import io.weir.api.state.AggregatingStateDescriptor;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReducingState;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.state.StateTtlConfig;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateKind;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every state backend must do. */
public abstract class KeyedStateBackendContract {
  private static final TypeInformation<String> KEY = Types.STRING;

  private final ValueStateDescriptor<String> text =
      new ValueStateDescriptor<>("text", String.class);
  private final ValueStateDescriptor<Long> number =
      new ValueStateDescriptor<>("number", Long.class);
  private final ValueStateDescriptor<Account> account =
      new ValueStateDescriptor<>("account", Account.class);
  private final ListStateDescriptor<String> list = new ListStateDescriptor<>("list", String.class);
  private final MapStateDescriptor<String, Long> map =
      new MapStateDescriptor<>("map", String.class, Long.class);
  private final ReducingStateDescriptor<Long> sum =
      new ReducingStateDescriptor<>("sum", Long::sum, Long.class);
  private final AggregatingStateDescriptor<Long, Account, Double> mean =
      new AggregatingStateDescriptor<>("mean", new Mean(), Account.class);

  private BackendFixture fixture;
  private KeyedStateBackend<String> backend;

  /** A mutable value. */
  public static final class Account {
    public long total;
    public long count;

    public Account() {}

    Account(long total, long count) {
      this.total = total;
      this.count = count;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Account that && total == that.total && count == that.count;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(total) + 31 * Long.hashCode(count);
    }

    @Override
    public String toString() {
      return total + "/" + count;
    }
  }

  /** The same name as nothing else; a type that numbers do not convert to. */
  public record Point(int x, int y) {}

  private static final class Mean implements AggregateFunction<Long, Account, Double> {
    private static final long serialVersionUID = 1L;

    @Override
    public Account createAccumulator() {
      return new Account();
    }

    @Override
    public Account add(Long value, Account accumulator) {
      accumulator.total += value;
      accumulator.count++;
      return accumulator;
    }

    @Override
    public Double getResult(Account accumulator) {
      return (double) accumulator.total / accumulator.count;
    }

    @Override
    public Account merge(Account a, Account b) {
      return new Account(a.total + b.total, a.count + b.count);
    }
  }

  protected abstract StateBackendFactory factory();

  @BeforeEach
  void createBackend() throws Exception {
    fixture = new BackendFixture(factory());
    backend = fixture.create(KEY);
  }

  @AfterEach
  void closeBackends() {
    fixture.close();
  }

  private void restart() throws Exception {
    backend = fixture.restart(backend, KEY);
  }

  private static <T> List<T> listOf(Iterable<T> values) {
    return StreamSupport.stream(values.spliterator(), false).toList();
  }

  private static <K, V> Map<K, V> mapOf(MapState<K, V> state) throws Exception {
    Map<K, V> map = new HashMap<>();
    for (Map.Entry<K, V> entry : state.entries()) {
      assertThat(map).doesNotContainKey(entry.getKey());
      map.put(entry.getKey(), entry.getValue());
    }
    return map;
  }

  // the current key

  /** Expected keys may be absent, unknown to the state, or not even of this backend. */
  @Test
  void expectingKeysChangesNothing() throws Exception {
    ValueState<String> texts = backend.state(text);
    ListState<String> lists = backend.state(list);
    backend.setCurrentKey("a");
    texts.update("first");
    lists.add("one");
    Object[] keys = {null, "a", "b", "elsewhere", null};
    int[] keyGroups = {0, KeyGroups.keyGroupOf("a", 16), KeyGroups.keyGroupOf("b", 16), 1_000, 0};
    backend.expect(keys, keyGroups, 1, 4);
    assertThat(backend.currentKey()).isEqualTo("a");
    assertThat(texts.value()).isEqualTo("first");
    assertThat(lists.get()).containsExactly("one");
    backend.setCurrentKey("b");
    assertThat(texts.value()).isNull();
  }

  @Test
  void aFreshBackendHasNoKey() {
    assertThat(backend.currentKey()).isNull();
  }

  @Test
  void theKeySetLastIsTheCurrentOne() {
    backend.setCurrentKey("a");
    backend.setCurrentKey("b");
    assertThat(backend.currentKey()).isEqualTo("b");
  }

  @Test
  void stateCannotBeUsedWithoutAKey() {
    ValueState<String> state = backend.state(text);
    assertThatThrownBy(state::value)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("without a key");
    assertThatThrownBy(() -> state.update("x")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aKeyOfAnotherSubtaskIsRefused() throws Exception {
    KeyedStateBackend<String> part = fixture.create(KEY, 16, new KeyGroupRange(4, 7), List.of());
    assertThatThrownBy(() -> part.setCurrentKey("a", 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4..7")
        .hasMessageContaining("hash");
    assertThatThrownBy(() -> part.setCurrentKey("a", 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBackendKnowsItsKeyGroups() throws Exception {
    KeyedStateBackend<String> part = fixture.create(KEY, 16, new KeyGroupRange(4, 7), List.of());
    assertThat(part.keyGroupRange()).isEqualTo(new KeyGroupRange(4, 7));
    assertThat(part.maxParallelism()).isEqualTo(16);
  }

  // value state

  @Test
  void valuesOfKeysAreApart() throws Exception {
    ValueState<String> state = backend.state(text);
    backend.setCurrentKey("a");
    state.update("1");
    backend.setCurrentKey("b");
    assertThat(state.value()).isNull();
    state.update("2");
    backend.setCurrentKey("a");
    assertThat(state.value()).isEqualTo("1");
  }

  @Test
  void valuesOfStatesAreApart() throws Exception {
    backend.setCurrentKey("a");
    backend.state(text).update("1");
    backend.state(number).update(7L);
    backend.state(new ValueStateDescriptor<>("other", String.class)).update("2");
    assertThat(backend.state(text).value()).isEqualTo("1");
    assertThat(backend.state(number).value()).isEqualTo(7);
  }

  @Test
  void whenNullIsWritten_thenTheValueIsGone() throws Exception {
    ValueState<String> state = backend.state(text);
    backend.setCurrentKey("a");
    state.update("1");
    state.update(null);
    assertThat(state.value()).isNull();
    assertThat(fixture.snapshot(backend)).isNull();
  }

  @Test
  void aClearedValueIsGone() throws Exception {
    ValueState<Account> state = backend.state(account);
    backend.setCurrentKey("a");
    state.update(new Account(1, 1));
    state.clear();
    state.clear();
    assertThat(state.value()).isNull();
    assertThat(fixture.snapshot(backend)).isNull();
  }

  @Test
  void theDefaultValueIsReadWhenThereIsNone() throws Exception {
    ValueState<Long> state = backend.state(new ValueStateDescriptor<>("counter", Long.class, 5L));
    backend.setCurrentKey("a");
    assertThat(state.value()).isEqualTo(5);
    state.update(6L);
    assertThat(state.value()).isEqualTo(6);
    state.clear();
    assertThat(state.value()).isEqualTo(5);
  }

  @Test
  void changingADefaultValueChangesNoOtherKey() throws Exception {
    ValueState<Account> state =
        backend.state(new ValueStateDescriptor<>("acc", Account.class, new Account(0, 0)));
    backend.setCurrentKey("a");
    state.value().total = 9;
    backend.setCurrentKey("b");
    assertThat(state.value()).isEqualTo(new Account(0, 0));
  }

  @Test
  void everyNumberIsAKeyAndAValue() throws Exception {
    long[] numbers = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 42, 0x9E3779B97F4A7C15L};
    KeyedStateBackend<Long> numeric = fixture.create(Types.LONG);
    for (long key : numbers) {
      numeric.setCurrentKey(key);
      assertThat(numeric.state(number).value()).isNull();
      numeric.state(number).update(~key);
    }
    numeric = fixture.restart(numeric, Types.LONG);
    for (long key : numbers) {
      numeric.setCurrentKey(key);
      assertThat(numeric.state(number).value()).isEqualTo(~key);
      numeric.state(number).clear();
      assertThat(numeric.state(number).value()).isNull();
    }
    assertThat(fixture.snapshot(numeric)).isNull();
  }

  @Test
  void integersAndDoublesKeepTheirClass() throws Exception {
    KeyedStateBackend<Integer> numeric = fixture.create(Types.INT);
    ValueStateDescriptor<Integer> ints = new ValueStateDescriptor<>("ints", Integer.class);
    ValueStateDescriptor<Double> doubles = new ValueStateDescriptor<>("doubles", Double.class);
    for (int key : new int[] {0, -5, Integer.MIN_VALUE}) {
      numeric.setCurrentKey(key);
      numeric.state(ints).update(-key);
      numeric.state(doubles).update(key / 3.0);
    }
    numeric = fixture.restart(numeric, Types.INT);
    for (int key : new int[] {0, -5, Integer.MIN_VALUE}) {
      numeric.setCurrentKey(key);
      assertThat(numeric.state(ints).value()).isEqualTo(-key);
      assertThat(numeric.state(doubles).value()).isEqualTo(key / 3.0);
    }
  }

  @Test
  void notANumberIsAValue() throws Exception {
    KeyedStateBackend<Long> numeric = fixture.create(Types.LONG);
    ValueStateDescriptor<Double> doubles = new ValueStateDescriptor<>("doubles", Double.class);
    numeric.setCurrentKey(1L);
    numeric.state(doubles).update(Double.NaN);
    numeric = fixture.restart(numeric, Types.LONG);
    numeric.setCurrentKey(1L);
    assertThat(numeric.state(doubles).value()).isNaN();
  }

  @Test
  void aValueThatIsChangedInPlaceAfterItWasReadStaysChanged() throws Exception {
    ValueState<Account> state = backend.state(account);
    backend.setCurrentKey("a");
    state.update(new Account(1, 1));
    Account value = state.value();
    value.total = 2;
    state.update(value);
    assertThat(state.value().total).isEqualTo(2);
  }

  // list state

  @Test
  void aListWithoutElementsIsEmptyAndNotNull() throws Exception {
    backend.setCurrentKey("a");
    assertThat(backend.state(list).get()).isEmpty();
  }

  @Test
  void aListKeepsTheOrder() throws Exception {
    ListState<String> state = backend.state(list);
    backend.setCurrentKey("a");
    state.add("1");
    state.addAll(List.of("2", "3"));
    state.add("1");
    assertThat(state.get()).containsExactly("1", "2", "3", "1");
  }

  @Test
  void anUpdateReplacesTheList() throws Exception {
    ListState<String> state = backend.state(list);
    backend.setCurrentKey("a");
    state.add("1");
    List<String> values = new ArrayList<>(List.of("2", "3"));
    state.update(values);
    values.add("not in the state");
    assertThat(state.get()).containsExactly("2", "3");
  }

  @Test
  void anEmptyListIsNoState() throws Exception {
    ListState<String> state = backend.state(list);
    backend.setCurrentKey("a");
    state.addAll(List.of());
    state.add("1");
    state.update(List.of());
    assertThat(state.get()).isEmpty();
    assertThat(fixture.snapshot(backend)).isNull();
  }

  @Test
  void aListRefusesNull() {
    ListState<String> state = backend.state(list);
    backend.setCurrentKey("a");
    assertThatThrownBy(() -> state.add(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> state.addAll(Arrays.asList("1", null)))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> state.update(Arrays.asList("1", null)))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void aLongListSurvivesARestart() throws Exception {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      values.add("element " + i);
    }
    backend.setCurrentKey("a");
    backend.state(list).update(values);
    restart();
    backend.setCurrentKey("a");
    assertThat(listOf(backend.state(list).get())).isEqualTo(values);
  }

  // map state

  @Test
  void aMapIsAMap() throws Exception {
    MapState<String, Long> state = backend.state(map);
    backend.setCurrentKey("a");
    assertThat(state.isEmpty()).isTrue();
    assertThat(state.get("x")).isNull();
    state.put("x", 1L);
    state.putAll(Map.of("y", 2L, "z", 3L));
    state.put("x", 4L);
    state.remove("y");
    state.remove("unknown");
    assertThat(state.isEmpty()).isFalse();
    assertThat(state.contains("x")).isTrue();
    assertThat(state.contains("y")).isFalse();
    assertThat(state.get("x")).isEqualTo(4);
    assertThat(mapOf(state)).isEqualTo(Map.of("x", 4L, "z", 3L));
    assertThat(state.keys()).containsExactlyInAnyOrder("x", "z");
    assertThat(state.values()).containsExactlyInAnyOrder(4L, 3L);
  }

  @Test
  void mapsOfKeysAreApart() throws Exception {
    MapState<String, Long> state = backend.state(map);
    backend.setCurrentKey("a");
    state.put("x", 1L);
    backend.setCurrentKey("b");
    assertThat(state.contains("x")).isFalse();
    state.put("x", 2L);
    state.clear();
    backend.setCurrentKey("a");
    assertThat(state.get("x")).isEqualTo(1);
  }

  @Test
  void aMapHoldsNullValues() throws Exception {
    backend.setCurrentKey("a");
    backend.state(map).put("x", null);
    restart();
    backend.setCurrentKey("a");
    assertThat(backend.state(map).contains("x")).isTrue();
    assertThat(backend.state(map).get("x")).isNull();
    assertThat(backend.state(map).isEmpty()).isFalse();
  }

  @Test
  void aMapWithoutEntriesIsNoState() throws Exception {
    MapState<String, Long> state = backend.state(map);
    backend.setCurrentKey("a");
    state.put("x", 1L);
    state.remove("x");
    assertThat(state.isEmpty()).isTrue();
    assertThat(fixture.snapshot(backend)).isNull();
  }

  @Test
  void anIteratorRemovesAnySubset() throws Exception {
    MapState<String, Long> state = backend.state(map);
    for (int subset = 0; subset < 1 << 8; subset++) {
      backend.setCurrentKey("key" + subset);
      Map<String, Long> expected = new HashMap<>();
      for (long i = 0; i < 8; i++) {
        state.put("entry" + i, i);
        expected.put("entry" + i, i);
      }
      Set<String> seen = new HashSet<>();
      for (Iterator<Map.Entry<String, Long>> each = state.iterator(); each.hasNext(); ) {
        Map.Entry<String, Long> entry = each.next();
        assertThat(seen.add(entry.getKey())).isTrue();
        if ((subset & (1 << entry.getValue())) != 0) {
          each.remove();
          expected.remove(entry.getKey());
        }
      }
      assertThat(seen).hasSize(8);
      assertThat(mapOf(state)).isEqualTo(expected);
      assertThat(state.isEmpty()).isEqualTo(expected.isEmpty());
    }
  }

  @Test
  void anEntryWritesThrough() throws Exception {
    MapState<String, Long> state = backend.state(map);
    backend.setCurrentKey("a");
    state.putAll(Map.of("x", 1L, "y", 2L));
    for (Map.Entry<String, Long> entry : state.entries()) {
      entry.setValue(entry.getValue() * 10);
    }
    assertThat(mapOf(state)).isEqualTo(Map.of("x", 10L, "y", 20L));
  }

  @Test
  void keysAndValuesCanBeRemovedThroughTheirIterators() throws Exception {
    MapState<String, Long> state = backend.state(map);
    backend.setCurrentKey("a");
    state.putAll(Map.of("x", 1L, "y", 2L));
    Iterator<String> keys = state.keys().iterator();
    String removed = keys.next();
    keys.remove();
    assertThat(state.contains(removed)).isFalse();
    Iterator<Long> values = state.values().iterator();
    values.next();
    values.remove();
    assertThat(state.isEmpty()).isTrue();
  }

  @Test
  void aLargeMapSurvivesARestart() throws Exception {
    Map<String, Long> expected = new HashMap<>();
    backend.setCurrentKey("a");
    for (long i = 0; i < 5_000; i++) {
      backend.state(map).put("entry" + i, i);
      expected.put("entry" + i, i);
    }
    restart();
    backend.setCurrentKey("a");
    assertThat(mapOf(backend.state(map))).isEqualTo(expected);
  }

  // reducing and aggregating state

  @Test
  void reducingStateReduces() throws Exception {
    ReducingState<Long> state = backend.state(sum);
    backend.setCurrentKey("a");
    assertThat(state.get()).isNull();
    state.add(2L);
    state.add(3L);
    assertThat(state.get()).isEqualTo(5);
    restart();
    backend.setCurrentKey("a");
    backend.state(sum).add(4L);
    assertThat(backend.state(sum).get()).isEqualTo(9);
    backend.state(sum).clear();
    assertThat(backend.state(sum).get()).isNull();
  }

  @Test
  void aggregatingStateAggregates() throws Exception {
    AggregatingState<Long, Double> state = backend.state(mean);
    backend.setCurrentKey("a");
    assertThat(state.get()).isNull();
    state.add(2L);
    state.add(4L);
    assertThat(state.get()).isEqualTo(3);
    restart();
    backend.setCurrentKey("a");
    backend.state(mean).add(9L);
    assertThat(backend.state(mean).get()).isEqualTo(5);
  }

  // names, kinds and types

  @Test
  void theSameNameGivesTheSameState() {
    assertThat(backend.state(text)).isSameAs(backend.state(text));
    assertThat(backend.state(text))
        .isSameAs(backend.state(new ValueStateDescriptor<>("text", String.class)));
    assertThat(backend.timers("timers", Types.STRING))
        .isSameAs(backend.timers("timers", Types.STRING));
    assertThat(backend.namespaced(list, Types.LONG)).isSameAs(backend.namespaced(list, Types.LONG));
  }

  @Test
  void aNameOfAnotherKindOrTypeIsRefused() {
    backend.state(text);
    backend.timers("timers", Types.STRING);
    assertThatThrownBy(() -> backend.state(new ListStateDescriptor<>("text", String.class)))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("'text'")
        .hasMessageContaining("the operator");
    assertThatThrownBy(() -> backend.state(new ValueStateDescriptor<>("text", Long.class)))
        .isInstanceOf(StateException.class);
    assertThatThrownBy(() -> backend.namespaced(text, Types.LONG))
        .isInstanceOf(StateException.class);
    assertThatThrownBy(() -> backend.state(new ValueStateDescriptor<>("timers", Long.class)))
        .isInstanceOf(StateException.class);
    assertThatThrownBy(() -> backend.timers("timers", Types.LONG))
        .isInstanceOf(StateException.class);
    assertThatThrownBy(() -> backend.timers("text", Types.LONG)).isInstanceOf(StateException.class);
  }

  @Test
  void aNamespacedStateIsNoPlainOne() {
    backend.namespaced(list, Types.LONG);
    assertThatThrownBy(() -> backend.state(list)).isInstanceOf(StateException.class);
    assertThatThrownBy(() -> backend.namespaced(list, Types.STRING))
        .isInstanceOf(StateException.class);
  }

  @Test
  void restoredStateOfAnotherKindIsRefused() throws Exception {
    backend.setCurrentKey("a");
    backend.state(text).update("1");
    restart();
    assertThatThrownBy(() -> backend.state(new ListStateDescriptor<>("text", String.class)))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("'text'")
        .hasMessageContaining("the operator")
        .hasMessageContaining("VALUE");
  }

  @Test
  void restoredStateOfAnIncompatibleTypeIsRefused() throws Exception {
    backend.setCurrentKey("a");
    backend.state(text).update("1");
    restart();
    assertThatThrownBy(() -> backend.state(new ValueStateDescriptor<>("text", Point.class)))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("'text'")
        .hasMessageContaining("the operator");
  }

  @Test
  void restoredNumbersAreWidened() throws Exception {
    backend.setCurrentKey("a");
    backend.state(new ValueStateDescriptor<>("number", Integer.class)).update(7);
    restart();
    backend.setCurrentKey("a");
    assertThat(backend.state(number).value()).isEqualTo(7);
  }

  @Test
  void theTypeOfAKeyCannotChange() throws Exception {
    KeyedStateBackend<Integer> ints = fixture.create(Types.INT);
    ints.setCurrentKey(1);
    ints.state(text).update("1");
    KeyedStateBackend<Long> longs = fixture.create(Types.LONG, fixture.snapshot(ints));
    assertThatThrownBy(() -> longs.state(text))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("key");
  }

  // namespaces

  @Test
  void namespacesAreApart() throws Exception {
    NamespacedState<Long, ValueState<String>> state = backend.namespaced(text, Types.LONG);
    backend.setCurrentKey("a");
    state.in(1L).update("one");
    state.in(2L).update("two");
    backend.setCurrentKey("b");
    assertThat(state.in(1L).value()).isNull();
    backend.setCurrentKey("a");
    assertThat(state.in(1L).value()).isEqualTo("one");
    state.in(1L).clear();
    assertThat(state.in(1L).value()).isNull();
    assertThat(state.in(2L).value()).isEqualTo("two");
  }

  @Test
  void namespacesSurviveARestart() throws Exception {
    backend.setCurrentKey("a");
    backend.namespaced(text, Types.LONG).in(1L).update("one");
    backend.namespaced(map, Types.LONG).in(2L).put("x", 2L);
    restart();
    backend.setCurrentKey("a");
    assertThat(backend.namespaced(text, Types.LONG).in(1L).value()).isEqualTo("one");
    assertThat(backend.namespaced(text, Types.LONG).in(2L).value()).isNull();
    assertThat(backend.namespaced(map, Types.LONG).in(2L).get("x")).isEqualTo(2);
  }

  @Test
  void listsAreMergedInOrder() throws Exception {
    NamespacedState<Long, ListState<String>> state = backend.namespaced(list, Types.LONG);
    backend.setCurrentKey("a");
    state.in(1L).addAll(List.of("1", "2"));
    state.in(2L).add("3");
    state.in(4L).add("0");
    state.merge(4L, List.of(1L, 2L, 3L));
    assertThat(state.in(4L).get()).containsExactly("0", "1", "2", "3");
    assertThat(state.in(1L).get()).isEmpty();
    assertThat(state.in(2L).get()).isEmpty();
  }

  @Test
  void reducedAndAggregatedValuesAreMerged() throws Exception {
    NamespacedState<Long, ReducingState<Long>> sums = backend.namespaced(sum, Types.LONG);
    NamespacedState<Long, AggregatingState<Long, Double>> means =
        backend.namespaced(mean, Types.LONG);
    backend.setCurrentKey("a");
    for (long namespace = 1; namespace <= 3; namespace++) {
      sums.in(namespace).add(namespace);
      means.in(namespace).add(namespace);
    }
    sums.merge(9L, List.of(1L, 2L, 3L));
    means.merge(1L, List.of(2L, 3L));
    assertThat(sums.in(9L).get()).isEqualTo(6);
    assertThat(means.in(1L).get()).isEqualTo(2);
    assertThat(sums.in(1L).get()).isNull();
    assertThat(means.in(3L).get()).isNull();
  }

  @Test
  void mergingNothingChangesNothing() throws Exception {
    NamespacedState<Long, ReducingState<Long>> sums = backend.namespaced(sum, Types.LONG);
    backend.setCurrentKey("a");
    sums.in(1L).add(1L);
    sums.merge(1L, List.of());
    sums.merge(1L, List.of(7L, 8L));
    assertThat(sums.in(1L).get()).isEqualTo(1);
  }

  @Test
  void mergingTouchesNoOtherKey() throws Exception {
    NamespacedState<Long, ReducingState<Long>> sums = backend.namespaced(sum, Types.LONG);
    backend.setCurrentKey("b");
    sums.in(1L).add(10L);
    backend.setCurrentKey("a");
    sums.in(1L).add(1L);
    sums.merge(2L, List.of(1L));
    backend.setCurrentKey("b");
    assertThat(sums.in(1L).get()).isEqualTo(10);
    assertThat(sums.in(2L).get()).isNull();
  }

  @Test
  void valuesAndMapsCannotBeMerged() throws Exception {
    NamespacedState<Long, ValueState<String>> state = backend.namespaced(text, Types.LONG);
    backend.setCurrentKey("a");
    state.in(1L).update("1");
    state.in(2L).update("2");
    assertThatThrownBy(() -> state.merge(3L, List.of(1L, 2L)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("'text'");
  }

  // timers

  @Test
  void anEmptyQueueHasNoTimer() {
    TimerQueue<String, Long> timers = backend.timers("timers", Types.LONG);
    assertThat(timers.nextTimestamp()).isEqualTo(TimerQueue.NONE);
    assertThat(timers.takeDue(Long.MAX_VALUE)).isFalse();
    assertThat(timers.size()).isZero();
  }

  @Test
  void timersComeInOrderOfTimeAndSetTheirKey() {
    TimerQueue<String, Long> timers = backend.timers("timers", Types.LONG);
    for (int i = 0; i < 200; i++) {
      backend.setCurrentKey("key" + i);
      timers.register((long) i, (i * 37) % 100);
    }
    assertThat(timers.size()).isEqualTo(200);
    long last = Long.MIN_VALUE;
    for (int i = 0; i < 200; i++) {
      assertThat(timers.takeDue(1_000)).isTrue();
      assertThat(timers.takenTimestamp()).isGreaterThanOrEqualTo(last);
      assertThat(backend.currentKey()).isEqualTo("key" + timers.takenNamespace());
      assertThat(timers.takenTimestamp()).isEqualTo((timers.takenNamespace() * 37) % 100);
      last = timers.takenTimestamp();
    }
    assertThat(timers.takeDue(1_000)).isFalse();
  }

  @Test
  void onlyDueTimersAreTaken() {
    TimerQueue<String, Long> timers = backend.timers("timers", Types.LONG);
    backend.setCurrentKey("a");
    timers.register(0L, 10);
    timers.register(0L, 11);
    assertThat(timers.takeDue(9)).isFalse();
    assertThat(timers.takeDue(10)).isTrue();
    assertThat(timers.takeDue(10)).isFalse();
    assertThat(timers.nextTimestamp()).isEqualTo(11);
  }

  @Test
  void aTimerIsRegisteredOnce() {
    TimerQueue<String, Long> timers = backend.timers("timers", Types.LONG);
    backend.setCurrentKey("a");
    timers.register(1L, 10);
    timers.register(1L, 10);
    timers.register(2L, 10);
    backend.setCurrentKey("b");
    timers.register(1L, 10);
    assertThat(timers.size()).isEqualTo(3);
  }

  @Test
  void aDeletedTimerDoesNotCome() {
    TimerQueue<String, Long> timers = backend.timers("timers", Types.LONG);
    for (int i = 0; i < 50; i++) {
      backend.setCurrentKey("key" + i % 5);
      timers.register((long) (i % 3), i);
    }
    for (int i = 0; i < 50; i += 2) {
      backend.setCurrentKey("key" + i % 5);
      timers.delete((long) (i % 3), i);
      timers.delete((long) (i % 3), i);
      timers.delete(99L, i);
    }
    for (int i = 1; i < 50; i += 2) {
      assertThat(timers.nextTimestamp()).isEqualTo(i);
      assertThat(timers.takeDue(100)).isTrue();
    }
    assertThat(timers.size()).isZero();
  }

  @Test
  void timersOfQueuesAreApart() {
    backend.setCurrentKey("a");
    backend.timers("event", Types.LONG).register(1L, 10);
    assertThat(backend.timers("processing", Types.LONG).size()).isZero();
  }

  @Test
  void equalTimersComeInTheSameOrderAfterARestore() throws Exception {
    TimerQueue<String, Long> timers = backend.timers("timers", Types.LONG);
    for (int i = 0; i < 300; i++) {
      backend.setCurrentKey("key" + (i * 7919) % 300);
      timers.register((long) i, i % 3);
    }
    KeyedStateHandle handle = fixture.snapshot(backend);
    List<String> expected = drain(backend);
    assertThat(drain(fixture.create(KEY, handle))).isEqualTo(expected).hasSize(300);
  }

  private static List<String> drain(KeyedStateBackend<String> backend) {
    TimerQueue<String, Long> timers = backend.timers("timers", Types.LONG);
    List<String> taken = new ArrayList<>();
    while (timers.takeDue(Long.MAX_VALUE)) {
      taken.add(timers.takenTimestamp() + backend.currentKey() + timers.takenNamespace());
    }
    return taken;
  }

  // all keys

  @Test
  void everyKeyIsVisitedOnce() throws Exception {
    Set<String> expected = new TreeSet<>();
    for (int i = 0; i < 1_000; i++) {
      backend.setCurrentKey("key" + i);
      backend.state(text).update("value" + i);
      expected.add("key" + i);
    }
    List<String> visited = new ArrayList<>();
    ValueState<String> state = backend.state(text);
    backend.forEachKey(
        text,
        key -> {
          visited.add(key);
          assertThat(backend.currentKey()).isEqualTo(key);
          try {
            state.update(state.value() + "!");
            if (key.endsWith("7")) {
              state.clear();
            }
          } catch (java.io.IOException e) {
            throw new AssertionError(e);
          }
        });
    assertThat(visited).hasSize(1_000);
    assertThat(new TreeSet<>(visited)).isEqualTo(expected);
    backend.setCurrentKey("key6");
    assertThat(state.value()).isEqualTo("value6!");
    backend.setCurrentKey("key7");
    assertThat(state.value()).isNull();
  }

  @Test
  void numericKeysAreVisitedToo() throws Exception {
    KeyedStateBackend<Long> numeric = fixture.create(Types.LONG);
    Set<Long> expected = new HashSet<>();
    for (long key = 0; key < 100; key++) {
      numeric.setCurrentKey(key);
      numeric.state(number).update(key);
      expected.add(key);
    }
    Set<Long> visited = new HashSet<>();
    numeric.forEachKey(number, key -> assertThat(visited.add(key)).isTrue());
    assertThat(visited).isEqualTo(expected);
  }

  // snapshots

  @Test
  void aBackendWithoutEntriesHasNoSnapshot() throws Exception {
    backend.state(text);
    backend.timers("timers", Types.LONG);
    assertThat(fixture.snapshot(backend)).isNull();
    assertThat(fixture.storage().fileCount()).isZero();
  }

  @Test
  void aSnapshotHoldsWhatWasThereWhenItWasTaken() throws Exception {
    ValueState<String> texts = backend.state(text);
    ValueState<Account> accounts = backend.state(account);
    ListState<String> lists = backend.state(list);
    MapState<String, Long> maps = backend.state(map);
    AggregatingState<Long, Double> means = backend.state(mean);
    TimerQueue<String, Long> timers = backend.timers("timers", Types.LONG);
    for (int i = 0; i < 100; i++) {
      backend.setCurrentKey("key" + i);
      texts.update("old");
      accounts.update(new Account(i, 1));
      lists.addAll(List.of("x", "y"));
      maps.put("x", 1L);
      maps.put("y", 2L);
      means.add(10L);
      timers.register(1L, i);
    }
    PendingSnapshot<KeyedStateHandle> pending = backend.snapshot(1, CheckpointType.CHECKPOINT);
    for (int i = 0; i < 150; i++) {
      backend.setCurrentKey("key" + i);
      texts.update("new");
      if (i < 100) {
        accounts.value().total = -1;
      }
      lists.add("z");
      maps.put("x", 9L);
      maps.remove("y");
      maps.put("z", 3L);
      means.add(0L);
      timers.delete(1L, i);
      timers.register(2L, i + 1_000);
    }
    KeyedStateBackend<String> restored = fixture.create(KEY, pending.write(fixture.storage()));
    assertThat(restored.timers("timers", Types.LONG).size()).isEqualTo(100);
    for (int i = 0; i < 100; i++) {
      restored.setCurrentKey("key" + i);
      assertThat(restored.state(text).value()).isEqualTo("old");
      assertThat(restored.state(account).value()).isEqualTo(new Account(i, 1));
      assertThat(restored.state(list).get()).containsExactly("x", "y");
      assertThat(mapOf(restored.state(map))).isEqualTo(Map.of("x", 1L, "y", 2L));
      assertThat(restored.state(mean).get()).isEqualTo(10);
    }
    restored.setCurrentKey("key120");
    assertThat(restored.state(text).value()).isNull();
    backend.setCurrentKey("key1");
    assertThat(texts.value()).isEqualTo("new");
    assertThat(accounts.value().total).isEqualTo(-1);
    assertThat(lists.get()).containsExactly("x", "y", "z");
    assertThat(mapOf(maps)).isEqualTo(Map.of("x", 9L, "z", 3L));
    assertThat(means.get()).isEqualTo(5);
  }

  @Test
  void severalSnapshotsMayBePending() throws Exception {
    ValueState<Account> accounts = backend.state(account);
    List<PendingSnapshot<KeyedStateHandle>> pending = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 20; i++) {
        backend.setCurrentKey("key" + i);
        if (round == 0) {
          accounts.update(new Account(0, 0));
        } else {
          accounts.value().total = round;
        }
      }
      pending.add(backend.snapshot(round, CheckpointType.CHECKPOINT));
    }
    for (int round : new int[] {3, 0, 4, 2, 1}) {
      backend.setCurrentKey("key0");
      accounts.value().count++;
      KeyedStateBackend<String> restored =
          fixture.create(KEY, pending.get(round).write(fixture.storage()));
      for (int i = 0; i < 20; i++) {
        restored.setCurrentKey("key" + i);
        assertThat(restored.state(account).value()).isEqualTo(new Account(round, 0));
      }
    }
  }

  @Test
  void aDiscardedSnapshotChangesNothing() throws Exception {
    backend.setCurrentKey("a");
    backend.state(account).update(new Account(1, 1));
    backend.snapshot(1, CheckpointType.CHECKPOINT).discard();
    backend.state(account).value().total = 2;
    restart();
    backend.setCurrentKey("a");
    assertThat(backend.state(account).value().total).isEqualTo(2);
  }

  @Test
  void aSnapshotIsDescribedByItsStates() throws Exception {
    backend.setCurrentKey("a");
    backend.state(text).update("1");
    backend.timers("timers", Types.LONG).register(1L, 1);
    KeyedStateHandle handle = fixture.snapshot(backend);
    assertThat(handle.range()).isEqualTo(backend.keyGroupRange());
    assertThat(handle.states())
        .extracting(state -> state.name() + " " + state.kind())
        .containsExactlyInAnyOrder("text " + StateKind.VALUE, "timers " + StateKind.TIMERS);
  }

  @Test
  void anInterruptedSnapshotStops() throws Exception {
    backend.setCurrentKey("a");
    backend.state(text).update("1");
    PendingSnapshot<KeyedStateHandle> pending = backend.snapshot(1, CheckpointType.CHECKPOINT);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> pending.write(fixture.storage()))
          .isInstanceOf(InterruptedIOException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  // restoring

  @Test
  void restoredStateThatNobodyAsksForGoesIntoTheNextSnapshot() throws Exception {
    for (int i = 0; i < 100; i++) {
      backend.setCurrentKey("key" + i);
      backend.state(text).update("value" + i);
      backend.state(map).put("x", (long) i);
    }
    restart();
    backend.setCurrentKey("key1");
    backend.state(number).update(1L);
    restart();
    restart();
    for (int i = 0; i < 100; i++) {
      backend.setCurrentKey("key" + i);
      assertThat(backend.state(text).value()).isEqualTo("value" + i);
      assertThat(backend.state(map).get("x")).isEqualTo(i);
    }
    backend.setCurrentKey("key1");
    assertThat(backend.state(number).value()).isEqualTo(1);
  }

  @Test
  void askingForRestoredStateLeavesTheCurrentKey() throws Exception {
    for (int i = 0; i < 10; i++) {
      backend.setCurrentKey("key" + i);
      backend.state(text).update("value" + i);
      backend.timers("timers", Types.LONG).register(0L, i);
    }
    restart();
    backend.state(text);
    assertThat(backend.currentKey()).isNull();
    backend.setCurrentKey("key3");
    backend.timers("timers", Types.LONG);
    assertThat(backend.currentKey()).isEqualTo("key3");
    assertThat(backend.state(text).value()).isEqualTo("value3");
  }

  /** The largest parallelism whose pairs are tried. */
  protected int largestParallelism() {
    return 12;
  }

  @Test
  void stateMovesWithEveryPairOfParallelisms() throws Exception {
    int maxParallelism = 20;
    for (int before = 1; before <= largestParallelism(); before++) {
      List<KeyedStateHandle> handles = new ArrayList<>();
      List<KeyedStateBackend<String>> old =
          fixture.createAll(KEY, maxParallelism, before, List.of());
      for (int i = 0; i < 60; i++) {
        KeyedStateBackend<String> owner = ownerOf("key" + i, old);
        owner.state(text).update("value" + i);
        owner.namespaced(list, Types.LONG).in(1L).add("element" + i);
        owner.state(map).put("x", (long) i);
        owner.timers("timers", Types.LONG).register((long) i, i);
      }
      for (KeyedStateBackend<String> subtask : old) {
        handles.add(fixture.snapshot(subtask));
      }
      for (int after = 1; after <= largestParallelism(); after++) {
        List<KeyedStateBackend<String>> restored =
            fixture.createAll(KEY, maxParallelism, after, handles);
        int timers = 0;
        for (KeyedStateBackend<String> subtask : restored) {
          timers += subtask.timers("timers", Types.LONG).size();
        }
        assertThat(timers).isEqualTo(60);
        for (int i = 0; i < 60; i++) {
          KeyedStateBackend<String> owner = ownerOf("key" + i, restored);
          assertThat(owner.state(text).value()).isEqualTo("value" + i);
          assertThat(owner.namespaced(list, Types.LONG).in(1L).get())
              .containsExactly("element" + i);
          assertThat(owner.state(map).get("x")).isEqualTo(i);
        }
        restored.forEach(KeyedStateBackend::close);
      }
    }
  }

  private static KeyedStateBackend<String> ownerOf(
      String key, List<KeyedStateBackend<String>> backends) {
    int maxParallelism = backends.get(0).maxParallelism();
    int keyGroup = KeyGroups.keyGroupOf(key, maxParallelism);
    KeyedStateBackend<String> owner =
        backends.get(KeyGroups.subtaskOf(keyGroup, maxParallelism, backends.size()));
    owner.setCurrentKey(key, keyGroup);
    return owner;
  }

  @Test
  void untouchedStateMovesWithTheParallelismToo() throws Exception {
    for (int i = 0; i < 60; i++) {
      backend.setCurrentKey("key" + i);
      backend.state(text).update("value" + i);
    }
    List<KeyedStateHandle> handles = new ArrayList<>();
    for (KeyedStateBackend<String> part :
        fixture.createAll(KEY, 16, 3, List.of(fixture.snapshot(backend)))) {
      handles.add(fixture.snapshot(part));
    }
    KeyedStateBackend<String> joined =
        fixture.create(KEY, handles.toArray(KeyedStateHandle[]::new));
    for (int i = 0; i < 60; i++) {
      joined.setCurrentKey("key" + i);
      assertThat(joined.state(text).value()).isEqualTo("value" + i);
    }
  }

  @Test
  void aKeyThatHasMovedToAnotherKeyGroupIsNoticed() throws Exception {
    backend.setCurrentKey("a", (KeyGroups.keyGroupOf("a", 16) + 1) % 16);
    backend.state(text).update("1");
    restart();
    assertThatThrownBy(() -> backend.state(text))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("the key a")
        .hasMessageContaining("hash");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.3, 0.5, 0.9, 0.999})
  void aChangedByteIsNoticed(double place) throws Exception {
    CanonicalKeyedState handle = snapshotOfSomeState();
    byte[] bytes = fixture.storage().bytes(handle.data());
    bytes[(int) (place * bytes.length)] ^= 0x20;
    assertThatThrownBy(() -> fixture.create(KEY, handle)).isInstanceOf(CorruptStateException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.999})
  void missingBytesAreNoticed(double place) throws Exception {
    CanonicalKeyedState handle = snapshotOfSomeState();
    byte[] bytes = fixture.storage().bytes(handle.data());
    CanonicalKeyedState shorter =
        new CanonicalKeyedState(
            handle.range(),
            handle.states(),
            handle.offsets(),
            handle.compression(),
            fixture.storage().put(Arrays.copyOf(bytes, (int) (place * bytes.length))));
    assertThatThrownBy(() -> fixture.create(KEY, shorter))
        .isInstanceOf(CorruptStateException.class)
        .hasMessageContaining("memory:");
  }

  @Test
  void damagedEntriesAreNoticedEvenIfTheChecksumFits() throws Exception {
    CanonicalKeyedState handle = snapshotOfSomeState();
    byte[] original = fixture.storage().bytes(handle.data());
    int noticed = 0;
    for (int at = 0; at < original.length; at++) {
      byte[] bytes = original.clone();
      bytes[at] ^= (byte) 0x80;
      CanonicalKeyedState damaged =
          new CanonicalKeyedState(
              handle.range(),
              handle.states(),
              handle.offsets(),
              handle.compression(),
              fixture.storage().put(bytes));
      try {
        fixture.create(KEY, damaged).state(text);
      } catch (CorruptStateException e) {
        noticed++;
      } catch (StateException e) {
        assertThat(e).hasMessageContaining("'text'");
        noticed++;
      }
    }
    assertThat(noticed).isGreaterThan(original.length / 2);
  }

  private CanonicalKeyedState snapshotOfSomeState() throws Exception {
    for (int i = 0; i < 20; i++) {
      backend.setCurrentKey("key" + i);
      backend.state(text).update("value" + i);
    }
    return fixture.canonical(backend);
  }

  // time to live

  private static StateTtlConfig.Builder ttl() {
    return StateTtlConfig.newBuilder(Duration.ofMillis(100));
  }

  private ValueStateDescriptor<String> textWith(StateTtlConfig config) {
    ValueStateDescriptor<String> descriptor = new ValueStateDescriptor<>("text", String.class);
    descriptor.enableTimeToLive(config);
    return descriptor;
  }

  @Test
  void aValueExpires() throws Exception {
    ValueState<String> state = backend.state(textWith(ttl().build()));
    backend.setCurrentKey("a");
    state.update("1");
    fixture.advance(99);
    assertThat(state.value()).isEqualTo("1");
    fixture.advance(1);
    assertThat(state.value()).isNull();
  }

  @Test
  void writingRenewsAValueAndReadingDoesNot() throws Exception {
    ValueState<String> state = backend.state(textWith(ttl().build()));
    backend.setCurrentKey("a");
    state.update("1");
    fixture.advance(60);
    state.update("2");
    fixture.advance(60);
    assertThat(state.value()).isEqualTo("2");
    fixture.advance(60);
    assertThat(state.value()).isNull();
  }

  @Test
  void readingRenewsAValueIfConfiguredSo() throws Exception {
    ValueState<String> state = backend.state(textWith(ttl().updateTtlOnReadAndWrite().build()));
    backend.setCurrentKey("a");
    state.update("1");
    for (int i = 0; i < 5; i++) {
      fixture.advance(60);
      assertThat(state.value()).isEqualTo("1");
    }
    fixture.advance(100);
    assertThat(state.value()).isNull();
  }

  @Test
  void anExpiredValueIsShownOnceIfConfiguredSo() throws Exception {
    ValueState<String> state = backend.state(textWith(ttl().returnExpiredIfNotCleanedUp().build()));
    backend.setCurrentKey("a");
    state.update("1");
    fixture.advance(100);
    assertThat(state.value()).isEqualTo("1");
    assertThat(state.value()).isNull();
  }

  @Test
  void elementsOfAListExpireOneByOne() throws Exception {
    list.enableTimeToLive(ttl().build());
    ListState<String> state = backend.state(list);
    backend.setCurrentKey("a");
    state.add("1");
    fixture.advance(60);
    state.add("2");
    fixture.advance(60);
    assertThat(state.get()).containsExactly("2");
    fixture.advance(60);
    assertThat(state.get()).isEmpty();
    assertThat(fixture.snapshot(backend)).isNull();
  }

  @Test
  void entriesOfAMapExpireOneByOne() throws Exception {
    map.enableTimeToLive(ttl().build());
    MapState<String, Long> state = backend.state(map);
    backend.setCurrentKey("a");
    state.put("x", 1L);
    state.put("y", null);
    fixture.advance(60);
    state.put("z", 3L);
    fixture.advance(60);
    assertThat(state.contains("x")).isFalse();
    assertThat(state.get("y")).isNull();
    assertThat(mapOf(state)).isEqualTo(Map.of("z", 3L));
    fixture.advance(60);
    assertThat(state.isEmpty()).isTrue();
    assertThat(fixture.snapshot(backend)).isNull();
  }

  @Test
  void readingRenewsEntriesOfAMapIfConfiguredSo() throws Exception {
    map.enableTimeToLive(ttl().updateTtlOnReadAndWrite().build());
    MapState<String, Long> state = backend.state(map);
    backend.setCurrentKey("a");
    state.putAll(Map.of("x", 1L, "y", 2L, "z", 3L));
    fixture.advance(60);
    state.get("x");
    fixture.advance(60);
    assertThat(mapOf(state)).isEqualTo(Map.of("x", 1L));
    fixture.advance(60);
    assertThat(mapOf(state)).isEqualTo(Map.of("x", 1L));
  }

  @Test
  void reducedAndAggregatedValuesExpire() throws Exception {
    sum.enableTimeToLive(ttl().build());
    mean.enableTimeToLive(ttl().build());
    backend.setCurrentKey("a");
    backend.state(sum).add(1L);
    backend.state(mean).add(1L);
    fixture.advance(100);
    backend.state(sum).add(5L);
    backend.state(mean).add(5L);
    assertThat(backend.state(sum).get()).isEqualTo(5);
    assertThat(backend.state(mean).get()).isEqualTo(5);
  }

  @Test
  void timeGoesOnOverARestart() throws Exception {
    map.enableTimeToLive(ttl().build());
    list.enableTimeToLive(ttl().build());
    backend.setCurrentKey("a");
    backend.state(textWith(ttl().build())).update("1");
    backend.state(map).put("x", 1L);
    backend.state(list).add("1");
    fixture.advance(60);
    backend.state(map).put("y", 2L);
    backend.state(list).add("2");
    restart();
    fixture.advance(60);
    backend.setCurrentKey("a");
    assertThat(backend.state(textWith(ttl().build())).value()).isNull();
    assertThat(mapOf(backend.state(map))).isEqualTo(Map.of("y", 2L));
    assertThat(backend.state(list).get()).containsExactly("2");
  }

  @Test
  void expiredValuesAreLeftOutOfASnapshotIfConfiguredSo() throws Exception {
    list.enableTimeToLive(ttl().cleanupFullSnapshot().build());
    map.enableTimeToLive(ttl().cleanupFullSnapshot().build());
    backend.setCurrentKey("a");
    backend.state(textWith(ttl().cleanupFullSnapshot().build())).update("a secret that is over");
    backend.state(list).add("a secret element");
    backend.state(map).put("a secret key", 1L);
    fixture.advance(100);
    backend.state(list).add("fresh");
    backend.state(map).put("young", 1L);
    CanonicalKeyedState handle = fixture.canonical(backend);
    assertThat(
            new String(
                fixture.storage().bytes(handle.data()),
                java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("fresh")
        .contains("young")
        .doesNotContain("secret");
    restart();
    backend.setCurrentKey("a");
    assertThat(backend.state(list).get()).containsExactly("fresh");
    assertThat(mapOf(backend.state(map))).isEqualTo(Map.of("young", 1L));
  }

  /** Lets a backend find time for what it does besides, with and without records. */
  private void cleanUp() throws Exception {
    ValueStateDescriptor<String> expiring = textWith(ttl().build());
    for (int record = 0; record < 2_000; record++) {
      backend.setCurrentKey("other");
      backend.state(expiring).value();
      backend.state(list).get();
      backend.state(map).get("x");
      backend.namespaced(sum, Types.LONG).in(-1L).get();
    }
    backend.setCurrentKey("last");
    while (backend.cleanUp()) {
      assertThat(backend.currentKey()).isEqualTo("last");
    }
  }

  private void writeExpiring(String content, int keys, StateTtlConfig config) throws Exception {
    list.enableTimeToLive(config);
    map.enableTimeToLive(config);
    sum.enableTimeToLive(config);
    for (int i = 0; i < keys; i++) {
      backend.setCurrentKey("key" + i);
      backend.state(textWith(config)).update(content);
      backend.state(list).add(content);
      backend.state(map).put(content, 1L);
      backend.namespaced(sum, Types.LONG).in((long) i).add(5L);
    }
  }

  private String canonicalText() throws Exception {
    CanonicalKeyedState handle = fixture.canonical(backend);
    return handle == null
        ? ""
        : new String(
            fixture.storage().bytes(handle.data()), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatHasExpiredIsRemovedThoughNobodyReadsIt() throws Exception {
    writeExpiring("a secret", 300, ttl().build());
    assertThat(canonicalText()).contains("a secret");
    fixture.advance(60);
    backend.setCurrentKey("key7");
    backend.state(list).add("fresh");
    backend.state(map).put("young", 1L);
    backend.state(textWith(ttl().build())).update("renewed");
    fixture.advance(940);
    backend.setCurrentKey("key8");
    backend.state(list).add("fresh");
    backend.state(map).put("young", 1L);
    backend.state(textWith(ttl().build())).update("renewed");
    fixture.advance(50);
    assertThat(canonicalText()).as("written where it is looked for").contains("key7");
    cleanUp();
    assertThat(canonicalText())
        .contains("fresh", "young", "renewed", "key8")
        .doesNotContain("secret", "key9", "key299", "key7");
    backend.setCurrentKey("key8");
    assertThat(backend.state(list).get()).containsExactly("fresh");
    assertThat(mapOf(backend.state(map))).isEqualTo(Map.of("young", 1L));
    assertThat(backend.state(textWith(ttl().build())).value()).isEqualTo("renewed");
  }

  @Test
  void aSnapshotThatIsBeingTakenKeepsWhatIsCleanedUpMeanwhile() throws Exception {
    writeExpiring("old", 100, ttl().build());
    assertThat(canonicalText()).as("written where it is looked for").contains("old");
    PendingSnapshot<KeyedStateHandle> pending = backend.snapshot(7, CheckpointType.CHECKPOINT);
    fixture.advance(1_000);
    cleanUp();
    KeyedStateHandle handle = pending.write(fixture.storage());
    assertThat(canonicalText()).doesNotContain("old");
    fixture.advance(-1_000);
    KeyedStateBackend<String> restored = fixture.create(KEY, handle);
    for (int i = 0; i < 100; i++) {
      restored.setCurrentKey("key" + i);
      assertThat(restored.state(textWith(ttl().build())).value()).isEqualTo("old");
      assertThat(restored.state(list).get()).containsExactly("old");
      assertThat(mapOf(restored.state(map))).isEqualTo(Map.of("old", 1L));
      assertThat(restored.namespaced(sum, Types.LONG).in((long) i).get()).isEqualTo(5);
    }
  }

  @Test
  void whenCleaningUpIsOff_thenNothingIsRemovedThatNobodyReads() throws Exception {
    writeExpiring("a secret", 50, ttl().disableCleanupInBackground().build());
    fixture.advance(1_000);
    backend.setCurrentKey("other");
    for (int record = 0; record < 1_000; record++) {
      backend.setCurrentKey("other");
      backend.state(list).get();
    }
    assertThat(backend.cleanUp()).isFalse();
    assertThat(canonicalText()).contains("a secret");
  }

  @Test
  void aTimeToLiveCanBeAddedAndTakenAwayOnRestore() throws Exception {
    backend.setCurrentKey("a");
    backend.state(text).update("1");
    restart();
    ValueStateDescriptor<String> expiring = textWith(ttl().build());
    backend.setCurrentKey("a");
    fixture.advance(50);
    assertThat(backend.state(expiring).value()).isEqualTo("1");
    restart();
    fixture.advance(1_000);
    backend.setCurrentKey("a");
    assertThat(backend.state(text).value()).isEqualTo("1");
  }
}
