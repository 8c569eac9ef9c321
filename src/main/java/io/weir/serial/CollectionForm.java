package io.weir.serial;

import io.weir.snapshot.SequenceKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/**
 * What a declared collection type becomes when it is read. For an interface that is a collection
 * that keeps the order of what was written, so that a restored job goes on deterministically.
 *
 * @param declared the types that are read so
 * @param factory makes an empty collection for a number of elements
 */
@SuppressWarnings("JdkObsolete") // what a user declares as LinkedList must be one
record CollectionForm(
    SequenceKind kind, List<Class<?>> declared, IntFunction<Collection<Object>> factory) {

  private static final List<CollectionForm> ALL =
      List.of(
          new CollectionForm(
              SequenceKind.LIST,
              List.of(List.class, Collection.class, Iterable.class),
              ArrayList::new),
          new CollectionForm(SequenceKind.ARRAY_LIST, List.of(ArrayList.class), ArrayList::new),
          new CollectionForm(
              SequenceKind.LINKED_LIST, List.of(LinkedList.class), size -> new LinkedList<>()),
          new CollectionForm(
              SequenceKind.COPY_ON_WRITE_LIST,
              List.of(CopyOnWriteArrayList.class),
              size -> new CopyOnWriteArrayList<>()),
          new CollectionForm(
              SequenceKind.ARRAY_DEQUE,
              List.of(ArrayDeque.class, Deque.class, Queue.class),
              ArrayDeque::new),
          new CollectionForm(
              SequenceKind.SET, List.of(Set.class), size -> new LinkedHashSet<>(buckets(size))),
          new CollectionForm(
              SequenceKind.HASH_SET, List.of(HashSet.class), size -> new HashSet<>(buckets(size))),
          new CollectionForm(
              SequenceKind.LINKED_HASH_SET,
              List.of(LinkedHashSet.class),
              size -> new LinkedHashSet<>(buckets(size))),
          new CollectionForm(
              SequenceKind.TREE_SET,
              List.of(TreeSet.class, SortedSet.class, NavigableSet.class),
              size -> new TreeSet<>()));

  static Optional<CollectionForm> of(Class<?> declared) {
    return ALL.stream().filter(form -> form.declared.contains(declared)).findFirst();
  }

  /** The capacity at which so many entries fit without rehashing. */
  static int buckets(int size) {
    return (int) Math.min(size / 0.75 + 1, Integer.MAX_VALUE);
  }
}
