package io.weir.engine;

/**
 * What one checkpoint cost one task.
 *
 * @param startDelayNanos from the checkpoint's trigger to its start at this task
 * @param alignmentNanos from the first barrier to the last
 * @param syncNanos the synchronous part: the task processed nothing
 * @param asyncNanos the asynchronous part: the task went on
 * @param stateBytes bytes of state written
 * @param bytesProcessedDuringAlignment in-flight data processed while channels waited for each
 *     other; 0 if not measured
 */
public record CheckpointMetrics(
    long startDelayNanos,
    long alignmentNanos,
    long syncNanos,
    long asyncNanos,
    long stateBytes,
    long bytesProcessedDuringAlignment) {

  /** The same with what the asynchronous part adds. */
  CheckpointMetrics written(long asyncTookNanos, long bytes) {
    return new CheckpointMetrics(
        startDelayNanos,
        alignmentNanos,
        syncNanos,
        asyncTookNanos,
        bytes,
        bytesProcessedDuringAlignment);
  }
}
