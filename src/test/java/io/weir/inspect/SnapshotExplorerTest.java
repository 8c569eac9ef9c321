package io.weir.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.StateTtlConfig;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.inspect.StateEntry.Difference;
import io.weir.inspect.StateEntry.KeyGroupSize;
import io.weir.inspect.StateEntry.Page;
import io.weir.inspect.StateEntry.Position;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.SnapshotFormat;
import io.weir.snapshot.SnapshotKind;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.SubtaskState;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.OperatorStateBackend;
import io.weir.state.StateBackendFactory;
import io.weir.state.heap.HeapStateBackendFactory;
import io.weir.state.rocksdb.RocksDBStateBackendFactory;
import io.weir.storage.CheckpointLocation;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.CheckpointStorageSettings;
import io.weir.storage.SnapshotReader;
import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.SampleSnapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the explorer finds is what was put into the states, whoever has written the snapshot. */
class SnapshotExplorerTest {
  private static final int MAX_PARALLELISM = 8;
  private static final int PARALLELISM = 2;
  private static final int KEYS = 50;
  private static final OperatorId OPERATOR = new OperatorId(1, 2);

  /** Who has written the snapshot, and how. */
  enum Form {
    HEAP,
    HEAP_SAVEPOINT,
    ROCKS_FULL,
    ROCKS_INCREMENTAL
  }

  enum Color {
    RED,
    GREEN
  }

  /** With a field of each kind that has parts. */
  record Order(long id, String text, Color color, List<Integer> lines, Shape shape) {}

  sealed interface Shape permits Circle, Square {}

  record Circle(double radius) implements Shape {}

  record Square(int side) implements Shape {}

  /** A plain old class. */
  public static final class Person {
    public String name;
    public int age;
  }

  @TempDir private Path directory;
  private final InMemoryStorage disk = new InMemoryStorage(1, () -> 0);
  private final Random names = new Random(1);
  private CheckpointStorage storage;
  private RocksDBStateBackendFactory rocks;
  private SnapshotExplorer explorer;
  private long checkpoints;

  @BeforeEach
  void open() throws IOException {
    storage =
        new CheckpointStorage(
            disk.storages(),
            new CheckpointStorageSettings("memory:///checkpoints", true, 100, 64),
            SampleSnapshots.JOB,
            () -> new UUID(names.nextLong(), names.nextLong()));
    rocks =
        new RocksDBStateBackendFactory(
            directory,
            /* transfers= */ Runnable::run,
            Configuration.fromMap(Map.of("state.backend.rocksdb.memory.fixed-per-tm", "64 mb")));
    explorer = new SnapshotExplorer(new SnapshotReader(disk.storages()), rocks);
  }

  @AfterEach
  void close() {
    rocks.close();
  }

  /** Fills the states of a key. */
  @FunctionalInterface
  interface Filling {
    void of(String key, KeyedStateBackend<String> backend) throws Exception;
  }

  private StateBackendFactory factory(Form form) {
    if (form == Form.HEAP || form == Form.HEAP_SAVEPOINT) {
      return new HeapStateBackendFactory();
    }
    return rocks.configured(
        Configuration.fromMap(
            Map.of(
                "execution.checkpointing.incremental",
                String.valueOf(form == Form.ROCKS_INCREMENTAL))));
  }

  /** A snapshot of an operator with two subtasks; gives its path. */
  private String snapshot(Form form, int keys, Filling filling) throws Exception {
    CheckpointLocation location = storage.begin(++checkpoints);
    TreeMap<Integer, SubtaskState> subtasks = new TreeMap<>();
    for (int subtask = 0; subtask < PARALLELISM; subtask++) {
      try (KeyedStateBackend<String> backend =
          factory(form)
              .create(
                  new KeyedBackendParameters<>(
                      "op",
                      Types.STRING,
                      MAX_PARALLELISM,
                      KeyGroups.rangeOf(subtask, MAX_PARALLELISM, PARALLELISM),
                      List.of(),
                      storage.reader(),
                      () -> 77))) {
        for (int i = 0; i < keys; i++) {
          String key = "k" + i;
          int keyGroup = KeyGroups.keyGroupOf(key, MAX_PARALLELISM);
          if (backend.keyGroupRange().contains(keyGroup)) {
            backend.setCurrentKey(key, keyGroup);
            filling.of(key, backend);
          }
        }
        CheckpointType type =
            form == Form.HEAP_SAVEPOINT ? CheckpointType.SAVEPOINT : CheckpointType.CHECKPOINT;
        KeyedStateHandle handle = backend.snapshot(checkpoints, type).write(location);
        OperatorStateHandle operator = operatorState(subtask, location);
        subtasks.put(
            subtask,
            new SubtaskState(handle == null ? List.of() : List.of(handle), List.of(operator)));
      }
    }
    OperatorState operator =
        new OperatorState(
            OPERATOR, "orders", "op", PARALLELISM, MAX_PARALLELISM, subtasks, null, Set.of());
    return location.publish(
        new SnapshotMetadata(
            SampleSnapshots.JOB,
            "job",
            checkpoints,
            SnapshotKind.CHECKPOINT,
            SnapshotFormat.of(List.of(operator)),
            0,
            List.of(operator)));
  }

