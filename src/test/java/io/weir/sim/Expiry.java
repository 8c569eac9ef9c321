package io.weir.sim;

import io.weir.api.state.StateTtlConfig;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * How the values of an operator of a generated job expire.
 *
 * @param cleansSnapshots whether snapshots leave out what has expired
 * @param cleansInBackground whether what has expired may be removed at any time
 */
record Expiry(
    Kind kind,
    long millis,
    boolean isRenewedByReading,
    boolean showsExpired,
    boolean cleansSnapshots,
    boolean cleansInBackground)
    implements Serializable {
  /** The kinds of state. */
  enum Kind {
    VALUE,
    REDUCING,
    LIST,
    MAP
  }

  /** In a map, so many keys. */
  static final int SLOTS = 3;

  private static final List<Integer> MILLIS = List.of(5, 30, 150, 1_000);
  private static final int ENTRIES_PER_STEP = 2;

  /** The one that belongs to a number. */
  static Expiry of(int drawn) {
    Random random = new Random(drawn * 31L + 19);
    random.nextInt();
    return new Expiry(
        Kind.values()[random.nextInt(Kind.values().length)],
        MILLIS.get(random.nextInt(MILLIS.size())),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean());
  }

  StateTtlConfig config() {
    StateTtlConfig.Builder config = StateTtlConfig.newBuilder(Duration.ofMillis(millis));
    config.setUpdateType(
        isRenewedByReading
            ? StateTtlConfig.UpdateType.OnReadAndWrite
            : StateTtlConfig.UpdateType.OnCreateAndWrite);
    config.setStateVisibility(
        showsExpired
            ? StateTtlConfig.StateVisibility.ReturnExpiredIfNotCleanedUp
            : StateTtlConfig.StateVisibility.NeverReturnExpired);
    if (cleansSnapshots) {
      config.cleanupFullSnapshot();
    }
    if (cleansInBackground) {
      config.cleanupIncrementally(ENTRIES_PER_STEP, /* runCleanupForEveryRecord= */ true);
      config.cleanupInRocksdbCompactFilter(ENTRIES_PER_STEP);
    } else {
      config.disableCleanupInBackground();
    }
    return config.build();
  }

  /** Where in the state a record's mark goes; only a map has several places. */
  int slot(long number) {
    return kind == Kind.MAP ? (int) (number % SLOTS) : 0;
  }
}
