package io.weir.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.functions.MapFunction;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.state.StateMigration;
import io.weir.api.state.StateTtlConfig;
import io.weir.api.state.StoredObject;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.serial.SchemaIncompatibleException;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.state.heap.HeapStateBackendFactory;
import io.weir.testkit.CompiledTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * State that was written by the classes of one version of a job and is read by those of a later
 * one; for every backend, from checkpoints and savepoints. The versions are in the test resources.
 */
public abstract class StateEvolutionContract {
  private static final TypeInformation<String> KEY = Types.STRING;

  /** How often which migration was asked. */
  private static final Map<String, Integer> CALLS = new HashMap<>();

  @TempDir private static Path directory;
  private static CompiledTypes before;
  private static CompiledTypes after;

  private BackendFixture fixture;

  protected abstract StateBackendFactory factory();

  @BeforeAll
  static void compile() {
    before = version("before");
    after = version("after");
  }

  private static CompiledTypes version(String name) {
    return CompiledTypes.of(
        "shop.Shop", "/io/weir/state/shop/" + name + "/Shop.java", directory.resolve(name));
  }

  @BeforeEach
  void createFixture() {
    fixture = new BackendFixture(factory());
    CALLS.clear();
  }

  @AfterEach
  void closeBackends() {
    fixture.close();
  }

  /** The states that are tried, each with its type and a value, as a version has them. */
  private static Map<String, Map.Entry<TypeInformation<Object>, Object>> states(
      CompiledTypes version) {
    return version.call("states");
  }

  private static ValueStateDescriptor<Object> value(String name, TypeInformation<Object> type) {
    return new ValueStateDescriptor<>("value of " + name, type);
  }

  private static ListStateDescriptor<Object> list(String name, TypeInformation<Object> type) {
    return new ListStateDescriptor<>("list of " + name, type);
  }

  private static MapStateDescriptor<Object, Object> map(CompiledTypes version) {
    return new MapStateDescriptor<>(
        "map",
        TypeInformation.of(version.nested("Level")),
        TypeInformation.of(version.nested("Line")));
  }

  private static ValueStateDescriptor<Object> price(CompiledTypes version) {
    return new ValueStateDescriptor<>("price", version.nested("Price"));
  }

