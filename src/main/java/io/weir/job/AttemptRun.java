package io.weir.job;

import io.weir.api.graph.SourceTransformation;
import io.weir.api.metrics.MetricGroup;
import io.weir.barrier.Barrier;
import io.weir.engine.Execution;
import io.weir.engine.Task;
import io.weir.engine.source.SourceCoordinator;
import io.weir.engine.source.SourceEventLetter;
import io.weir.engine.source.SourceRequest;
import io.weir.plan.JobPlan;
import io.weir.plan.PlannedVertex;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.TaskId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a job's tasks and of its sources' coordinators. Used by the job's actor alone. */
final class AttemptRun {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptRun.class);

  /** What a coordinator needs of the job's master. */
  interface Master {
    /** Runs something on the job's actor, if this attempt is still the current one by then. */
    void tell(int attempt, Runnable action);

    void runAsync(Runnable action);

    void callAt(long timeMillis, Runnable action);

    long nowMillis();

    void fail(int attempt, Throwable cause);

    MetricGroup coordinatorMetrics();
  }

  private final int attempt;
  private final Execution execution;
  private final Master master;
  private final Map<TaskId, Task> tasks = new LinkedHashMap<>();
  private final Map<TaskId, TaskRunner.Handle> handles = new LinkedHashMap<>();
  private final Map<OperatorId, SourceCoordinator<?, ?>> coordinators = new LinkedHashMap<>();
  private final Set<TaskId> running = new HashSet<>();
  private final Set<TaskId> ended = new HashSet<>();
  private final Set<TaskId> finished = new HashSet<>();
  private boolean canceling;

  AttemptRun(int attempt, JobPlan plan, Execution execution, Master master) {
    this.attempt = attempt;
    this.execution = execution;
    this.master = master;
    for (Task task : execution.tasks()) {
      tasks.put(task.attempt().task(), task);
    }
    for (PlannedVertex vertex : plan.vertices()) {
      // a vertex is restored as finished with all its tasks or not at all
      boolean runs = !execution.finished().contains(new TaskId(vertex.id(), 0));
      if (runs && vertex.head().transformation() instanceof SourceTransformation<?> source) {
        coordinators.put(
            vertex.head().id(),
            new SourceCoordinator<>(
                source.source(), vertex.parallelism(), new Surroundings(vertex)));
      }
    }
  }

  int attempt() {
    return attempt;
  }

  Collection<Task> tasks() {
    return tasks.values();
  }

  Map<TaskId, Set<TaskId>> inputs() {
    return execution.inputs();
  }

  /** Starts the sources' coordinators, then all tasks. */
  void start(Map<OperatorId, byte[]> restoredCoordinators, TaskRunner runner) throws Exception {
    for (Map.Entry<OperatorId, SourceCoordinator<?, ?>> each : coordinators.entrySet()) {
      each.getValue().start(restoredCoordinators.get(each.getKey()));
    }
    for (Task task : tasks.values()) {
      handles.put(task.attempt().task(), runner.run(task));
    }
  }

  /** A task has begun to process; says whether all have. */
  boolean isAllRunningWith(TaskId task) {
    running.add(task);
    return running.size() == tasks.size();
  }

  boolean isAllRunning() {
    return running.size() == tasks.size();
  }

  /** A task has ended; says whether all have. */
  boolean isAllEndedWith(TaskId task, boolean hasFinished) {
    ended.add(task);
    if (hasFinished) {
      finished.add(task);
    }
    return isAllEnded();
  }

  boolean isAllEnded() {
    return ended.containsAll(handles.keySet());
  }

  boolean isAllFinished() {
    return finished.size() == tasks.size();
  }

  /**
   * The tasks that take no part in checkpoints any more.
   *
   * <p>INVARIANT: a task that had finished before the restored checkpoint counts as finished in
   * every later one, even while it still passes the end of input on. Without state but taken for
   * one that runs, it would begin anew when the job is restored.
   */
  Set<TaskId> finished() {
    Set<TaskId> all = new HashSet<>(execution.finished());
    all.addAll(finished);
    return all;
  }

  void request(OperatorId source, int subtask, SourceRequest request) {
    SourceCoordinator<?, ?> coordinator = coordinators.get(source);
    if (coordinator != null && !canceling) {
      request.dispatchTo(subtask, coordinator);
    }
  }

  /** The state of the sources' coordinators, fixed before the tasks are told of the checkpoint. */
  Map<OperatorId, byte[]> snapshotCoordinators(long checkpointId) throws Exception {
    Map<OperatorId, byte[]> states = new LinkedHashMap<>();
    for (Map.Entry<OperatorId, SourceCoordinator<?, ?>> each : coordinators.entrySet()) {
      states.put(each.getKey(), each.getValue().snapshot(checkpointId));
    }
    return states;
  }

  void trigger(Set<TaskId> heads, Barrier barrier) {
    heads.forEach(task -> tasks.get(task).mailbox().triggerCheckpoint(barrier));
  }

  void checkpointCompleted(long checkpointId, Set<TaskId> toNotify) throws Exception {
    toNotify.forEach(task -> tasks.get(task).mailbox().checkpointCompleted(checkpointId));
    for (SourceCoordinator<?, ?> coordinator : coordinators.values()) {
      coordinator.checkpointCompleted(checkpointId);
    }
  }

  void checkpointAborted(long checkpointId, Set<TaskId> toNotify) throws Exception {
    toNotify.forEach(task -> tasks.get(task).mailbox().checkpointAborted(checkpointId));
    for (SourceCoordinator<?, ?> coordinator : coordinators.values()) {
      coordinator.checkpointAborted(checkpointId);
    }
  }

  boolean isProcessingBacklog() {
    return coordinators.values().stream().anyMatch(SourceCoordinator::isProcessingBacklog);
  }

  /** Tells all tasks to stop. */
  void cancel() {
    if (!canceling) {
      canceling = true;
      tasks.values().forEach(task -> task.mailbox().cancel());
      closeCoordinators();
    }
  }

  /** Interrupts the tasks that have not stopped. */
  void interruptStragglers() {
    handles.forEach(
        (task, handle) -> {
          if (!ended.contains(task)) {
            LOG.warn(
                "task {} does not react to its cancellation; its thread is interrupted",
                tasks.get(task).name());
            handle.interrupt();
          }
        });
  }

  void closeCoordinators() {
    for (SourceCoordinator<?, ?> coordinator : coordinators.values()) {
      try {
        coordinator.close();
      } catch (java.io.IOException | RuntimeException e) {
        LOG.warn("a source's enumerator could not be closed; the job goes on", e);
      }
    }
    coordinators.clear();
  }

  private final class Surroundings implements SourceCoordinator.Surroundings {
    private final PlannedVertex vertex;

    Surroundings(PlannedVertex vertex) {
      this.vertex = vertex;
    }

    @Override
    public void send(int subtask, SourceEventLetter letter) {
      tasks.get(new TaskId(vertex.id(), subtask)).mailbox().sourceEvent(vertex.head().id(), letter);
    }

    @Override
    public void runOnCoordinatorThread(Runnable action) {
      master.tell(attempt, action);
    }

    @Override
    public void runAsync(Runnable action) {
      master.runAsync(action);
    }

    @Override
    public void runLater(long delayMillis, Runnable action) {
      master.callAt(master.nowMillis() + delayMillis, () -> master.tell(attempt, action));
    }

    @Override
    public void fail(Throwable cause) {
      master.fail(attempt, cause);
    }

    @Override
    public MetricGroup metrics() {
      return master.coordinatorMetrics();
    }
  }
}
