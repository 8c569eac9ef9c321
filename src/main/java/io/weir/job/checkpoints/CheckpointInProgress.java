package io.weir.job.checkpoints;

import io.weir.checkpoint.CheckpointPlan;
import io.weir.checkpoint.Decision;
import io.weir.engine.CheckpointMetrics;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.OperatorRecord;
import io.weir.job.history.SubtaskRecord;
import io.weir.job.history.VertexRecord;
import io.weir.plan.JobPlan;
import io.weir.plan.PlannedOperator;
import io.weir.plan.PlannedVertex;
import io.weir.snapshot.JobId;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorSizes;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.SnapshotFormat;
import io.weir.snapshot.SnapshotKind;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.SubtaskState;
import io.weir.snapshot.TaskId;
import io.weir.snapshot.VertexId;
import io.weir.storage.CheckpointLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What has come in for one checkpoint. Used by the job's actor alone. */
final class CheckpointInProgress {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final JobId job;
  private final JobPlan jobPlan;
  private final Decision.Trigger decision;
  private final CheckpointLocation location;
  private final RequestedSavepoint savepoint;
  private final CheckpointTracer tracer;
  private final Map<TaskId, Map<OperatorId, SubtaskState>> acknowledged = new HashMap<>();
  private final Map<TaskId, SubtaskRecord> figures = new HashMap<>();
  private final Map<OperatorId, OperatorSizes> sizes = new HashMap<>();
  private Map<OperatorId, byte[]> coordinators = Map.of();
  private boolean started;

  /**
   * @param savepoint null for a checkpoint
   */
  CheckpointInProgress(
      JobId job,
      JobPlan jobPlan,
      Decision.Trigger decision,
      CheckpointLocation location,
      RequestedSavepoint savepoint,
      CheckpointTracer tracer) {
    this.job = job;
    this.jobPlan = jobPlan;
    this.decision = decision;
    this.location = location;
    this.savepoint = savepoint;
    this.tracer = tracer;
  }

  Decision.Trigger decision() {
    return decision;
  }

  CheckpointLocation location() {
    return location;
  }

  /** Collects what explains it. */
  CheckpointTracer tracer() {
    return tracer;
  }

  /** The catalog has noted the start: its id is this job's, and its directory may get files. */
  void started() {
    started = true;
  }

  boolean isStarted() {
    return started;
  }

  void coordinators(Map<OperatorId, byte[]> states) {
    coordinators = states;
  }

  /** Called once for each task. */
  void acknowledged(
      TaskId task, Map<OperatorId, SubtaskState> state, CheckpointMetrics metrics, long nowMillis) {
    acknowledged.put(task, state);
    tracer.acknowledged(task, metrics, nowMillis);
    metrics.operators().forEach((id, size) -> sizes.merge(id, size, OperatorSizes::plus));
    figures.put(
        task,
        new SubtaskRecord(
            task.subtask(),
            nowMillis,
            metrics.startDelayNanos() / NANOS_PER_MILLI,
            metrics.alignmentNanos() / NANOS_PER_MILLI,
            metrics.syncNanos() / NANOS_PER_MILLI,
            metrics.asyncNanos() / NANOS_PER_MILLI,
            metrics.stateBytes(),
            state.values().stream().mapToLong(SubtaskState::sizeBytes).sum(),
            metrics.bytesProcessedDuringAlignment(),
            metrics.bytesPersistedDuringAlignment(),
            metrics.isUnaligned()));
  }

  /** The present figures. */
  CheckpointRecord record() {
    List<VertexRecord> vertices = new ArrayList<>();
    for (PlannedVertex vertex : jobPlan.vertices()) {
      List<SubtaskRecord> subtasks = new ArrayList<>();
      for (int subtask = 0; subtask < vertex.parallelism(); subtask++) {
        TaskId task = new TaskId(vertex.id(), subtask);
        if (decision.plan().toAcknowledge().contains(task)) {
          subtasks.add(figures.getOrDefault(task, SubtaskRecord.pending(subtask)));
        }
      }
      if (!subtasks.isEmpty()) {
        vertices.add(new VertexRecord(vertex.id(), vertex.name(), subtasks, operators(vertex)));
      }
    }
    CheckpointRecord started =
        CheckpointRecord.started(
                job,
                decision.checkpointId(),
                (int) decision.plan().attempt(),
                decision.type(),
                decision.timestampMillis(),
                location.path(),
                List.of())
            .withVertices(vertices);
    return savepoint == null
        ? started
        : started.ownedBy(savepoint.ownership()).labelled(savepoint.label());
  }

  private List<OperatorRecord> operators(PlannedVertex vertex) {
    List<OperatorRecord> operators = new ArrayList<>();
    for (PlannedOperator operator : vertex.operators()) {
      OperatorSizes all = sizes.getOrDefault(operator.id(), OperatorSizes.NONE);
      byte[] coordinator = coordinators.get(operator.id());
      if (coordinator != null) {
        all = all.withCoordinator(coordinator.length);
      }
      if (all.fullBytes() > 0) {
        operators.add(new OperatorRecord(operator.id(), operator.uid(), operator.name(), all));
      }
    }
    return operators;
  }

  /** The content of the snapshot; all acknowledgements are in. */
  SnapshotMetadata metadata() {
    List<OperatorState> operators = new ArrayList<>();
    for (PlannedVertex vertex : jobPlan.vertices()) {
      Set<Integer> finished = finishedSubtasks(decision.plan(), vertex.id());
      for (PlannedOperator operator : vertex.operators()) {
        SortedMap<Integer, SubtaskState> subtasks = statesOf(vertex, operator.id());
        byte[] coordinator = coordinators.get(operator.id());
        if (!subtasks.isEmpty() || !finished.isEmpty() || coordinator != null) {
          operators.add(
              new OperatorState(
                  operator.id(),
                  operator.uid(),
                  operator.name(),
                  vertex.parallelism(),
                  operator.maxParallelism(),
                  subtasks,
                  coordinator == null ? null : new StateHandle.Inline(coordinator),
                  finished));
        }
      }
    }
    return new SnapshotMetadata(
        job,
        jobPlan.jobName(),
        decision.checkpointId(),
        decision.type().isSavepoint() ? SnapshotKind.SAVEPOINT : SnapshotKind.CHECKPOINT,
        SnapshotFormat.of(operators),
        decision.timestampMillis(),
        operators);
  }

  private SortedMap<Integer, SubtaskState> statesOf(PlannedVertex vertex, OperatorId operator) {
    SortedMap<Integer, SubtaskState> states = new TreeMap<>();
    for (int subtask = 0; subtask < vertex.parallelism(); subtask++) {
      SubtaskState state =
          acknowledged.getOrDefault(new TaskId(vertex.id(), subtask), Map.of()).get(operator);
      if (state != null) {
        states.put(subtask, state);
      }
    }
    return states;
  }

  private static Set<Integer> finishedSubtasks(CheckpointPlan plan, VertexId vertex) {
    Set<Integer> finished = new HashSet<>();
    for (TaskId task : plan.finished()) {
      if (task.vertex().equals(vertex)) {
        finished.add(task.subtask());
      }
    }
    return finished;
  }
}