  private KeyedStateHandle taken(KeyedStateBackend<String> backend, boolean savepoint)
      throws Exception {
    return savepoint ? fixture.canonical(backend) : fixture.snapshot(backend);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void valuesOfOldClassesBecomeValuesOfPresentOnes(boolean savepoint) throws Exception {
    KeyedStateBackend<String> old = fixture.create(KEY);
    write(old, before);
    KeyedStateBackend<String> present = fixture.create(KEY, taken(old, savepoint));
    verify(present, after);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatHasBecomePresentIsReadAsItIs(boolean savepoint) throws Exception {
    KeyedStateBackend<String> old = fixture.create(KEY);
    write(old, before);
    KeyedStateBackend<String> present = fixture.create(KEY, taken(old, savepoint));
    verify(present, after);
    KeyedStateHandle handle = taken(present, savepoint);
    assertThat(handle.states().toString()).contains("Happening").doesNotContain("$Event");
    verify(fixture.create(KEY, handle), after);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatNobodyAskedForInBetweenIsStillRead(boolean savepoint) throws Exception {
    KeyedStateBackend<String> old = fixture.create(KEY);
    write(old, before);
    KeyedStateBackend<String> between = fixture.create(KEY, taken(old, savepoint));
    KeyedStateBackend<String> present = fixture.create(KEY, taken(between, savepoint));
    verify(present, after);
  }

  /** Every backend writes what every other reads. */
  @Test
  void aSavepointIsReadByTheOtherBackendToo() throws Exception {
    KeyedStateBackend<String> old = fixture.create(KEY);
    write(old, before);
    KeyedStateHandle savepoint = fixture.canonical(old);
    try (KeyedStateBackend<String> heap =
        new HeapStateBackendFactory()
            .create(
                new KeyedBackendParameters<>(
                    "the operator",
                    KEY,
                    16,
                    old.keyGroupRange(),
                    List.of(savepoint),
                    fixture.storage(),
                    () -> 0))) {
      verify(heap, after);
    }
  }

  private void write(KeyedStateBackend<String> backend, CompiledTypes version) throws Exception {
    for (int key = 0; key < 20; key++) {
      backend.setCurrentKey("key" + key);
      for (Map.Entry<String, Map.Entry<TypeInformation<Object>, Object>> state :
          states(version).entrySet()) {
        TypeInformation<Object> type = state.getValue().getKey();
        Object value = state.getValue().getValue();
        backend.state(value(state.getKey(), type)).update(value);
        ListState<Object> list =
            backend.namespaced(list(state.getKey(), type), Types.LONG).in((long) key);
        list.add(value);
        list.add(value);
      }
      backend.state(map(version)).put(level(version), line(version));
    }
  }

  private void verify(KeyedStateBackend<String> backend, CompiledTypes version) throws Exception {
    for (int key = 0; key < 20; key++) {
      backend.setCurrentKey("key" + key);
      for (Map.Entry<String, Map.Entry<TypeInformation<Object>, Object>> state :
          states(version).entrySet()) {
        TypeInformation<Object> type = state.getValue().getKey();
        Object value = state.getValue().getValue();
        assertThat(backend.state(value(state.getKey(), type)).value()).isEqualTo(value);
        assertThat(backend.namespaced(list(state.getKey(), type), Types.LONG).in((long) key).get())
            .containsExactly(value, value);
      }
      assertThat(backend.state(map(version)).get(level(version))).isEqualTo(line(version));
    }
  }

  private static Object level(CompiledTypes version) {
    return states(version).get("level").getValue();
  }

  private static Object line(CompiledTypes version) {
    return ((List<?>) states(version).get("lines").getValue()).get(0);
  }

  @Test
  void aRefusedChangeIsShownFieldByFieldWithTheWaysOn() throws Exception {
    KeyedStateBackend<String> present = withOldPrices(false);
    assertThatThrownBy(() -> present.state(price(after)))
        .isInstanceOf(StateException.class)
        .hasCauseInstanceOf(SchemaIncompatibleException.class)
        .message()
        .contains("operator 'the operator': the value of state 'price' cannot be restored")
        .containsPattern(" +where +stored +declared\n")
        .containsPattern("! shop.Shop\\$Price.amount +string or null +primitive long +REFUSED")
        .containsPattern("! shop.Shop\\$Price.amount +string +long +REFUSED: another type")
        .containsPattern("  shop.Shop\\$Price.level.SMALL +LOW +SMALL +renamed")
        .contains("Undo what is marked", "StateMigration", "another name");
  }

  private KeyedStateBackend<String> withOldPrices(boolean savepoint) throws Exception {
    KeyedStateBackend<String> old = fixture.create(KEY);
    for (int key = 0; key < 20; key++) {
      old.setCurrentKey("key" + key);
      old.state(price(before)).update(before.call("price", "1" + key));
    }
    return fixture.create(KEY, taken(old, savepoint));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMigrationMakesValuesOfTreesOnce(boolean savepoint) throws Exception {
    migrates(StateMigration.fromTree(CompiledPrice::ofTree), savepoint);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMigrationMakesValuesOfOldOnesOnce(boolean savepoint) throws Exception {
    migrates(
        StateMigration.from(
            after.nested("OldPrice"),
            old -> {
              CALLS.merge("of a value", 1, Integer::sum);
              return after.call("migrated", old);
            }),
        savepoint);
  }

  private void migrates(StateMigration<Object> migration, boolean savepoint) throws Exception {
    ValueStateDescriptor<Object> descriptor = price(after);
    descriptor.setMigration(migration);
    KeyedStateBackend<String> present = withOldPrices(savepoint);
    assertPrices(present, descriptor);
    assertThat(CALLS.values()).containsExactly(20);
    assertPrices(fixture.create(KEY, taken(present, savepoint)), descriptor);
    assertThat(CALLS.values()).containsExactly(20);
  }

  private static void assertPrices(
      KeyedStateBackend<String> backend, ValueStateDescriptor<Object> descriptor) throws Exception {
    for (int key = 0; key < 20; key++) {
      backend.setCurrentKey("key" + key);
      assertThat(backend.state(descriptor).value()).isEqualTo(after.call("price", "1" + key));
    }
  }

  /** What a job would write by itself. */
  private static final class CompiledPrice {
    static Object ofTree(Object stored) {
      CALLS.merge("of a tree", 1, Integer::sum);
      StoredObject old = (StoredObject) stored;
      assertThat(old.className()).isEqualTo("shop.Shop$Price");
      assertThat(old.get("level")).isEqualTo("HIGH");
      return after.call("price", old.get("amount", String.class));
    }
  }

  @Test
  void elementsAndEntriesAndReducedValuesAreMigratedToo() throws Exception {
    KeyedStateBackend<String> old = fixture.create(KEY);
    StateTtlConfig ttl = StateTtlConfig.newBuilder(Duration.ofMillis(100)).build();
    old.setCurrentKey("a");
    old.state(new ListStateDescriptor<>("list", String.class)).addAll(List.of("1", "2"));
    MapStateDescriptor<String, String> texts =
        new MapStateDescriptor<>("map", String.class, String.class);
    texts.enableTimeToLive(ttl);
    old.state(texts).put("x", "3");
    old.state(texts).put("y", null);
    old.state(new ReducingStateDescriptor<>("sum", String::concat, String.class)).add("4");
    KeyedStateBackend<String> present = fixture.create(KEY, fixture.snapshot(old));
    MapFunction<String, Long> parse = Long::parseLong;
    ListStateDescriptor<Long> list = new ListStateDescriptor<>("list", Long.class);
    list.setMigration(StateMigration.from(String.class, parse));
    MapStateDescriptor<String, Long> map =
        new MapStateDescriptor<>("map", String.class, Long.class);
    map.setMigration(StateMigration.from(String.class, parse));
    map.enableTimeToLive(ttl);
    ReducingStateDescriptor<Long> sum = new ReducingStateDescriptor<>("sum", Long::sum, Long.class);
    sum.setMigration(StateMigration.from(String.class, parse));
    fixture.advance(60);
    present.setCurrentKey("a");
    assertThat(present.state(list).get()).containsExactly(1L, 2L);
    assertThat(present.state(map).get("x")).isEqualTo(3);
    assertThat(present.state(map).contains("y")).isTrue();
    assertThat(present.state(sum).get()).isEqualTo(4);
    fixture.advance(40);
    assertThat(present.state(map).get("x")).as("its time goes on").isNull();
  }

  @Test
  void aMigrationThatFailsSaysForWhichValue() throws Exception {
    KeyedStateBackend<String> present = withOldPrices(false);
    ValueStateDescriptor<Object> descriptor = price(after);
    descriptor.setMigration(
        StateMigration.fromTree(
            stored -> {
              throw new IllegalStateException("no rate");
            }));
    assertThatThrownBy(() -> present.state(descriptor))
        .isInstanceOf(StateException.class)
        .hasCauseInstanceOf(SchemaIncompatibleException.class)
        .hasMessageContaining("'price'")
        .hasMessageContaining("no rate")
        .hasMessageContaining("amount=1");
    ValueStateDescriptor<Object> toNothing = price(after);
    toNothing.setMigration(StateMigration.fromTree(stored -> null));
    KeyedStateBackend<String> other = withOldPrices(false);
    assertThatThrownBy(() -> other.state(toNothing)).hasMessageContaining("gave null");
    ValueStateDescriptor<Object> wrongType = price(after);
    wrongType.setMigration(StateMigration.from(Long.class, stored -> stored));
    KeyedStateBackend<String> third = withOldPrices(false);
    assertThatThrownBy(() -> third.state(wrongType))
        .hasMessageContaining("does not have the old type of its StateMigration")
        .hasMessageContaining("'price'");
  }

  @Test
  void aKeyNeverChanges() throws Exception {
    KeyedStateBackend<Object> old = fixture.create(TypeInformation.of(before.nested("Line")));
    old.setCurrentKey(line(before));
    ValueStateDescriptor<String> text = new ValueStateDescriptor<>("text", String.class);
    old.state(text).update("1");
    KeyedStateBackend<Object> present =
        fixture.create(TypeInformation.of(after.nested("Line")), fixture.snapshot(old));
    assertThatThrownBy(() -> present.state(text))
        .isInstanceOf(StateException.class)
        .hasCauseInstanceOf(SchemaIncompatibleException.class)
        .message()
        .contains("the key of state 'text'", "The type of a key cannot change", "another uid")
        .containsPattern("shop.Shop\\$Line.currency +nothing +string");
  }

  @Test
  void operatorStateOfOldClassesBecomesThatOfPresentOnes() throws Exception {
    OperatorStateBackend old = operatorState();
    write(old, before);
    OperatorStateBackend present = operatorState(old.snapshot(1).write(fixture.storage()));
    verify(present, after);
    verify(operatorState(present.snapshot(2).write(fixture.storage())), after);
  }

  private OperatorStateBackend operatorState(OperatorStateHandle... handles) throws Exception {
    return new OperatorStateBackend("the operator", List.of(handles), fixture.storage());
  }

  private static void write(OperatorStateBackend backend, CompiledTypes version) throws Exception {
    for (Map.Entry<String, Map.Entry<TypeInformation<Object>, Object>> state :
        states(version).entrySet()) {
      TypeInformation<Object> type = state.getValue().getKey();
      backend.getListState(list(state.getKey(), type)).add(state.getValue().getValue());
    }
    backend.getBroadcastState(map(version)).put(level(version), line(version));
    backend
        .getUnionListState(new ListStateDescriptor<>("prices", version.nested("Price")))
        .add(version.call("price", "5"));
  }

  private static void verify(OperatorStateBackend backend, CompiledTypes version) throws Exception {
    for (Map.Entry<String, Map.Entry<TypeInformation<Object>, Object>> state :
        states(version).entrySet()) {
      TypeInformation<Object> type = state.getValue().getKey();
      assertThat(backend.getListState(list(state.getKey(), type)).get())
          .containsExactly(state.getValue().getValue());
    }
    assertThat(backend.getBroadcastState(map(version)).get(level(version)))
        .isEqualTo(line(version));
    ListStateDescriptor<Object> prices =
        new ListStateDescriptor<>("prices", version.nested("Price"));
    prices.setMigration(StateMigration.fromTree(CompiledPrice::ofTree));
    List<Object> migrated = new ArrayList<>();
    backend.getUnionListState(prices).get().forEach(migrated::add);
    assertThat(migrated).containsExactly(version.<Object>call("price", "5"));
    assertThat(CALLS.values()).containsExactly(1);
  }
}