  private OperatorStateHandle operatorState(int subtask, CheckpointLocation location)
      throws Exception {
    OperatorStateBackend backend = new OperatorStateBackend("op", List.of(), storage.reader());
    backend.getListState(new ListStateDescriptor<>("splits", Types.STRING)).add("s" + subtask);
    backend
        .getBroadcastState(new MapStateDescriptor<>("rules", Types.STRING, Types.LONG))
        .put("a", 1L);
    return backend.snapshot(checkpoints).write(location);
  }

  private static void fill(String key, KeyedStateBackend<String> backend) throws Exception {
    int number = Integer.parseInt(key.substring(1));
    backend
        .state(new ValueStateDescriptor<>("order", TypeInformation.of(Order.class)))
        .update(
            new Order(
                number,
                number % 2 == 0 ? null : "t" + number,
                number % 2 == 0 ? Color.RED : Color.GREEN,
                List.of(number, number + 1),
                number % 2 == 0 ? new Circle(1.5) : new Square(number)));
    Person person = new Person();
    person.name = "n" + number;
    person.age = number;
    var people =
        backend.state(new ListStateDescriptor<>("people", TypeInformation.of(Person.class)));
    people.add(person);
    people.add(person);
    var map = backend.state(new MapStateDescriptor<>("map", Types.INT, Types.STRING));
    map.put(1, "one");
    map.put(2, null);
    backend
        .namespaced(new ValueStateDescriptor<>("windows", Types.LONG), Types.LONG)
        .in(10L)
        .update((long) number);
    ValueStateDescriptor<Long> expiring = new ValueStateDescriptor<>("expiring", Types.LONG);
    expiring.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofHours(1)).build());
    backend.state(expiring).update(5L);
    backend.timers("timers", Types.BYTE).register((byte) 0, 1_000 + number);
  }

  private Object valueOf(String path, String state, String key) throws IOException {
    List<StateEntry> entries = explorer.lookUp(path, "orders", state, key);
    assertThat(entries).as("%s of %s", state, key).hasSize(1);
    assertThat(entries.get(0).key()).isEqualTo(key);
    assertThat(entries.get(0).part()).isEqualTo(KeyGroups.keyGroupOf(key, MAX_PARALLELISM));
    return entries.get(0).value();
  }

  private static Map<String, Object> order(int id, String text, String color, Object shape) {
    Map<String, Object> order = new HashMap<>();
    order.put("id", (long) id);
    order.put("text", text);
    order.put("color", color);
    order.put("lines", List.of((long) id, (long) id + 1));
    order.put("shape", shape);
    return order;
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void everyStateIsReadWithoutItsClasses(Form form) throws Exception {
    String path = snapshot(form, KEYS, SnapshotExplorerTest::fill);

    assertThat(valueOf(path, "order", "k3")).isEqualTo(order(3, "t3", "GREEN", Map.of("side", 3L)));
    assertThat(valueOf(path, "order", "k4"))
        .isEqualTo(order(4, null, "RED", Map.of("radius", 1.5)));
    Map<String, Object> person = Map.of("name", "n7", "age", 7L);
    assertThat(valueOf(path, "people", "k7")).isEqualTo(List.of(person, person));
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("key", 2L);
    nothing.put("value", null);
    assertThat(new ArrayList<Object>((List<?>) valueOf(path, "map", "k1")))
        .containsExactlyInAnyOrder(Map.of("key", 1L, "value", "one"), nothing);
    assertThat(valueOf(path, "windows", "k9")).isEqualTo(9L);
    assertThat(explorer.lookUp(path, "orders", "windows", "k9").get(0).namespace()).isEqualTo(10L);
    assertThat(valueOf(path, "expiring", "k9")).isEqualTo(5L);
    assertThat(valueOf(path, "timers", "k9")).isEqualTo(1_009L);
    assertThat(explorer.lookUp(path, OPERATOR.toString(), "order", "nobody")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void thePagesTogetherHaveEveryKeyOnce(Form form) throws Exception {
    String path = snapshot(form, KEYS, SnapshotExplorerTest::fill);
    for (String state : List.of("order", "people", "map", "timers")) {
      List<String> keys = new ArrayList<>();
      Position from = Position.START;
      while (from != null) {
        Page page = explorer.entries(path, "orders", state, from, 20);
        assertThat(page.entries()).hasSizeLessThanOrEqualTo(20);
        page.entries().forEach(entry -> keys.add((String) entry.key()));
        from = page.next();
      }
      assertThat(keys).as(state).hasSize(KEYS).doesNotHaveDuplicates();
    }
    assertThat(explorer.entries(path, "orders", "order", Position.START, KEYS).next())
        .as("behind the last page")
        .isNull();
  }

  @Test
  void operatorStateIsReadBySubtask() throws Exception {
    String path = snapshot(Form.HEAP, 1, SnapshotExplorerTest::fill);

    assertThat(explorer.entries(path, "orders", "splits", Position.START, 10).entries())
        .extracting(StateEntry::part, StateEntry::value)
        .containsExactly(tuple(0, "s0"), tuple(1, "s1"));
    assertThat(explorer.entries(path, "orders", "rules", Position.START, 10).entries())
        .extracting(StateEntry::value)
        .containsExactly(List.of(Map.of("key", "a", "value", 1L)));
  }

  @Test
  void theContentsComeFromTheMetadata() throws Exception {
    String path = snapshot(Form.HEAP, KEYS, SnapshotExplorerTest::fill);

    SnapshotContents contents = explorer.contents(path);

    SnapshotContents.Operator operator = contents.operators().get(0);
    assertThat(operator.state().uid()).isEqualTo("orders");
    assertThat(operator.keyedBytes()).isPositive();
    assertThat(operator.operatorBytes()).isPositive();
    Set<String> found = new TreeSet<>();
    operator.states().forEach(state -> found.add(state.description().name()));
    assertThat(found)
        .containsExactly(
            "expiring", "map", "order", "people", "rules", "splits", "timers", "windows");
    assertThat(operator.states())
        .filteredOn(state -> state.description().name().equals("splits"))
        .extracting(SnapshotContents.State::elements, SnapshotContents.State::subtasks)
        .containsExactly(tuple(2L, 2));
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void theLargestKeyGroupsComeFirst(Form form) throws Exception {
    String path =
        snapshot(
            form,
            KEYS,
            (key, backend) ->
                backend
                    .state(new ValueStateDescriptor<>("text", Types.STRING))
                    .update("x".repeat(key.equals("k5") ? 5_000 : 1)));

    List<KeyGroupSize> all = explorer.largestKeyGroups(path, "orders", "text", 100);

    assertThat(all.get(0).keyGroup()).isEqualTo(KeyGroups.keyGroupOf("k5", MAX_PARALLELISM));
    assertThat(all).isSortedAccordingTo((a, b) -> Long.compare(b.sizeBytes(), a.sizeBytes()));
    assertThat(all.stream().mapToLong(KeyGroupSize::entries).sum()).isEqualTo(KEYS);
    assertThat(explorer.largestKeyGroups(path, "orders", "text", 2)).isEqualTo(all.subList(0, 2));
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void theDifferenceNamesWhatWasAddedChangedAndLost(Form form) throws Exception {
    MapStateDescriptor<Integer, String> map =
        new MapStateDescriptor<>("map", Types.INT, Types.STRING);
    String before =
        snapshot(
            Form.HEAP,
            KEYS,
            (key, backend) -> {
              backend.state(map).put(1, "a");
              backend.state(map).put(2, "b");
            });
    String after =
        snapshot(
            form,
            KEYS + 3,
            (key, backend) -> {
              if (!key.equals("k0") && !key.equals("k1")) {
                backend.state(map).put(2, key.equals("k2") ? "c" : "b");
                backend.state(map).put(1, "a");
              }
            });

    Difference difference = explorer.difference(before, after, "orders", "map", 2);

    assertThat(difference.counts())
        .isEqualTo(Map.of("added", 3L, "changed", 1L, "gone", 2L, "same", KEYS - 3L));
    assertThat(difference.samples())
        .filteredOn(each -> !each.what().equals("added"))
        .extracting(StateEntry.DifferentKey::what, StateEntry.DifferentKey::key)
        .containsExactlyInAnyOrder(
            tuple("gone", "k0"), tuple("gone", "k1"), tuple("changed", "k2"));
    assertThat(difference.samples()).filteredOn(each -> each.what().equals("added")).hasSize(2);
    assertThat(explorer.difference(after, after, "orders", "map", 2).samples()).isEmpty();
  }

  @Test
  void anotherTypeOfValueIsNoDifferenceAnotherTypeOfKeyCannotBeCompared() throws Exception {
    String ints =
        snapshot(
            Form.HEAP,
            KEYS,
            (key, backend) -> backend.state(new ValueStateDescriptor<>("n", Types.INT)).update(4));
    String longs =
        snapshot(
            Form.HEAP,
            KEYS,
            (key, backend) ->
                backend.state(new ValueStateDescriptor<>("n", Types.LONG)).update(4L));
    String list =
        snapshot(
            Form.HEAP,
            KEYS,
            (key, backend) -> backend.state(new ListStateDescriptor<>("n", Types.LONG)).add(4L));

    assertThat(explorer.difference(ints, longs, "orders", "n", 9).counts())
        .containsEntry("same", (long) KEYS);
    assertThatThrownBy(() -> explorer.difference(longs, list, "orders", "n", 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other kinds");
  }

  @Test
  void ofALargeValueOnlyTheBeginningIsGiven() throws Exception {
    String path =
        snapshot(
            Form.HEAP,
            1,
            (key, backend) -> {
              var list = backend.state(new ListStateDescriptor<>("long", Types.STRING));
              for (int i = 0; i < 5_000; i++) {
                list.add(i == 0 ? "y".repeat(10_000) : "y");
              }
            });

    StateEntry entry = explorer.lookUp(path, "orders", "long", "k0").get(0);

    assertThat(entry.elements()).isEqualTo(5_000);
    List<?> given = (List<?>) entry.value();
    assertThat(given).hasSizeLessThanOrEqualTo(SnapshotExplorer.MOST_PARTS + 1);
    assertThat(given.get(given.size() - 1)).isEqualTo("…");
    assertThat((String) given.get(0)).hasSize(JsonTree.LONGEST_TEXT + 1);
  }

  @Test
  void whatIsNotThereIsNamed() throws Exception {
    String path = snapshot(Form.HEAP, 1, SnapshotExplorerTest::fill);

    assertThatThrownBy(() -> explorer.lookUp(path, "nobody", "order", "k0"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("nobody")
        .hasMessageContaining("orders");
    assertThatThrownBy(() -> explorer.lookUp(path, "orders", "nothing", "k0"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> explorer.lookUp(path, "orders", "splits", "k0"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("no keys");
  }

  /** Whatever byte is damaged: it is noticed, or was not read. Nothing else is thrown. */
  @ParameterizedTest
  @EnumSource(
      value = Form.class,
      names = {"HEAP", "ROCKS_INCREMENTAL"})
  void aDamagedSnapshotIsCalledDamaged(Form form) throws Exception {
    String path = snapshot(form, KEYS, SnapshotExplorerTest::fill);
    Random random = new Random(5);
    int noticed = 0;
    int mutations = form == Form.HEAP ? 200 : 10;
    for (int i = 0; i < mutations; i++) {
      List<String> files = disk.locations();
      String file = files.get(random.nextInt(files.size()));
      byte[] sound = disk.content(file);
      byte[] damaged = sound.clone();
      damaged[random.nextInt(sound.length)] ^= (byte) (1 + random.nextInt(255));
      disk.overwrite(file, damaged);
      try {
        assertThat(explorer.largestKeyGroups(path, "orders", "order", 3)).hasSize(3);
        assertThat(explorer.entries(path, "orders", "people", Position.START, 1_000).entries())
            .hasSize(KEYS);
      } catch (CorruptStateException e) {
        noticed++;
      }
      disk.overwrite(file, sound);
    }
    assertThat(noticed).isGreaterThan(mutations / 3);
  }
}
