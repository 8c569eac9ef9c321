package io.weir.job.history;

/**
 * What one checkpoint cost one subtask. Times are in milliseconds.
 *
 * @param ackMillis when it acknowledged, milliseconds since the epoch; -1 if it did not
 * @param stateBytes bytes of state written
 * @param fullBytes bytes of state that a restore of the subtask would read
 * @param processedBytes in-flight data processed during alignment
 * @param persistedBytes in-flight data that became part of the snapshot
 */
public record SubtaskRecord(
    int subtask,
    long ackMillis,
    long startDelayMillis,
    long alignmentMillis,
    long syncMillis,
    long asyncMillis,
    long stateBytes,
    long fullBytes,
    long processedBytes,
    long persistedBytes,
    boolean isUnaligned) {

  /** What is known of one that has not acknowledged. */
  public static SubtaskRecord pending(int subtask) {
    return new SubtaskRecord(subtask, -1, 0, 0, 0, 0, 0, 0, 0, 0, false);
  }

  /** Whether it has acknowledged. */
  public boolean isAcknowledged() {
    return ackMillis >= 0;
  }
}
