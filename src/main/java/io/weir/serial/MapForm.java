package io.weir.serial;

import io.weir.snapshot.MapKind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntFunction;

/**
 * What a declared map type becomes when it is read; {@link Map} itself becomes one that keeps the
 * order of what was written.
 *
 * @param declared the types that are read so
 * @param factory makes an empty map for a number of entries
 */
record MapForm(MapKind kind, List<Class<?>> declared, IntFunction<Map<Object, Object>> factory) {

  private static final List<MapForm> ALL =
      List.of(
          new MapForm(
              MapKind.MAP,
              List.of(Map.class),
              size -> new LinkedHashMap<>(CollectionForm.buckets(size))),
          new MapForm(
              MapKind.HASH_MAP,
              List.of(HashMap.class),
              size -> new HashMap<>(CollectionForm.buckets(size))),
          new MapForm(
              MapKind.LINKED_HASH_MAP,
              List.of(LinkedHashMap.class),
              size -> new LinkedHashMap<>(CollectionForm.buckets(size))),
          new MapForm(
              MapKind.TREE_MAP,
              List.of(TreeMap.class, SortedMap.class, NavigableMap.class),
              size -> new TreeMap<>()),
          new MapForm(
              MapKind.CONCURRENT_HASH_MAP,
              List.of(ConcurrentHashMap.class, ConcurrentMap.class),
              ConcurrentHashMap::new));

  static Optional<MapForm> of(Class<?> declared) {
    return ALL.stream().filter(form -> form.declared.contains(declared)).findFirst();
  }
}
