package io.weir.metrics;

import io.weir.engine.Clock;
import io.weir.job.Dispatcher;
import io.weir.job.execution.JobView;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.SubtaskRecord;
import io.weir.job.surroundings.CatalogException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/** Gauges of every job's checkpoints, tagged with the job's name. */
@ApplicationScoped
public class CheckpointMetrics {
  /** As long as there is no completed checkpoint, or no answer. */
  private static final long UNKNOWN = -1;

  @Inject private MetricRegistry registry;
  @Inject private Dispatcher dispatcher;
  @Inject private Clock clock;

  /** The names of the jobs are known when the application starts, and do not change. */
  void register(@Observes @Initialized(ApplicationScoped.class) Object event) {
    for (String job : dispatcher.definitions().names()) {
      gauge(
          job,
          "checkpoint.duration",
          "Time to complete the last completed checkpoint",
          MetricUnits.MILLISECONDS,
          name -> ofLast(name, last -> last.durationMillis(last.endedMillis())));
      gauge(
          job,
          "checkpoint.size",
          "Size of the last completed checkpoint",
          MetricUnits.BYTES,
          name -> ofLast(name, CheckpointRecord::stateBytes));
      gauge(
          job,
          "checkpoint.alignment_time",
          "Longest time that a task of the last completed checkpoint waited for barriers",
          MetricUnits.MILLISECONDS,
          name -> ofLast(name, CheckpointMetrics::alignmentMillis));
      gauge(
          job,
          "checkpoint.count",
          "Completed checkpoints",
          MetricUnits.NONE,
          name -> count(name, CheckpointStatus.COMPLETED));
      gauge(
          job,
          "checkpoint.failed_count",
          "Failed checkpoints",
          MetricUnits.NONE,
          name -> count(name, CheckpointStatus.FAILED));
      gauge(
          job,
          "checkpoint.damaged_count",
          "Retained checkpoints and savepoints that are known to be damaged",
          MetricUnits.NONE,
          this::damaged);
      gauge(
          job,
          "savepoint.age",
          "Time since the newest savepoint was taken",
          MetricUnits.MILLISECONDS,
          this::savepointAge);
    }
  }

  private void gauge(
      String job, String name, String description, String unit, Function<String, Long> value) {
    Metadata metadata =
        Metadata.builder().withName(name).withDescription(description).withUnit(unit).build();
    registry.gauge(metadata, job, value, new Tag("job", job));
  }

  private long ofLast(String job, ToLongFunction<CheckpointRecord> figure) {
    return view(job)
        .map(JobView::lastCompleted)
        .map(last -> figure.applyAsLong(last))
        .orElse(UNKNOWN);
  }

  private static long alignmentMillis(CheckpointRecord checkpoint) {
    return checkpoint.vertices().stream()
        .flatMap(vertex -> vertex.subtasks().stream())
        .mapToLong(SubtaskRecord::alignmentMillis)
        .max()
        .orElse(0);
  }

  private long count(String job, CheckpointStatus status) {
    Optional<JobView> view = view(job);
    if (view.isEmpty()) {
      return 0;
    }
    try {
      return dispatcher.catalog().checkpointCounts(view.get().id()).getOrDefault(status, 0L);
    } catch (CatalogException e) {
      return UNKNOWN;
    }
  }

  private long damaged(String job) {
    Optional<JobView> view = view(job);
    if (view.isEmpty()) {
      return 0;
    }
    try {
      return dispatcher.catalog().damagedRestorePoints(view.get().id());
    } catch (CatalogException e) {
      return UNKNOWN;
    }
  }

  private long savepointAge(String job) {
    Optional<JobView> view = view(job);
    if (view.isEmpty()) {
      return UNKNOWN;
    }
    try {
      return dispatcher.catalog().restorePoints(view.get().id()).stream()
          .filter(point -> point.type().isSavepoint())
          .mapToLong(point -> clock.nowMillis() - point.triggeredMillis())
          .min()
          .orElse(UNKNOWN);
    } catch (CatalogException e) {
      return UNKNOWN;
    }
  }

  /** Views come newest first: an ended run does not hide its successor. */
  private Optional<JobView> view(String job) {
    return dispatcher.views().stream().filter(view -> view.name().equals(job)).findFirst();
  }
}
