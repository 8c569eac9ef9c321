package io.weir.state.rocksdb;

import io.weir.serial.BinaryOutput;
import io.weir.snapshot.KeyGroupRange;
import io.weir.state.KeyedStateFormat;
import io.weir.state.TimerQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;
import org.rocksdb.RocksDBException;

/**
 * Timers in a column family, of which the earliest of each key group are in memory. A timer that is
 * registered and fires between two snapshots never reaches the database, unless it is far off.
 *
 * <p>INVARIANT: a key group that has timers has its first in memory. Belongs to the task's thread.
 */
final class RocksTimerQueue<K, N> implements TimerQueue<K, N> {
  /** So many changes are written early, unless that had to wait. */
  private static final int MOST_CHANGES = 1 << 14;

  private static final BinaryOutput NOTHING = new BinaryOutput(0);

  private final WriteBackCache cache;
  private final Family family;
  private final ActiveKey<K> current;
  private final ObjIntConsumer<K> setKey;
  private final KeyLayout<K, N> layout;
  private final KeyGroupRange range;

  /** Timers of a key group that stay in memory when there are twice as many. */
  private final int limit;

  private final GroupTimers[] groups;

  /** Those key groups that have timers. */
  private final TreeSet<GroupTimers> order = new TreeSet<>();

  private final List<RocksTimer> changes = new ArrayList<>();
  private final List<GroupTimers> changedGroups = new ArrayList<>();
  private RocksTimer taken;

  /**
   * Takes up the timers of a column family.
   *
   * @param setKey makes a key, of a key group, the current one
   * @param limit how many timers of a key group to keep in memory, or so
   */
  RocksTimerQueue(
      WriteBackCache cache,
      Family family,
      ActiveKey<K> current,
      ObjIntConsumer<K> setKey,
      KeyedStateFormat<K, N> format,
      KeyGroupRange range,
      int limit) {
    this.cache = cache;
    this.family = family;
    this.current = current;
    this.setKey = setKey;
    this.layout = new KeyLayout<>(format);
    this.range = range;
    this.limit = limit;
    groups = new GroupTimers[range.size()];
    boolean empty = cache.database().isEmpty(family);
    for (int index = 0; index < groups.length; index++) {
      groups[index] = new GroupTimers(range.start() + index);
      if (!empty) {
        groups[index].horizon = new RocksTimer(Long.MIN_VALUE, new byte[0]);
        refill(groups[index]);
      }
    }
  }

  @Override
  public void register(N namespace, long timestamp) {
    GroupTimers group = group();
    RocksTimer timer = new RocksTimer(timestamp, layout.timerSuffix(current.key(), namespace));
    if (group.isBeyondHorizon(timer)) {
      changed(group, timer);
      return;
    }
    if (group.earliest.add(timer)) {
      timer.key = current.key();
      timer.namespace = namespace;
      changed(group, timer);
      placeInOrder(group);
      if (group.earliest.size() / 2 >= limit && !cache.isFrozen()) {
        leaveToDatabase(group);
      }
    }
  }

  @Override
  public void delete(N namespace, long timestamp) {
    GroupTimers group = group();
    RocksTimer sought = new RocksTimer(timestamp, layout.timerSuffix(current.key(), namespace));
    if (group.isBeyondHorizon(sought)) {
      sought.alive = false;
      sought.stored = true; // perhaps
      changed(group, sought);
      return;
    }
    RocksTimer found = group.earliest.ceiling(sought);
    if (sought.equals(found)) {
      leave(group, found);
    }
  }

  @Override
  public long nextTimestamp() {
    return order.isEmpty() ? NONE : order.first().first;
  }

  @Override
  public boolean isEmpty() {
    return order.isEmpty();
  }

  @Override
  @SuppressWarnings("unchecked") // only keys are put in as keys
  public boolean takeDue(long until) {
    if (order.isEmpty() || order.first().first > until) {
      return false;
    }
    GroupTimers group = order.first();
    RocksTimer first = group.earliest.first();
    decode(first);
    leave(group, first);
    taken = first;
    setKey.accept((K) first.key, group.keyGroup);
    return true;
  }

  @Override
  public long takenTimestamp() {
    return lastTaken().timestamp;
  }

