package io.weir.api.state;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * When the values of a state expire: a while, in processing time, after they were last written or
 * used. Of lists and maps every entry expires on its own.
 *
 * <p>Immutable; usable from any thread.
 */
public final class StateTtlConfig implements Serializable {
  /** Values do not expire. */
  public static final StateTtlConfig DISABLED =
      newBuilder(Duration.ofMillis(Long.MAX_VALUE)).setUpdateType(UpdateType.Disabled).build();

  private static final long serialVersionUID = 1L;

  /** What renews a value. */
  public enum UpdateType {
    /** Values do not expire. */
    Disabled,
    /** Creating and writing. */
    OnCreateAndWrite,
    /** Creating, writing and reading. */
    OnReadAndWrite
  }

  /** Whether a value that is expired but still there is given out. */
  public enum StateVisibility {
    ReturnExpiredIfNotCleanedUp,
    NeverReturnExpired
  }

  /** Which time decides. */
  public enum TtlTimeCharacteristic {
    /** The clock of the server. */
    ProcessingTime
  }

  private final UpdateType updateType;
  private final StateVisibility stateVisibility;
  private final Duration timeToLive;
  private final CleanupStrategies cleanupStrategies;

  private StateTtlConfig(Builder builder) {
    this.updateType = builder.updateType;
    this.stateVisibility = builder.stateVisibility;
    this.timeToLive = builder.timeToLive;
    this.cleanupStrategies =
        new CleanupStrategies(
            builder.fullSnapshot, builder.background, builder.incremental, builder.compactFilter);
  }

  /**
   * Starts with: renewed by creating and writing, expired values never given out, cleaned up in the
   * background.
   *
   * @param timeToLive how long a value lives, greater than 0
   * @throws IllegalArgumentException if the time is not greater than 0
   */
  public static Builder newBuilder(Duration timeToLive) {
    return new Builder(timeToLive);
  }

  /** What renews a value. */
  public UpdateType getUpdateType() {
    return updateType;
  }

  /** Whether an expired value may be given out. */
  public StateVisibility getStateVisibility() {
    return stateVisibility;
  }

  /** How long a value lives. */
  public Duration getTimeToLive() {
    return timeToLive;
  }

  /** Which time decides. */
  public TtlTimeCharacteristic getTtlTimeCharacteristic() {
    return TtlTimeCharacteristic.ProcessingTime;
  }

  /** Whether values expire. */
  public boolean isEnabled() {
    return updateType != UpdateType.Disabled;
  }

  /** How expired values are removed. */
  public CleanupStrategies getCleanupStrategies() {
    return cleanupStrategies;
  }

  @Override
  public String toString() {
    return "StateTtlConfig{updateType="
        + updateType
        + ", stateVisibility="
        + stateVisibility
        + ", timeToLive="
        + timeToLive
        + "}";
  }

  /** How expired values are removed, besides being removed when they are read. */
  public static final class CleanupStrategies implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean fullSnapshot;
    private final boolean background;
    private final IncrementalCleanupStrategy incremental;
    private final RocksdbCompactFilterCleanupStrategy compactFilter;

    private CleanupStrategies(
        boolean fullSnapshot,
        boolean background,
        IncrementalCleanupStrategy incremental,
        RocksdbCompactFilterCleanupStrategy compactFilter) {
      this.fullSnapshot = fullSnapshot;
      this.background = background;
      this.incremental = incremental;
      this.compactFilter = compactFilter;
    }

    /** Whether snapshots leave expired values out. */
    public boolean inFullSnapshot() {
      return fullSnapshot;
    }

    /** Whether values are also removed without being read; on unless it was switched off. */
    public boolean isCleanupInBackground() {
      return background;
    }

    /** Whether values are removed from RocksDB in the background. */
    public boolean inRocksdbCompactFilter() {
      return getRocksdbCompactFilterCleanupStrategy() != null;
    }

    /** How the heap backend looks for expired values; null if it does not. */
    public IncrementalCleanupStrategy getIncrementalCleanupStrategy() {
      return incremental != null || !background ? incremental : IncrementalCleanupStrategy.DEFAULT;
    }

