package io.weir.state.rocksdb;

import io.weir.api.state.StateTtlConfig.RocksdbCompactFilterCleanupStrategy;
import io.weir.serial.BinaryInput;
import io.weir.state.ObjectState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through the stored entries of a state whose values expire, a few at a time, and removes what
 * has expired, as a function would that has come upon it: through the cache. So it knows what has
 * changed since it was stored, and no snapshot sees more of it than of other changes. Belongs to
 * the task's thread.
 *
 * @param <K> the type of key
 * @param <N> the type of namespace
 */
final class ExpirySweep<K, N> {
  /** So many entries, at most, are looked at in one step. */
  private static final int MAX_ENTRIES_PER_STEP = 256;

  private static final Duration SHORTEST_ROUND = Duration.ofSeconds(1);

  private final Database database;
  private final Family family;
  private final ActiveKey<K> current;
  private final CachedObjects<K, N> objects;
  private final ObjectState<K, N> state;
  private final int entriesPerStep;
  private final long roundMillis;
  private final BinaryInput in = new BinaryInput();

  /** Where to go on; null between two rounds. */
  private byte[] next;

  /** When the next round may begin, milliseconds since the epoch. */
  private long nextRound = Long.MIN_VALUE;

  ExpirySweep(
      Database database,
      Family family,
      ActiveKey<K> current,
      CachedObjects<K, N> objects,
      ObjectState<K, N> state,
      RocksdbCompactFilterCleanupStrategy strategy,
      Duration timeToLive) {
    this.database = database;
    this.family = family;
    this.current = current;
    this.objects = objects;
    this.state = state;
    this.entriesPerStep =
        (int) Math.max(1, Math.min(MAX_ENTRIES_PER_STEP, strategy.getQueryTimeAfterNumEntries()));
    this.roundMillis = round(timeToLive, strategy.getPeriodicCompactionTime()).toMillis();
  }

  /**
   * Once in the time that a value lives: so every value is looked at about once for each time that
   * it is written, and what has expired takes at most as much room again as what has not.
   */
  private static Duration round(Duration timeToLive, Duration atTheLatest) {
    Duration round = atTheLatest.compareTo(timeToLive) < 0 ? atTheLatest : timeToLive;
    return round.compareTo(SHORTEST_ROUND) < 0 ? SHORTEST_ROUND : round;
  }

  /**
   * Looks at some entries.
   *
   * @return whether there was anything to do
   */
  boolean step() {
    long now = state.timeToLive().now();
    if (next == null) {
      if (now < nextRound) {
        return false;
      }
      nextRound = now + roundMillis;
      next = KeyLayout.startOf(0);
    }
    List<byte[]> expired = findExpired(now);
    if (!expired.isEmpty()) {
      K keyBefore = current.key();
      int keyGroupBefore = current.keyGroup();
      N namespaceBefore = objects.namespace();
      for (byte[] each : expired) {
        objects.enter(each);
        state.expire(now);
      }
      objects.enter(namespaceBefore);
      current.reset(keyBefore, keyGroupBefore);
    }
    return true;
  }

  private List<byte[]> findExpired(long now) {
    List<byte[]> expired = new ArrayList<>();
    byte[] from = next;
    next = null;
    int[] left = {entriesPerStep};
    database.scan(
        family,
        from,
        (key, value) -> {
          if (left[0]-- == 0) {
            next = key;
            return false;
          }
          in.reset(value, 0, value.length);
          if (objects.values().hasExpired(in, now)) {
            expired.add(key);
          }
          return true;
        });
    return expired;
  }
}
