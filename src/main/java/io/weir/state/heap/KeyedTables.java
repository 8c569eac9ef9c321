package io.weir.state.heap;

import io.weir.snapshot.StateDescription;
import io.weir.state.KeyedObjects;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of one state, one for each key group that has anything; and access to the object that
 * stands there for the current key and namespace. Belongs to the task's thread.
 *
 * @param <K> the type of key
 * @param <N> the type of namespace
 */
final class KeyedTables<K, N> implements KeyedObjects<N> {
  private final HeapContext<K> context;
  private final CurrentKey<K> current;
  private final boolean namespaced;

  /** What the keys are if that, and nothing else, is what an object is found by; or null. */
  private final Primitive numbers;

  private final ValueCopies copies;
  private final ValueTable[] tables;

  /** Never used: a read whose result nobody takes would not be compiled. */
  @SuppressWarnings("unused")
  private int lastRead;

  /** The namespace that all access refers to; null in a state without. */
  private N namespace;

  /** Whether anything was read or written since this was asked last. */
  private boolean touched;

  /**
   * Makes tables without entries.
   *
   * @param copies of objects that snapshots see
   */
  KeyedTables(HeapContext<K> context, boolean namespaced, ValueCopies copies) {
    this.context = context;
    this.current = context.current();
    this.namespaced = namespaced;
    this.numbers = namespaced ? null : Primitive.ofKey(context.keyType().getTypeClass());
    this.copies = copies;
    this.tables = new ValueTable[context.range().size()];
  }

  @Override
  public void enter(N newNamespace) {
    namespace = newNamespace;
  }

  /** Reads what stands for upcoming keys; which namespaces they will be used with is not known. */
  void expect(Object[] keys, int[] keyGroups, int from, int to) {
    if (namespaced) {
      return;
    }
    int firstGroup = context.range().start();
    int read = 0;
    for (int index = from; index < to; index++) {
      int group = keyGroups[index] - firstGroup;
      ValueTable table = group >= 0 && group < tables.length ? tables[group] : null;
      if (table != null) {
        read += table.read(keys[index]);
      }
    }
    lastRead = read;
  }

  @Override
  public Object look() {
    touched = true;
    ValueTable table = tables[current.group()];
    if (table == null) {
      return null;
    }
    int place = table.find(current, namespace);
    return place < 0 ? null : table.valueAt(place);
  }

  @Override
  public Object own() {
    touched = true;
    ValueTable table = tables[current.group()];
    if (table == null) {
      return null;
    }
    int place = table.find(current, namespace);
    return place < 0 ? null : table.ownedValueAt(place);
  }

  @Override
  public void set(Object value) {
    touched = true;
    table(current.group()).put(current, namespace, value);
  }

  @Override
  public void remove() {
    ValueTable table = tables[current.group()];
    if (table != null) {
      int place = table.find(current, namespace);
      if (place >= 0) {
        table.removeAt(place);
      }
    }
  }

  /** Prepares for entries that will be restored. */
  void makeRoom(int group, int entries) {
    if (tables[group] == null) {
      tables[group] = newTable(group, entries);
    }
  }

  /** Whether anything was read or written since this was asked last. */
  boolean wasTouched() {
    boolean answer = touched;
    touched = false;
    return answer;
  }

  /** The number of key groups. */
  int groups() {
    return tables.length;
  }

  /** The table of a key group, by its index; null if it has nothing. */
  ValueTable tableOf(int group) {
    return tables[group];
  }

  /** The key group of the current key, counted from the first of the backend. */
  int currentGroup() {
    return current.group();
  }

  N namespace() {
    return namespace;
  }

  /** Goes to an entry at a place of a table. */
  @SuppressWarnings("unchecked") // only keys and namespaces are put in as such
  void enter(int group, int place) {
    ValueTable table = tables[group];
    enter(context.range().start() + group, (K) table.keyAt(place), (N) table.namespaceAt(place));
  }

  /** Goes to a restored entry. */
  void enter(int keyGroup, K key, N newNamespace) {
    current.set(key, keyGroup);
    namespace = newNamespace;
  }

  /** The keys of one key group. */
  @SuppressWarnings("unchecked") // only keys are put in as keys
  List<K> keys(int group) {
    List<K> keys = new ArrayList<>();
    if (tables[group] != null) {
      for (ValueTable.Cursor cursor = tables[group].cursor(); cursor.hasNext(); ) {
        keys.add((K) tables[group].keyAt(cursor.next()));
      }
    }
    return keys;
  }

  /** The present content, for a snapshot that has just been taken. */
  FrozenState freeze(
      StateDescription description, Epochs.Lease lease, FrozenTables.EntryWriting writing) {
    return FrozenTables.of(description, tables, lease, writing);
  }

  private ValueTable table(int group) {
    ValueTable table = tables[group];
    if (table == null) {
      table = newTable(group, 0);
      tables[group] = table;
    }
    return table;
  }

  private ValueTable newTable(int group, int entries) {
    return numbers == null
        ? new ObjectTable(context.epochs(), group, namespaced, copies, entries)
        : new NumberKeyTable(context.epochs(), group, numbers, copies, entries);
  }
}
