package io.weir.snapshot;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The content of a {@code _metadata} file: all that is needed to restore a job from a snapshot.
 *
 * @param timestampMillis when the snapshot was triggered, milliseconds since the epoch
 * @param operators every operator that had state or had finished
 */
public record SnapshotMetadata(
    JobId job,
    String jobName,
    long checkpointId,
    SnapshotKind kind,
    SnapshotFormat format,
    long timestampMillis,
    List<OperatorState> operators) {
  public SnapshotMetadata {
    operators = List.copyOf(operators);
  }

  /** The same without the records in flight, which a restore then loses. */
  public SnapshotMetadata withoutInFlight() {
    return new SnapshotMetadata(
        job,
        jobName,
        checkpointId,
        kind,
        format,
        timestampMillis,
        operators.stream().map(OperatorState::withoutInFlight).toList());
  }

  /** Bytes of state that a restore has to read. */
  public long sizeBytes() {
    long size = 0;
    for (OperatorState operator : operators) {
      size += operator.sizeBytes();
    }
    return size;
  }

  /** Every piece of state in storage that it refers to. */
  public Set<StateHandle.Stored> stored() {
    Set<StateHandle.Stored> stored = new LinkedHashSet<>();
    for (OperatorState operator : operators) {
      addStored(operator.coordinator(), stored);
      for (SubtaskState subtask : operator.subtasks().values()) {
        subtask.pieces().forEach(handle -> addStored(handle, stored));
      }
    }
    return stored;
  }

  private static void addStored(StateHandle handle, Set<StateHandle.Stored> stored) {
    if (handle instanceof StateHandle.Stored piece) {
      stored.add(piece);
    }
  }
}
