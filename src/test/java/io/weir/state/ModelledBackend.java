package io.weir.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReducingState;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A backend and the model of what must be in it; every operation is done on both. */
final class ModelledBackend<K extends Comparable<K>> {
  private static final int NAMESPACES = 4;
  private static final int ENTRIES = 12;

  private final KeyedStateBackend<K> backend;
  private final Map<K, KeyModel> model;

  private final ValueState<Long> number;
  private final ValueState<List<Long>> cell;
  private final ListState<String> list;
  private final MapState<String, Long> map;
  private final MapState<String, List<Long>> cells;
  private final ReducingState<Long> sum;
  private final NamespacedState<Long, ListState<String>> windows;
  private final TimerQueue<K, Long> timers;

  ModelledBackend(KeyedStateBackend<K> backend, Map<K, KeyModel> model) {
    this.backend = backend;
    this.model = model;
    number = backend.state(new ValueStateDescriptor<>("number", Long.class));
    cell = backend.state(new ValueStateDescriptor<>("cell", Types.LIST(Types.LONG)));
    list = backend.state(new ListStateDescriptor<>("list", String.class));
    map = backend.state(new MapStateDescriptor<>("map", String.class, Long.class));
    cells = backend.state(new MapStateDescriptor<>("cells", Types.STRING, Types.LIST(Types.LONG)));
    sum = backend.state(new ReducingStateDescriptor<>("sum", Long::sum, Long.class));
    windows = backend.namespaced(new ListStateDescriptor<>("windows", String.class), Types.LONG);
    timers = backend.timers("timers", Types.LONG);
  }

  KeyedStateBackend<K> backend() {
    return backend;
  }

  Map<K, KeyModel> copyOfModel() {
    Map<K, KeyModel> copy = new TreeMap<>();
    model.forEach((key, value) -> copy.put(key, value.copy()));
    return copy;
  }

  void randomOperation(K key, Random random) throws Exception {
    backend.setCurrentKey(key);
    KeyModel expected = model.computeIfAbsent(key, none -> new KeyModel());
    switch (random.nextInt(8)) {
      case 0 -> changeNumber(expected, random);
      case 1 -> changeCell(expected, random);
      case 2 -> changeList(expected, random);
      case 3 -> changeMap(expected, random);
      case 4 -> changeCells(expected, random);
      case 5 -> changeSum(expected, random);
      case 6 -> changeWindows(expected, random);
      default -> changeTimers(expected, random);
    }
  }

  private void changeNumber(KeyModel expected, Random random) throws Exception {
    assertThat(number.value()).isEqualTo(expected.number);
    expected.number = random.nextInt(4) == 0 ? null : (Long) random.nextLong();
    number.update(expected.number);
  }

  private void changeCell(KeyModel expected, Random random) throws Exception {
    long value = random.nextInt(100);
    if (random.nextInt(6) == 0) {
      expected.cell = null;
      cell.clear();
    } else if (expected.cell == null) {
      expected.cell = new ArrayList<>(List.of(value));
      cell.update(new ArrayList<>(expected.cell));
    } else {
      expected.cell.add(value);
      List<Long> present = cell.value();
      present.add(value);
      assertThat(present).isEqualTo(expected.cell);
    }
  }

  private void changeList(KeyModel expected, Random random) throws Exception {
    assertThat(list.get()).isEqualTo(expected.list);
    String element = "element" + random.nextInt(1_000);
    switch (random.nextInt(6)) {
      case 0 -> {
        expected.list.clear();
        list.clear();
      }
      case 1 -> {
        expected.list.clear();
        expected.list.add(element);
        list.update(List.of(element));
      }
      case 2 -> {
        expected.list.addAll(List.of(element, "x"));
        list.addAll(List.of(element, "x"));
      }
      default -> {
        expected.list.add(element);
        list.add(element);
      }
    }
  }

  private void changeMap(KeyModel expected, Random random) throws Exception {
    String key = "entry" + random.nextInt(ENTRIES);
    assertThat(map.get(key)).isEqualTo(expected.map.get(key));
    switch (random.nextInt(8)) {
      case 0 -> {
        expected.map.clear();
        map.clear();
      }
      case 1 -> {
        int bits = random.nextInt();
        expected.map.keySet().removeIf(each -> (bits & (1 << each.hashCode() % 31)) != 0);
        for (Iterator<String> keys = map.keys().iterator(); keys.hasNext(); ) {
          if ((bits & (1 << keys.next().hashCode() % 31)) != 0) {
            keys.remove();
          }
        }
      }
      case 2, 3 -> {
        expected.map.remove(key);
        map.remove(key);
      }
      default -> {
        Long value = random.nextInt(10) == 0 ? null : (Long) random.nextLong();
        expected.map.put(key, value);
        map.put(key, value);
      }
    }
    assertThat(map.isEmpty()).isEqualTo(expected.map.isEmpty());
  }

