package io.weir.inspect;

import io.weir.inspect.StateEntry.Page;
import io.weir.inspect.StateEntry.Position;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
import io.weir.state.KeyedBlocks;
import io.weir.state.StoredEntries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects entries until there are enough. Belongs to one thread. */
final class EntryPage {
  private final Position from;
  private final int most;
  private final long mostBytes;
  private final List<StateEntry> entries = new ArrayList<>();
  private Object onlyKey;
  private StateDescription state;
  private StoredEntries reader;
  private long bytes;

  /** The entry that is being collected; null while entries are left out. */
  private Open open;

  /** Of the entry that was begun last, also if it is left out. */
  private byte[] lastIdentity;

  /** In the part that is being read: how many entries have been begun. */
  private long seen;

  private int part;
  private Position next;

  EntryPage(Position from, int most, long mostBytes) {
    this.from = from;
    this.most = most;
    this.mostBytes = mostBytes;
    this.part = from.part();
  }

  /** Leaves out all other keys. */
  EntryPage only(Object key) {
    onlyKey = key;
    return this;
  }

  /** Whether the rest does not belong to this page. */
  boolean isFull() {
    return next != null;
  }

  /** Takes what it wants of a block. */
  void add(KeyedBlocks.Block block) throws CorruptStateException {
    if (!block.state().equals(state)) {
      state = block.state();
      reader = new StoredEntries(state);
    }
    reader.reset(block.content());
    while (!isFull() && reader.next()) {
      byte[] identity = reader.identity();
      boolean goesOn =
          part == reader.keyGroup()
              && Arrays.equals(lastIdentity, identity)
              && state.kind() != StateKind.TIMERS;
      lastIdentity = identity;
      if (!goesOn && begin(reader.keyGroup()) && isAskedFor(reader.key())) {
        open = new Open(reader.keyGroup(), reader.key(), reader.namespace());
      }
      if (open != null) {
        open.add(element(), reader.sizeBytes());
      }
    }
  }

  /** Takes an element of operator state. */
  void addElement(int subtask, Object value, long elements, long sizeBytes) {
    if (!isFull() && begin(subtask)) {
      entries.add(new StateEntry(subtask, null, null, value, elements, sizeBytes));
      bytes += sizeBytes;
    }
  }

  /** Whether the entry that begins here is wanted. */
  private boolean begin(int newPart) {
    close();
    if (newPart != part) {
      part = newPart;
      seen = 0;
    }
    boolean isSkipped = newPart < from.part() || (newPart == from.part() && seen < from.skip());
    if (!isSkipped && (entries.size() >= most || bytes >= mostBytes)) {
      next = new Position(newPart, seen);
      return false;
    }
    seen++;
    return !isSkipped;
  }

  private boolean isAskedFor(Object key) {
    return onlyKey == null
        || KeyText.isSame(JsonTree.of(key, SnapshotExplorer.MOST_PARTS), onlyKey);
  }

  private Object element() {
    if (state.kind() == StateKind.TIMERS) {
      return reader.timestamp();
    }
    Object value = reader.value();
    if (state.kind() != StateKind.MAP) {
      return value;
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("key", reader.mapKey());
    entry.put("value", value);
    return entry;
  }

  private void close() {
    if (open != null) {
      StateEntry entry = open.finish();
      entries.add(entry);
      bytes += entry.sizeBytes();
      open = null;
    }
  }

  Page finish() {
    close();
    return new Page(entries, next);
  }

  /** An entry of which more may come. */
  private final class Open {
    private final int part;
    private final Object key;
    private final Object namespace;
    private final List<Object> elements = new ArrayList<>();
    private long count;
    private long sizeBytes;

    Open(int part, Object key, Object namespace) {
      this.part = part;
      this.key = key;
      this.namespace = namespace;
    }

    void add(Object element, int size) {
      if (elements.size() <= SnapshotExplorer.MOST_PARTS) {
        elements.add(element);
      }
      count++;
      sizeBytes += size;
    }

    StateEntry finish() {
      boolean isRun = state.kind() == StateKind.LIST || state.kind() == StateKind.MAP;
      return new StateEntry(
          part,
          JsonTree.of(key, SnapshotExplorer.MOST_PARTS),
          JsonTree.of(namespace, SnapshotExplorer.MOST_PARTS),
          JsonTree.of(isRun ? elements : elements.get(0), SnapshotExplorer.MOST_PARTS),
          count,
          sizeBytes);
    }
  }
}
