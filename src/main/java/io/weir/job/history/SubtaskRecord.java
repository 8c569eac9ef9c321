package io.weir.job.history;

/**
 * What one checkpoint cost one subtask. Times are in milliseconds.
 *
 * @param ackMillis when it acknowledged, milliseconds since the epoch; -1 if it did not
 * @param stateBytes bytes of state written
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
    long processedBytes,
    long persistedBytes,
    boolean isUnaligned) {

  /** Whether it has acknowledged. */
  public boolean isAcknowledged() {
    return ackMillis >= 0;
  }
}