  @Override
  @SuppressWarnings("unchecked") // only namespaces are put in as namespaces
  public N takenNamespace() {
    return (N) lastTaken().namespace;
  }

  @Override
  public int size() {
    writeChanges();
    int[] count = {0};
    cache
        .database()
        .scan(
            family,
            KeyLayout.startOf(range.start()),
            (key, value) -> {
              boolean inside = KeyLayout.keyGroupOf(key) <= range.end();
              count[0] += inside ? 1 : 0;
              return inside;
            });
    return count[0];
  }

  /** Adds all changes to the batch. */
  void collectChanges() throws RocksDBException {
    for (int index = 0; index < changes.size(); index++) {
      RocksTimer timer = changes.get(index);
      timer.changed = false;
      if (timer.alive && !timer.stored) {
        put(changedGroups.get(index), timer);
        timer.stored = true;
      } else if (!timer.alive && timer.stored) {
        remove(changedGroups.get(index), timer);
        timer.stored = false;
      }
    }
    changes.clear();
    changedGroups.clear();
  }

  private void writeChanges() {
    cache.write(this::collectChanges);
  }

  private void put(GroupTimers group, RocksTimer timer) throws RocksDBException {
    cache
        .batch()
        .put(family.id(), layout.timer(group.keyGroup, timer.timestamp, timer.suffix), NOTHING);
  }

  private void remove(GroupTimers group, RocksTimer timer) throws RocksDBException {
    cache.batch().delete(family.id(), layout.timer(group.keyGroup, timer.timestamp, timer.suffix));
  }

  private GroupTimers group() {
    current.keyHashCode();
    return groups[current.keyGroup() - range.start()];
  }

  /** Takes a timer out of those in memory. */
  private void leave(GroupTimers group, RocksTimer timer) {
    group.earliest.remove(timer);
    timer.alive = false;
    changed(group, timer);
    if (group.earliest.isEmpty() && group.horizon != null) {
      refill(group);
    }
    placeInOrder(group);
  }

  private void changed(GroupTimers group, RocksTimer timer) {
    if (!timer.changed) {
      timer.changed = true;
      changes.add(timer);
      changedGroups.add(group);
      if (changes.size() >= MOST_CHANGES && !cache.isFrozen()) {
        writeChanges();
      }
    }
  }

  private void placeInOrder(GroupTimers group) {
    if (group.earliest.isEmpty()) {
      order.remove(group);
      return;
    }
    long first = group.earliest.first().timestamp;
    if (first != group.first || !order.contains(group)) {
      order.remove(group);
      group.first = first;
      order.add(group);
    }
  }

  /** Drops the later half of those in memory. */
  private void leaveToDatabase(GroupTimers group) {
    writeChanges();
    int keep = limit;
    RocksTimer[] all = group.earliest.toArray(RocksTimer[]::new);
    group.horizon = all[keep];
    group.earliest.tailSet(all[keep], true).clear();
  }

  /** Reads the next timers behind the horizon. */
  private void refill(GroupTimers group) {
    writeChanges();
    RocksTimer from = group.horizon;
    group.horizon = null;
    cache
        .database()
        .scan(
            family,
            layout.timer(group.keyGroup, from.timestamp, from.suffix).toByteArray(),
            (key, value) -> {
              if (KeyLayout.keyGroupOf(key) != group.keyGroup) {
                return false;
              }
              RocksTimer timer =
                  new RocksTimer(
                      KeyLayout.timestampOf(key),
                      Arrays.copyOfRange(
                          key, KeyLayout.KEY_GROUP_BYTES + KeyLayout.TIMESTAMP_BYTES, key.length));
              if (group.earliest.size() == limit) {
                group.horizon = timer;
                return false;
              }
              timer.stored = true;
              group.earliest.add(timer);
              return true;
            });
    placeInOrder(group);
  }

  private void decode(RocksTimer timer) {
    if (timer.key == null) {
      timer.key = layout.keyOf(timer.suffix, 0);
      timer.namespace = layout.namespace();
    }
  }

  private RocksTimer lastTaken() {
    if (taken == null) {
      throw new IllegalStateException("no timer was taken yet");
    }
    return taken;
  }
}
