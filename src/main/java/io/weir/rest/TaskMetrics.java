package io.weir.rest;

import io.weir.engine.Task;
import io.weir.engine.TaskLoad;
import io.weir.job.execution.JobView;
import io.weir.job.history.SubtaskRecord;
import io.weir.snapshot.TaskId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The metrics of one task under Flink's names, and those that its functions have registered. What
 * has not been measured yet is left out. There are no bytes: records are handed over as they are.
 */
@ApplicationScoped
public class TaskMetrics {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final double MILLIS_PER_SECOND = 1_000;

  /** From this share of time on Flink calls a task back-pressured. */
  private static final double BACK_PRESSURED = 0.1;

  @Inject private TaskLoads loads;

  Map<String, Object> of(JobView job, Task task) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    lastCheckpoint(job, task.attempt().task())
        .ifPresent(
            last -> {
              metrics.put("checkpointStartDelayNanos", last.startDelayMillis() * NANOS_PER_MILLI);
              metrics.put("checkpointAlignmentTime", last.alignmentMillis() * NANOS_PER_MILLI);
            });
    TaskLoad load = task.load();
    metrics.put("numRecordsIn", load.recordsIn());
    metrics.put("numRecordsOut", load.recordsOut());
    metrics.put("accumulateBusyTimeMs", load.busyMillis());
    metrics.put("accumulateIdleTimeMs", load.idleMillis());
    metrics.put("accumulateBackPressuredTimeMs", load.backPressuredMillis());
    loads.of(task).ifPresent(rates -> put(rates, metrics));
    OptionalLong watermark = task.currentInputWatermark();
    if (watermark.isPresent()) {
      metrics.put("currentInputWatermark", watermark.getAsLong());
    }
    task.debloatedBatchRecords().ifPresent(records -> metrics.put("debloatedBufferSize", records));
    task.millisToProcessInput()
        .ifPresent(millis -> metrics.put("estimatedTimeToConsumeBuffersMs", millis));
    task.metrics().values().forEach((name, value) -> metrics.put(flinkName(name), value));
    return metrics;
  }

  private static void put(TaskLoads.Rates rates, Map<String, Object> metrics) {
    metrics.put("numRecordsInPerSecond", rates.recordsIn());
    metrics.put("numRecordsOutPerSecond", rates.recordsOut());
    metrics.put("busyTimeMsPerSecond", rates.busy() * MILLIS_PER_SECOND);
    metrics.put("idleTimeMsPerSecond", rates.idle() * MILLIS_PER_SECOND);
    metrics.put("backPressuredTimeMsPerSecond", rates.backPressured() * MILLIS_PER_SECOND);
    metrics.put("isBackPressured", rates.backPressured() > BACK_PRESSURED);
  }

  private static Optional<SubtaskRecord> lastCheckpoint(JobView job, TaskId task) {
    return Optional.ofNullable(job.lastCompleted()).stream()
        .flatMap(checkpoint -> checkpoint.vertices().stream())
        .filter(vertex -> vertex.id().equals(task.vertex()))
        .flatMap(vertex -> vertex.subtasks().stream())
        .filter(subtask -> subtask.subtask() == task.subtask() && subtask.isAcknowledged())
        .findFirst();
  }

  /** Names are the author's text: what Flink's names cannot hold becomes an underscore. */
  private static String flinkName(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