    /** How the RocksDB backend looks for expired values; null if it does not. */
    public RocksdbCompactFilterCleanupStrategy getRocksdbCompactFilterCleanupStrategy() {
      return compactFilter != null || !background
          ? compactFilter
          : RocksdbCompactFilterCleanupStrategy.DEFAULT;
    }
  }

  /** Looks at a few entries, one after the other, at every access to the state. */
  public static final class IncrementalCleanupStrategy implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final IncrementalCleanupStrategy DEFAULT =
        new IncrementalCleanupStrategy(5, false);

    private final int cleanupSize;
    private final boolean runCleanupForEveryRecord;

    private IncrementalCleanupStrategy(int cleanupSize, boolean runCleanupForEveryRecord) {
      this.cleanupSize = cleanupSize;
      this.runCleanupForEveryRecord = runCleanupForEveryRecord;
    }

    /** Number of entries that are looked at. */
    public int getCleanupSize() {
      return cleanupSize;
    }

    /** Whether entries are looked at for every record, also without access to the state. */
    public boolean runCleanupForEveryRecord() {
      return runCleanupForEveryRecord;
    }
  }

  /**
   * Goes through the values in RocksDB, again and again, in small steps while the task has nothing
   * else to do, and now and then if it always has. Named as in Flink, where a filter of RocksDB's
   * compaction does it.
   */
  public static final class RocksdbCompactFilterCleanupStrategy implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final RocksdbCompactFilterCleanupStrategy DEFAULT =
        new RocksdbCompactFilterCleanupStrategy(1000, Duration.ofDays(30));

    private final long queryTimeAfterNumEntries;
    private final Duration periodicCompactionTime;

    private RocksdbCompactFilterCleanupStrategy(
        long queryTimeAfterNumEntries, Duration periodicCompactionTime) {
      this.queryTimeAfterNumEntries = queryTimeAfterNumEntries;
      this.periodicCompactionTime = periodicCompactionTime;
    }

    /** So many entries, but never more than 256, are looked at in one step. */
    public long getQueryTimeAfterNumEntries() {
      return queryTimeAfterNumEntries;
    }

    /** After how long all are looked at again at the latest; usually after the time to live. */
    public Duration getPeriodicCompactionTime() {
      return periodicCompactionTime;
    }
  }

  /** Builds a {@link StateTtlConfig}. */
  public static final class Builder {
    private UpdateType updateType = UpdateType.OnCreateAndWrite;
    private StateVisibility stateVisibility = StateVisibility.NeverReturnExpired;
    private Duration timeToLive;
    private boolean fullSnapshot;
    private boolean background = true;
    private IncrementalCleanupStrategy incremental;
    private RocksdbCompactFilterCleanupStrategy compactFilter;

    private Builder(Duration timeToLive) {
      this.timeToLive = positive(timeToLive);
    }

    private static Duration positive(Duration timeToLive) {
      if (timeToLive.isZero() || timeToLive.isNegative()) {
        throw new IllegalArgumentException(
            "The time to live must be greater than 0, not "
                + timeToLive
                + "; leave out enableTimeToLive for state that does not expire");
      }
      return timeToLive;
    }

    /** What renews a value. */
    public Builder setUpdateType(UpdateType updateType) {
      this.updateType = Objects.requireNonNull(updateType, "updateType");
      return this;
    }

    /** As {@code setUpdateType(OnCreateAndWrite)}. */
    public Builder updateTtlOnCreateAndWrite() {
      return setUpdateType(UpdateType.OnCreateAndWrite);
    }

    /** As {@code setUpdateType(OnReadAndWrite)}. */
    public Builder updateTtlOnReadAndWrite() {
      return setUpdateType(UpdateType.OnReadAndWrite);
    }

    /** Whether an expired value may be given out. */
    public Builder setStateVisibility(StateVisibility stateVisibility) {
      this.stateVisibility = Objects.requireNonNull(stateVisibility, "stateVisibility");
      return this;
    }

    /** As {@code setStateVisibility(ReturnExpiredIfNotCleanedUp)}. */
    public Builder returnExpiredIfNotCleanedUp() {
      return setStateVisibility(StateVisibility.ReturnExpiredIfNotCleanedUp);
    }

    /** As {@code setStateVisibility(NeverReturnExpired)}. */
    public Builder neverReturnExpired() {
      return setStateVisibility(StateVisibility.NeverReturnExpired);
    }

    /** Which time decides; there is only one choice. */
    public Builder setTtlTimeCharacteristic(TtlTimeCharacteristic ttlTimeCharacteristic) {
      Objects.requireNonNull(ttlTimeCharacteristic, "ttlTimeCharacteristic");
      return this;
    }

    /** As {@code setTtlTimeCharacteristic(ProcessingTime)}. */
    public Builder useProcessingTime() {
      return setTtlTimeCharacteristic(TtlTimeCharacteristic.ProcessingTime);
    }

    /** Leaves expired values out of snapshots. */
    public Builder cleanupFullSnapshot() {
      this.fullSnapshot = true;
      return this;
    }

    /**
     * Looks at a few entries at every access to heap state.
     *
     * @param cleanupSize number of entries, greater than 0
     * @param runCleanupForEveryRecord whether also for every record
     * @throws IllegalArgumentException if the number is not greater than 0
     */
    public Builder cleanupIncrementally(int cleanupSize, boolean runCleanupForEveryRecord) {
      if (cleanupSize <= 0) {
        throw new IllegalArgumentException(
            "The number of entries to clean up must be greater than 0, not " + cleanupSize);
      }
      this.incremental = new IncrementalCleanupStrategy(cleanupSize, runCleanupForEveryRecord);
      return this;
    }

    /**
     * Goes through the values in RocksDB.
     *
     * @param queryTimeAfterNumEntries so many entries, but never more than 256, are looked at in
     *     one step
     */
    public Builder cleanupInRocksdbCompactFilter(long queryTimeAfterNumEntries) {
      return cleanupInRocksdbCompactFilter(
          queryTimeAfterNumEntries,
          RocksdbCompactFilterCleanupStrategy.DEFAULT.periodicCompactionTime);
    }

    /**
     * Goes through the values in RocksDB.
     *
     * @param queryTimeAfterNumEntries so many entries, but never more than 256, are looked at in
     *     one step
     * @param periodicCompactionTime after how long all are looked at again at the latest, not null
     */
    public Builder cleanupInRocksdbCompactFilter(
        long queryTimeAfterNumEntries, Duration periodicCompactionTime) {
      this.compactFilter =
          new RocksdbCompactFilterCleanupStrategy(
              queryTimeAfterNumEntries,
              Objects.requireNonNull(periodicCompactionTime, "periodicCompactionTime"));
      return this;
    }

    /** Removes expired values only when they are read, or by a strategy that was asked for. */
    public Builder disableCleanupInBackground() {
      this.background = false;
      return this;
    }

    /**
     * How long a value lives.
     *
     * @param timeToLive how long a value lives, greater than 0
     * @throws IllegalArgumentException if the time is not greater than 0
     */
    public Builder setTimeToLive(Duration timeToLive) {
      this.timeToLive = positive(timeToLive);
      return this;
    }

    /** The configuration. */
    public StateTtlConfig build() {
      return new StateTtlConfig(this);
    }
  }
}
