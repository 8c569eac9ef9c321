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

  /** Every file of state that it refers to. */
  public Set<StateHandle.InFile> files() {
    Set<StateHandle.InFile> files = new LinkedHashSet<>();
    for (OperatorState operator : operators) {
      addFile(operator.coordinator(), files);
      for (SubtaskState subtask : operator.subtasks().values()) {
        subtask.pieces().forEach(piece -> addFile(piece, files));
      }
    }
    return files;
  }

  private static void addFile(StateHandle handle, Set<StateHandle.InFile> files) {
    if (handle instanceof StateHandle.InFile file) {
      files.add(file);
    }
  }
}
