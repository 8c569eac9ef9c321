package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.history.CheckpointRecord;
import java.util.Collection;
import java.util.function.ToLongFunction;

/** The figures of one completed checkpoint that stand in a job's summary. */
record CompletedFigures(
    long checkpointedSize,
    long stateSize,
    long endToEndDuration,
    long processedData,
    long persistedData) {

  static CompletedFigures of(CheckpointRecord checkpoint) {
    return new CompletedFigures(
        CheckpointJson.checkpointedSize(checkpoint),
        CheckpointJson.stateSize(checkpoint),
        CheckpointJson.endToEndDuration(checkpoint),
        CheckpointJson.processedBytes(checkpoint),
        CheckpointJson.persistedBytes(checkpoint));
  }

  static ObjectNode summary(Collection<CompletedFigures> all) {
    ObjectNode summary = Json.object();
    summary.set("checkpointed_size", stats(all, CompletedFigures::checkpointedSize));
    summary.set("state_size", stats(all, CompletedFigures::stateSize));
    summary.set("end_to_end_duration", stats(all, CompletedFigures::endToEndDuration));
    summary.set("alignment_buffered", StatsSummary.zeros());
    summary.set("processed_data", stats(all, CompletedFigures::processedData));
    summary.set("persisted_data", stats(all, CompletedFigures::persistedData));
    return summary;
  }

  private static ObjectNode stats(
      Collection<CompletedFigures> all, ToLongFunction<CompletedFigures> figure) {
    return StatsSummary.of(all.stream().mapToLong(figure)).toJson();
  }
}
