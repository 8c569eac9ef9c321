package io.weir.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a backend must hold for one key, in collections of the JDK. */
final class KeyModel {
  Long number;
  List<Long> cell;
  final List<String> list = new ArrayList<>();
  final Map<String, Long> map = new HashMap<>();
  final Map<String, List<Long>> cells = new HashMap<>();
  Long sum;
  final Map<Long, List<String>> windows = new HashMap<>();

  /** Namespace and time. */
  final Set<List<Long>> timers = new HashSet<>();

  KeyModel copy() {
    KeyModel copy = new KeyModel();
    copy.number = number;
    copy.cell = cell == null ? null : new ArrayList<>(cell);
    copy.list.addAll(list);
    copy.map.putAll(map);
    cells.forEach((key, value) -> copy.cells.put(key, new ArrayList<>(value)));
    copy.sum = sum;
    windows.forEach(
        (namespace, elements) -> copy.windows.put(namespace, new ArrayList<>(elements)));
    copy.timers.addAll(timers);
    return copy;
  }
}
