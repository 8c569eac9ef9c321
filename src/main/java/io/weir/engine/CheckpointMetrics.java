package io.weir.engine;

import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorSizes;
import java.util.Map;

/**
 * What one checkpoint cost one task.
 *
 * @param startDelayNanos from the checkpoint's trigger to its start at this task
 * @param alignmentNanos from the first barrier to the last
 * @param syncNanos the synchronous part: the task processed nothing
 * @param asyncNanos the asynchronous part: the task went on
 * @param stateBytes bytes of state written
 * @param bytesProcessedDuringAlignment in-flight data that became part of the snapshot and was
 *     processed before its barriers arrived; 0 for an aligned checkpoint, where it is not measured
 * @param bytesPersistedDuringAlignment in-flight data that became part of the snapshot
 * @param isUnaligned whether the barrier overtook records, or would have
 * @param operators the sizes of those operators that have state
 */
public record CheckpointMetrics(
    long startDelayNanos,
    long alignmentNanos,
    long syncNanos,
    long asyncNanos,
    long stateBytes,
    long bytesProcessedDuringAlignment,
    long bytesPersistedDuringAlignment,
    boolean isUnaligned,
    Map<OperatorId, OperatorSizes> operators) {
  public CheckpointMetrics {
    operators = Map.copyOf(operators);
  }

  /** Before the asynchronous part. */
  static CheckpointMetrics ofSynchronousPart(
      long startDelayNanos, long alignmentNanos, long syncNanos, boolean isUnaligned) {
    return new CheckpointMetrics(
        startDelayNanos, alignmentNanos, syncNanos, 0, 0, 0, 0, isUnaligned, Map.of());
  }

  /** The same with what the asynchronous part adds. */
  CheckpointMetrics written(
      long asyncTookNanos, long processedBytes, Map<OperatorId, OperatorSizes> sizes) {
    return new CheckpointMetrics(
        startDelayNanos,
        alignmentNanos,
        syncNanos,
        asyncTookNanos,
        sizes.values().stream().mapToLong(OperatorSizes::writtenBytes).sum(),
        processedBytes,
        sizes.values().stream().mapToLong(OperatorSizes::inFlightBytes).sum(),
        isUnaligned,
        sizes);
  }
}
