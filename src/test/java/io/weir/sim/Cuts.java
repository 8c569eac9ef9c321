package io.weir.sim;

import java.util.HashMap;
import java.util.Map;

/**
 * How much of each split lies in front of each checkpoint, as sources know it, and when operators
 * took their part of it.
 */
final class Cuts {
  private record Split(int source, int index) {}

  private record Stage(long checkpointId, int index) {}

  private final Map<Long, Map<Split, Integer>> positions = new HashMap<>();

  /** When the first subtask of an operator has taken its snapshot. */
  private final Map<Stage, Long> snapshots = new HashMap<>();

  /** Nothing is known yet of a checkpoint with this id. */
  void begin(long checkpointId) {
    positions.put(checkpointId, new HashMap<>());
    snapshots.keySet().removeIf(stage -> stage.checkpointId == checkpointId);
  }

  /** So much of a split has been read in front of a checkpoint. */
  void note(long checkpointId, int source, SplitSource.Split split) {
    positions
        .computeIfAbsent(checkpointId, unused -> new HashMap<>())
        .put(new Split(source, split.index()), split.position());
  }

  /** A subtask of an operator takes its snapshot. */
  void noteSnapshot(long checkpointId, int stage, long millis) {
    snapshots.merge(new Stage(checkpointId, stage), millis, Math::min);
  }

  /** When the first subtask of an operator has taken its snapshot; 0 if none has. */
  long snapshotMillis(long checkpointId, int stage) {
    return snapshots.getOrDefault(new Stage(checkpointId, stage), 0L);
  }

  /** How many records of a split lie in front of a checkpoint: all, if nobody has it any more. */
  int of(long checkpointId, int source, int split, int length) {
    return positions.get(checkpointId).getOrDefault(new Split(source, split), length);
  }
}
