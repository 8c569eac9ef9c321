package io.weir.bench;

import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.SubtaskRecord;
import io.weir.job.history.VertexRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;
import peers.CheckpointStat;

/** The figures of checkpoints as the benchmark wants them. */
final class CheckpointFigures {
  private CheckpointFigures() {}

  /**
   * Of those that were completed, oldest first.
   *
   * @param newestFirst all checkpoints
   */
  static List<CheckpointStat> of(List<CheckpointRecord> newestFirst) {
    List<CheckpointRecord> records = new ArrayList<>(newestFirst);
    Collections.reverse(records);
    return records.stream()
        .filter(record -> record.status() == CheckpointStatus.COMPLETED)
        .map(CheckpointFigures::stat)
        .toList();
  }

  private static CheckpointStat stat(CheckpointRecord record) {
    return new CheckpointStat(
        record.id(),
        record.triggeredMillis(),
        record.durationMillis(record.endedMillis()),
        most(record, SubtaskRecord::syncMillis),
        most(record, SubtaskRecord::asyncMillis),
        most(record, SubtaskRecord::alignmentMillis),
        most(record, SubtaskRecord::startDelayMillis),
        record.writtenBytes(),
        record.stateBytes(),
        most(record, SubtaskRecord::persistedBytes));
  }

  private static long most(CheckpointRecord record, ToLongFunction<SubtaskRecord> figure) {
    return record.vertices().stream()
        .map(VertexRecord::subtasks)
        .flatMap(List::stream)
        .mapToLong(figure)
        .max()
        .orElse(-1);
  }
}
