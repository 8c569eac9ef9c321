package io.weir.checkpoint;

import java.util.OptionalLong;

/**
 * How often checkpoints are taken and how many of them may fail, run at once or stay.
 *
 * @param intervalMillis time between two periodic checkpoints; 0 for none
 * @param intervalDuringBacklogMillis used instead while a source works off a backlog; 0 for none
 *     then; empty for no difference
 * @param initialDelayMillis time from the start of the tasks to the first periodic checkpoint
 * @param timeoutMillis a checkpoint that takes longer is given up
 * @param minPauseMillis least time from the end of the last checkpoint, however it ended, to the
 *     next periodic one
 * @param maxConcurrent how many may be in progress at once; forced ones are not held back by it
 * @param tolerableFailures how many checkpoints in a row may fail before the job does
 * @param numRetained completed checkpoints that are kept
 * @param retainForMillis how long each is kept at least, beyond that number, too; 0 for no longer
 * @param afterTasksFinish whether checkpoints go on when some tasks have finished
 */
public record CheckpointSettings(
    long intervalMillis,
    OptionalLong intervalDuringBacklogMillis,
    long initialDelayMillis,
    long timeoutMillis,
    long minPauseMillis,
    int maxConcurrent,
    int tolerableFailures,
    int numRetained,
    long retainForMillis,
    boolean afterTasksFinish) {

  /** The shortest interval and timeout that make sense. */
  public static final long MIN_DURATION_MILLIS = 10;

  /** As {@link #tolerableFailures()}: no number of failed checkpoints fails the job. */
  public static final int UNLIMITED_FAILURES = Integer.MAX_VALUE;

  private static final long DEFAULT_TIMEOUT_MILLIS = 600_000;
  private static final int DEFAULT_NUM_RETAINED = 3;

  public CheckpointSettings {
    require(
        intervalMillis == 0 || intervalMillis >= MIN_DURATION_MILLIS,
        "interval",
        intervalMillis,
        "0 (none) or at least 10 ms");
    intervalDuringBacklogMillis.ifPresent(
        millis ->
            require(
                millis == 0 || millis >= intervalMillis,
                "interval during backlog",
                millis,
                "0 (none) or at least the interval"));
    require(initialDelayMillis >= 0, "initial delay", initialDelayMillis, "not negative");
    require(timeoutMillis >= MIN_DURATION_MILLIS, "timeout", timeoutMillis, "at least 10 ms");
    require(minPauseMillis >= 0, "min pause", minPauseMillis, "not negative");
    require(maxConcurrent >= 1, "max concurrent checkpoints", maxConcurrent, "at least 1");
    require(
        tolerableFailures >= 0, "tolerable failed checkpoints", tolerableFailures, "not negative");
    require(numRetained >= 1, "number of retained checkpoints", numRetained, "at least 1");
    require(retainForMillis >= 0, "time to retain", retainForMillis, "not negative");
  }

  /** Periodic checkpoints, all else by default. */
  public static CheckpointSettings every(long intervalMillis) {
    return new CheckpointSettings(
        intervalMillis,
        OptionalLong.empty(),
        intervalMillis,
        DEFAULT_TIMEOUT_MILLIS,
        0,
        1,
        0,
        DEFAULT_NUM_RETAINED,
        0,
        true);
  }

  /** Checkpoints on request only, all else by default. */
  public static CheckpointSettings onRequestOnly() {
    return every(0);
  }

  public CheckpointSettings withIntervalDuringBacklogMillis(long millis) {
    return new CheckpointSettings(
        intervalMillis,
        OptionalLong.of(millis),
        initialDelayMillis,
        timeoutMillis,
        minPauseMillis,
        maxConcurrent,
        tolerableFailures,
        numRetained,
        retainForMillis,
        afterTasksFinish);
  }

  public CheckpointSettings withInitialDelayMillis(long millis) {
    return new CheckpointSettings(
        intervalMillis,
        intervalDuringBacklogMillis,
        millis,
        timeoutMillis,
        minPauseMillis,
        maxConcurrent,
        tolerableFailures,
        numRetained,
        retainForMillis,
        afterTasksFinish);
  }

  public CheckpointSettings withTimeoutMillis(long millis) {
    return new CheckpointSettings(
        intervalMillis,
        intervalDuringBacklogMillis,
        initialDelayMillis,
        millis,
        minPauseMillis,
        maxConcurrent,
        tolerableFailures,
        numRetained,
        retainForMillis,
        afterTasksFinish);
  }

  public CheckpointSettings withMinPauseMillis(long millis) {
    return new CheckpointSettings(
        intervalMillis,
        intervalDuringBacklogMillis,
        initialDelayMillis,
        timeoutMillis,
        millis,
        maxConcurrent,
        tolerableFailures,
        numRetained,
        retainForMillis,
        afterTasksFinish);
  }

  public CheckpointSettings withMaxConcurrent(int checkpoints) {
    return new CheckpointSettings(
        intervalMillis,
        intervalDuringBacklogMillis,
        initialDelayMillis,
        timeoutMillis,
        minPauseMillis,
        checkpoints,
        tolerableFailures,
        numRetained,
        retainForMillis,
        afterTasksFinish);
  }

  public CheckpointSettings withTolerableFailures(int failures) {
    return new CheckpointSettings(
        intervalMillis,
        intervalDuringBacklogMillis,
        initialDelayMillis,
        timeoutMillis,
        minPauseMillis,
        maxConcurrent,
        failures,
        numRetained,
        retainForMillis,
        afterTasksFinish);
  }

  public CheckpointSettings withNumRetained(int checkpoints) {
    return new CheckpointSettings(
        intervalMillis,
        intervalDuringBacklogMillis,
        initialDelayMillis,
        timeoutMillis,
        minPauseMillis,
        maxConcurrent,
        tolerableFailures,
        checkpoints,
        retainForMillis,
        afterTasksFinish);
  }

  public CheckpointSettings withRetainForMillis(long millis) {
    return new CheckpointSettings(
        intervalMillis,
        intervalDuringBacklogMillis,
        initialDelayMillis,
        timeoutMillis,
        minPauseMillis,
        maxConcurrent,
        tolerableFailures,
        numRetained,
        millis,
        afterTasksFinish);
  }

  public CheckpointSettings withAfterTasksFinish(boolean goOn) {
    return new CheckpointSettings(
        intervalMillis,
        intervalDuringBacklogMillis,
        initialDelayMillis,
        timeoutMillis,
        minPauseMillis,
        maxConcurrent,
        tolerableFailures,
        numRetained,
        retainForMillis,
        goOn);
  }

  /** How many may really be in progress at once: with a pause between them, they cannot overlap. */
  public int effectiveMaxConcurrent() {
    return minPauseMillis > 0 ? 1 : maxConcurrent;
  }

  private static void require(boolean condition, String what, long value, String allowed) {
    if (!condition) {
      throw new IllegalArgumentException(
          "checkpoint " + what + " is " + value + ", but must be " + allowed);
    }
  }
}
