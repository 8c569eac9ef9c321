package io.weir.state.heap;

import io.weir.api.state.StateTtlConfig.IncrementalCleanupStrategy;
import io.weir.state.WholeObjectState;

/**
 * Goes round the entries of a state whose values expire, a few after each record, and removes what
 * has expired. Entries that are moved while they are gone round may be missed until the next round.
 * Belongs to the task's thread.
 *
 * @param <K> the type of key
 * @param <N> the type of namespace
 */
final class ExpirySweep<K, N> {
  /** So many free places are passed for each entry that may be looked at. */
  private static final int PLACES_PER_ENTRY = 4;

  private final KeyedTables<K, N> tables;
  private final WholeObjectState<K, N> state;
  private final IncrementalCleanupStrategy strategy;

  /** Where to go on: the index of a key group, and a place, downwards; negative at its end. */
  private int group;

  private int place = -1;

  ExpirySweep(
      KeyedTables<K, N> tables, WholeObjectState<K, N> state, IncrementalCleanupStrategy strategy) {
    this.tables = tables;
    this.state = state;
    this.strategy = strategy;
  }

  /** A record has been processed; sets the current key to anything. */
  void afterRecord() {
    if (tables.wasTouched() || strategy.runCleanupForEveryRecord()) {
      N namespace = tables.namespace();
      step(strategy.getCleanupSize(), state.timeToLive().now());
      tables.enter(namespace);
      tables.wasTouched();
    }
  }

  private void step(int entries, long now) {
    int left = entries;
    for (int passed = entries * PLACES_PER_ENTRY; passed > 0 && left > 0; passed--) {
      if (place < 0) {
        group = (group + 1) % tables.groups();
        ValueTable next = tables.tableOf(group);
        place = next == null ? -1 : next.places() - 1;
      } else {
        ValueTable table = tables.tableOf(group);
        if (!table.isFree(place)) {
          left--;
          if (state.hasExpired(table.valueAt(place), now)) {
            tables.enter(group, place);
            state.expire(now);
          }
        }
        place--;
      }
    }
  }
}