  private void changeCells(KeyModel expected, Random random) throws Exception {
    String key = "cell" + random.nextInt(ENTRIES);
    long value = random.nextInt(100);
    if (random.nextInt(5) == 0) {
      expected.cells.remove(key);
      cells.remove(key);
    } else if (expected.cells.containsKey(key)) {
      expected.cells.get(key).add(value);
      cells.get(key).add(value);
    } else {
      expected.cells.put(key, new ArrayList<>(List.of(value)));
      cells.put(key, new ArrayList<>(List.of(value)));
    }
    if (random.nextInt(5) == 0) {
      expected.cells.values().forEach(each -> each.add(value));
      for (List<Long> each : cells.values()) {
        each.add(value);
      }
    }
  }

  private void changeSum(KeyModel expected, Random random) throws Exception {
    assertThat(sum.get()).isEqualTo(expected.sum);
    if (random.nextInt(8) == 0) {
      expected.sum = null;
      sum.clear();
    } else {
      long value = random.nextInt(100);
      expected.sum = expected.sum == null ? value : (Long) (expected.sum + value);
      sum.add(value);
    }
  }

  private void changeWindows(KeyModel expected, Random random) throws Exception {
    long namespace = random.nextInt(NAMESPACES);
    switch (random.nextInt(6)) {
      case 0 -> {
        expected.windows.remove(namespace);
        windows.in(namespace).clear();
      }
      case 1 -> {
        long target = random.nextInt(2) + (long) NAMESPACES;
        long other = (namespace + 1) % NAMESPACES;
        List<String> merged = expected.windows.computeIfAbsent(target, none -> new ArrayList<>());
        for (long source : new long[] {namespace, other}) {
          merged.addAll(expected.windows.getOrDefault(source, List.of()));
          expected.windows.remove(source);
        }
        windows.merge(target, List.of(namespace, other));
      }
      default -> {
        String element = "element" + random.nextInt(1_000);
        expected.windows.computeIfAbsent(namespace, none -> new ArrayList<>()).add(element);
        windows.in(namespace).add(element);
      }
    }
  }

  private void changeTimers(KeyModel expected, Random random) {
    long namespace = random.nextInt(NAMESPACES);
    long time = random.nextInt(50);
    switch (random.nextInt(8)) {
      case 0 -> {
        expected.timers.remove(List.of(namespace, time));
        timers.delete(namespace, time);
      }
      case 1 -> {
        long earliest =
            model.values().stream()
                .flatMap(key -> key.timers.stream())
                .mapToLong(timer -> timer.get(1))
                .min()
                .orElse(TimerQueue.NONE);
        assertThat(timers.nextTimestamp()).isEqualTo(earliest);
        if (timers.takeDue(earliest)) {
          assertThat(
                  model
                      .get(backend.currentKey())
                      .timers
                      .remove(List.of(timers.takenNamespace(), timers.takenTimestamp())))
              .isTrue();
        }
      }
      default -> {
        expected.timers.add(List.of(namespace, time));
        timers.register(namespace, time);
      }
    }
  }

  /** Compares everything; takes all timers out of the backend if so told. */
  void verify(boolean drainTimers) throws Exception {
    for (Map.Entry<K, KeyModel> entry : model.entrySet()) {
      backend.setCurrentKey(entry.getKey());
      KeyModel expected = entry.getValue();
      assertThat(number.value()).isEqualTo(expected.number);
      assertThat(cell.value()).isEqualTo(expected.cell);
      assertThat(list.get()).isEqualTo(expected.list);
      assertThat(contentOf(map)).isEqualTo(expected.map);
      assertThat(contentOf(cells)).isEqualTo(expected.cells);
      assertThat(sum.get()).isEqualTo(expected.sum);
      for (long namespace = 0; namespace < NAMESPACES + 2; namespace++) {
        assertThat(windows.in(namespace).get())
            .isEqualTo(expected.windows.getOrDefault(namespace, List.of()));
      }
    }
    Set<K> keys = new HashSet<>();
    backend.forEachKey(
        new ValueStateDescriptor<>("number", Long.class),
        key -> assertThat(keys.add(key)).isTrue());
    model.forEach(
        (key, expected) -> assertThat(keys.contains(key)).isEqualTo(expected.number != null));
    if (drainTimers) {
      Map<K, Set<List<Long>>> left = new HashMap<>();
      model.forEach((key, expected) -> left.put(key, new HashSet<>(expected.timers)));
      while (timers.takeDue(Long.MAX_VALUE)) {
        assertThat(
                left.get(backend.currentKey())
                    .remove(List.of(timers.takenNamespace(), timers.takenTimestamp())))
            .isTrue();
      }
      assertThat(left.values()).allMatch(Set::isEmpty);
    }
  }

  private static <V> Map<String, V> contentOf(MapState<String, V> state) throws Exception {
    Map<String, V> content = new HashMap<>();
    for (Map.Entry<String, V> entry : state.entries()) {
      assertThat(content).doesNotContainKey(entry.getKey());
      content.put(entry.getKey(), entry.getValue());
    }
    return content;
  }
}
