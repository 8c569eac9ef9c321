package io.weir.job.execution;

import io.weir.api.graph.SourceTransformation;
import io.weir.api.metrics.MetricGroup;
import io.weir.engine.OperatorMetrics;
import io.weir.engine.source.SourceCoordinator;
import io.weir.engine.source.SourceEventLetter;
import io.weir.engine.source.SourceRequest;
import io.weir.job.surroundings.MainThread;
import io.weir.plan.JobPlan;
import io.weir.plan.PlannedVertex;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.TaskId;
import io.weir.snapshot.VertexId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The coordinators of a job's sources. They begin when all tasks do, and go on while regions
 * restart. Used by the job's actor alone.
 */
public final class SourceCoordinators {
  private static final Logger LOG = LoggerFactory.getLogger(SourceCoordinators.class);

  /** What reaches a task's reader of a source. */
  public interface Readers {
    void send(TaskId task, OperatorId source, SourceEventLetter letter);
  }

  private final MainThread mainThread;
  private final Executor blocking;
  private final Consumer<Throwable> failed;
  private final Readers readers;
  private final Consumer<Boolean> backlog;
  private final OperatorMetrics metrics = new OperatorMetrics();
  private final Map<OperatorId, VertexId> vertices = new LinkedHashMap<>();
  private final Map<OperatorId, SourceCoordinator<?, ?>> coordinators = new LinkedHashMap<>();

  /** The newest completed checkpoint that they have been told of, or were restored from. */
  private OptionalLong newestCheckpoint = OptionalLong.empty();

  /**
   * Creates those of all sources of a plan; none is started.
   *
   * @param finished tasks that are restored as finished
   * @param failed told what an enumerator throws where nobody else hears of it
   * @param readers of the sources
   * @param backlog told whether any source works off a backlog, when that may have changed
   */
  public SourceCoordinators(
      JobPlan plan,
      Set<TaskId> finished,
      MainThread mainThread,
      Executor blocking,
      Consumer<Throwable> failed,
      Readers readers,
      Consumer<Boolean> backlog) {
    this.mainThread = mainThread;
    this.blocking = blocking;
    this.failed = failed;
    this.readers = readers;
    this.backlog = backlog;
    for (PlannedVertex vertex : plan.vertices()) {
      // a vertex is restored as finished with all its tasks or not at all
      boolean runs = !finished.contains(new TaskId(vertex.id(), 0));
      if (runs && vertex.head().transformation() instanceof SourceTransformation<?> source) {
        vertices.put(vertex.head().id(), vertex.id());
        coordinators.put(
            vertex.head().id(),
            new SourceCoordinator<>(
                source.source(), vertex.parallelism(), new Surroundings(vertex)));
      }
    }
  }

  /**
   * Starts them.
   *
   * @param checkpointId what they are restored from; empty for a fresh start
   */
  public void start(OptionalLong checkpointId, Map<OperatorId, byte[]> restored) throws Exception {
    newestCheckpoint = checkpointId;
    for (Map.Entry<OperatorId, SourceCoordinator<?, ?>> each : coordinators.entrySet()) {
      each.getValue().start(restored.get(each.getKey()));
    }
  }

  public void request(OperatorId source, int subtask, SourceRequest request) {
    SourceCoordinator<?, ?> coordinator = coordinators.get(source);
    if (coordinator != null) {
      request.dispatchTo(subtask, coordinator);
    }
  }

  /** Their state, fixed before the tasks are told of the checkpoint. */
  public Map<OperatorId, byte[]> snapshot(long checkpointId) throws Exception {
    Map<OperatorId, byte[]> states = new LinkedHashMap<>();
    for (Map.Entry<OperatorId, SourceCoordinator<?, ?>> each : coordinators.entrySet()) {
      states.put(each.getKey(), each.getValue().snapshot(checkpointId));
    }
    return states;
  }

  /**
   * Whether single tasks can go back to this checkpoint: only to the newest one, since it is not
   * known any more what was done between older ones.
   */
  public boolean canReset(OptionalLong checkpointId) {
    return newestCheckpoint.equals(checkpointId);
  }

  /** These tasks go back to the newest checkpoint. */
  public void reset(Set<TaskId> tasks) {
    coordinators.forEach(
        (source, coordinator) ->
            tasks.stream()
                .filter(task -> task.vertex().equals(vertices.get(source)))
                .forEach(task -> coordinator.subtaskReset(task.subtask(), newestCheckpoint)));
  }

  public void checkpointCompleted(long checkpointId) throws Exception {
    newestCheckpoint = OptionalLong.of(Math.max(newestCheckpoint.orElse(0), checkpointId));
    for (SourceCoordinator<?, ?> coordinator : coordinators.values()) {
      coordinator.checkpointCompleted(checkpointId);
    }
  }

  public void checkpointAborted(long checkpointId) throws Exception {
    for (SourceCoordinator<?, ?> coordinator : coordinators.values()) {
      coordinator.checkpointAborted(checkpointId);
    }
  }

  public boolean isProcessingBacklog() {
    return coordinators.values().stream().anyMatch(SourceCoordinator::isProcessingBacklog);
  }

  /** May be repeated. */
  public void close() {
    for (SourceCoordinator<?, ?> coordinator : coordinators.values()) {
      try {
        coordinator.close();
      } catch (IOException | RuntimeException e) {
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
      readers.send(new TaskId(vertex.id(), subtask), vertex.head().id(), letter);
    }

    @Override
    public void runOnCoordinatorThread(Runnable action) {
      mainThread.tell(action);
    }

    @Override
    public void runAsync(Runnable action) {
      blocking.execute(action);
    }

    @Override
    public void runLater(long delayMillis, Runnable action) {
      mainThread.callAfter(delayMillis, action);
    }

    @Override
    public void fail(Throwable cause) {
      failed.accept(cause);
    }

    @Override
    public void backlogChanged() {
      backlog.accept(isProcessingBacklog());
    }

    @Override
    public MetricGroup metrics() {
      return metrics;
    }
  }
}
