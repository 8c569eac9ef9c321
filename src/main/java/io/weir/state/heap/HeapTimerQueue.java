package io.weir.state.heap;

import io.weir.api.types.TypeInformation;
import io.weir.state.KeyedEntryReader;
import io.weir.state.KeyedEntryWriter;
import io.weir.state.KeyedStateFormat;
import io.weir.state.TimerQueue;
import java.io.IOException;

/**
 * Timers: a set, which finds out about timers that are registered already and which snapshots
 * share, and a heap, which knows the order and is made anew after a restore.
 */
final class HeapTimerQueue<K, N> implements HeapState<K, N>, TimerQueue<K, N> {
  private final KeyedStateFormat<K, N> format;
  private final CurrentKey<K> current;
  private final Epochs epochs;
  private final int firstKeyGroup;
  private final ObjectTable[] sets;
  private final TimerHeap heap = new TimerHeap();

  /** Stands for a timer that is looked for, so that looking makes no object. */
  private final HeapTimer sought = new HeapTimer();

  private long nextSequence;
  private HeapTimer taken;

  HeapTimerQueue(HeapContext<K> context, String name, TypeInformation<N> namespace) {
    format = KeyedStateFormat.ofTimers(name, context.keyType(), namespace, context.serializers());
    current = context.current();
    epochs = context.epochs();
    firstKeyGroup = context.range().start();
    sets = new ObjectTable[context.range().size()];
  }

  @Override
  public void register(N namespace, long timestamp) {
    add(namespace, timestamp, nextSequence);
  }

  @Override
  public void delete(N namespace, long timestamp) {
    ObjectTable set = sets[current.group()];
    if (set == null) {
      return;
    }
    int place = find(set, namespace, timestamp);
    if (place >= 0) {
      heap.remove((HeapTimer) set.keyAt(place));
      set.removeAt(place);
    }
  }

  @Override
  public long nextTimestamp() {
    HeapTimer first = heap.peek();
    return first == null ? NONE : first.timestamp();
  }

  @Override
  @SuppressWarnings("unchecked") // only keys are put in as keys
  public boolean takeDue(long until) {
    HeapTimer first = heap.peek();
    if (first == null || first.timestamp() > until) {
      return false;
    }
    heap.remove(first);
    ObjectTable set = sets[first.keyGroup() - firstKeyGroup];
    set.removeAt(set.find(ObjectTable.hash(first.hashCode()), first, null));
    taken = first;
    current.set((K) first.key(), first.keyGroup());
    return true;
  }

  @Override
  public long takenTimestamp() {
    return lastTaken().timestamp();
  }

  @Override
  @SuppressWarnings("unchecked") // only namespaces are put in as namespaces
  public N takenNamespace() {
    return (N) lastTaken().namespace();
  }

  @Override
  public int size() {
    return heap.size();
  }

  @Override
  public KeyedStateFormat<K, N> format() {
    return format;
  }

  @Override
  public Object view() {
    return this;
  }

  @Override
  public boolean isEmpty() {
    return heap.size() == 0;
  }

  @Override
  public void makeRoom(int group, int entries) {
    if (sets[group] == null) {
      sets[group] = new ObjectTable(epochs, group, false, ValueCopies.NONE, entries);
    }
  }

  @Override
  public void restore(KeyedEntryReader<K, N> entries) {
    while (entries.next()) {
      current.set(entries.key(), entries.keyGroup());
      add(entries.namespace(), entries.timestamp(), entries.sequence());
    }
  }

  @Override
  @SuppressWarnings("unchecked") // only keys and namespaces are put in as such
  public FrozenState freeze(Epochs.Lease lease) {
    return FrozenTables.of(
        format.description(),
        sets,
        lease,
        (table, target) -> {
          KeyedEntryWriter<K, N> writer = format.writer(target);
          ValueTable.<IOException>forEach(
              table,
              (key, none, value) -> {
                HeapTimer timer = (HeapTimer) key;
                writer.timer(
                    (K) timer.key(), (N) timer.namespace(), timer.timestamp(), timer.sequence());
              });
        });
  }

  private void add(N namespace, long timestamp, long sequence) {
    int group = current.group();
    if (sets[group] == null) {
      sets[group] = new ObjectTable(epochs, group, false, ValueCopies.NONE);
    }
    ObjectTable set = sets[group];
    int place = find(set, namespace, timestamp);
    if (place < 0) {
      HeapTimer timer = new HeapTimer();
      timer.set(current.key(), namespace, timestamp, firstKeyGroup + group, sequence);
      set.insertAt(place, ObjectTable.hash(timer.hashCode()), timer, null, null);
      heap.add(timer);
      nextSequence = Math.max(nextSequence, sequence + 1);
    }
  }

  private int find(ObjectTable set, N namespace, long timestamp) {
    sought.set(current.key(), namespace, timestamp, 0, 0);
    return set.find(ObjectTable.hash(sought.hashCode()), sought, null);
  }

  private HeapTimer lastTaken() {
    if (taken == null) {
      throw new IllegalStateException("no timer was taken yet");
    }
    return taken;
  }
}
