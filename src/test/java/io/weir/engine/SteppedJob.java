package io.weir.engine;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.functions.JobInfo;
import io.weir.api.graph.SourceTransformation;
import io.weir.api.metrics.MetricGroup;
import io.weir.barrier.AlignmentMode;
import io.weir.barrier.Barrier;
import io.weir.barrier.CheckpointOptions;
import io.weir.config.Configuration;
import io.weir.engine.operator.StateTracking;
import io.weir.engine.operator.factory.StreamOperatorFactory;
import io.weir.engine.source.SourceCoordinator;
import io.weir.engine.source.SourceEventLetter;
import io.weir.engine.source.SourceRequest;
import io.weir.plan.JobPlan;
import io.weir.plan.JobPlanner;
import io.weir.plan.PipelinedRegions;
import io.weir.plan.PlannedVertex;
import io.weir.snapshot.ChannelStateHandle;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.StateWriter;
import io.weir.snapshot.SubtaskState;
import io.weir.snapshot.TaskId;
import io.weir.state.MemoryStateStorage;
import io.weir.state.StateBackendFactory;
import io.weir.state.heap.HeapStateBackendFactory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The tasks of one job without threads: a test steps them, sets the clock on, runs what is
 * asynchronous, and plays the checkpoint coordinator.
 */
final class SteppedJob implements TaskListener {
  static final JobId JOB = new JobId(1, 2);
  private static final int MANY_STEPS = 100_000;

  final ManualClock clock = new ManualClock();

  /** What the tasks have told: {@code "acknowledged 1 map (1/2)"}. */
  final List<String> told = new ArrayList<>();

  final List<Throwable> failures = new ArrayList<>();

  private final Execution execution;
  private final Map<String, Task> byName = new LinkedHashMap<>();
  private final Map<OperatorId, SourceCoordinator<?, ?>> coordinators = new LinkedHashMap<>();
  private final Deque<Runnable> coordinatorActions = new ArrayDeque<>();
  private final Deque<Runnable> async = new ArrayDeque<>();
  private final MemoryStateStorage storage;
  private final Map<Long, Map<TaskId, Map<OperatorId, SubtaskState>>> acknowledged =
      new HashMap<>();
  private final Map<Long, List<CheckpointMetrics>> metrics = new HashMap<>();
  private final Map<Long, Map<OperatorId, byte[]>> enumerators = new HashMap<>();

  /** What happens before a snapshot is written. */
  private Obstacle obstacle = () -> {};

  /** May throw. */
  interface Obstacle {
    void meet() throws IOException;
  }

  /** Whether asynchronous work waits for {@link #runAsync()}. */
  private boolean asyncByHand;

  static SteppedJob of(Consumer<StreamExecutionEnvironment> definition) {
    return of(AlignmentMode.EXACTLY_ONCE, definition);
  }

  static SteppedJob of(AlignmentMode mode, Consumer<StreamExecutionEnvironment> definition) {
    return new SteppedJob(mode, plan(definition), new HeapStateBackendFactory(), null, -1);
  }

  static SteppedJob of(
      StateBackendFactory backends, Consumer<StreamExecutionEnvironment> definition) {
    return new SteppedJob(AlignmentMode.EXACTLY_ONCE, plan(definition), backends, null, -1);
  }

  /** The same job, with the state that another run of it has acknowledged for a checkpoint. */
  static SteppedJob restored(
      SteppedJob from, long checkpointId, Consumer<StreamExecutionEnvironment> definition) {
    return new SteppedJob(
        AlignmentMode.EXACTLY_ONCE,
        plan(definition),
        new HeapStateBackendFactory(),
        from,
        checkpointId);
  }

  private static JobPlan plan(Consumer<StreamExecutionEnvironment> definition) {
    Configuration configuration = new Configuration();
    StreamExecutionEnvironment env =
        new StreamExecutionEnvironment(
            configuration,
            (name, transformations, settings) -> {
              throw new IllegalStateException("the test runs the job");
            });
    env.setParallelism(1);
    definition.accept(env);
    return JobPlanner.plan("job", env.getTransformations(), env.getConfiguration());
  }

  private SteppedJob(
      AlignmentMode mode,
      JobPlan plan,
      StateBackendFactory backends,
      SteppedJob from,
      long checkpointId) {
    this.storage = from == null ? new MemoryStateStorage() : from.storage;
    TaskEnvironment environment =
        new TaskEnvironment(
            new Info(),
            clock,
            this::execute,
            new StreamOperatorFactory(3),
            backends,
            storage,
            this::writerOf,
            this,
            function -> {},
            new TaskSettings(mode, true, 200, false, Optional.empty(), StateTracking.OFF, 42));
    RestoredState restored =
        from == null
            ? RestoredState.NONE
            : new RestoredState(
                OptionalLong.of(checkpointId),
                from.acknowledged.get(checkpointId),
                Set.of(),
                false);
    execution =
        ExecutionBuilder.build(
            plan, JOB, 0, environment, restored, PipelinedRegions.whole(plan).all());
    execution.tasks().forEach(task -> byName.put(task.name(), task));
    for (PlannedVertex vertex : plan.vertices()) {
      if (vertex.head().transformation() instanceof SourceTransformation<?> source) {
        SourceCoordinator<?, ?> coordinator =
            new SourceCoordinator<>(
                source.source(), vertex.parallelism(), new Surroundings(vertex));
        coordinators.put(vertex.head().id(), coordinator);
        start(
            coordinator,
            from == null ? null : from.enumerators.get(checkpointId).get(vertex.head().id()));
      }
    }
  }

  private static void start(SourceCoordinator<?, ?> coordinator, byte[] state) {
    try {
      coordinator.start(state);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void execute(Runnable action) {
    if (asyncByHand) {
      async.add(action);
    } else {
      action.run();
    }
  }

  private StateWriter writerOf(long checkpointId) throws IOException {
    obstacle.meet();
    return storage;
  }

  void failWrites(Obstacle thatThrows) {
    obstacle = thatThrows;
  }

  SteppedJob withAsyncByHand() {
    asyncByHand = true;
    return this;
  }

  void runAsync() {
    while (!async.isEmpty()) {
      async.remove().run();
    }
  }

  /** The task with this name, as {@code "map (1/2)"}; a part of the name is enough. */
  Task task(String name) {
    return byName.entrySet().stream()
        .filter(each -> each.getKey().contains(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no task " + name + " in " + byName.keySet()));
  }

  List<Task> tasks() {
    return execution.tasks();
  }

  /** Steps all tasks in turn until none makes progress. */
  void settle() {
    settle(execution.tasks());
  }

  /** Steps these tasks in turn until none of them makes progress. */
  void settle(Task... tasks) {
    settle(List.of(tasks));
  }

  private void settle(List<Task> tasks) {
    for (int i = 0; i < MANY_STEPS; i++) {
      boolean progress = false;
      for (Task task : tasks) {
        progress |= step(task);
      }
      if (!progress) {
        return;
      }
    }
    throw new AssertionError("the tasks do not come to rest");
  }

  boolean step(Task task) {
    boolean progress = task.step();
    while (!coordinatorActions.isEmpty()) {
      coordinatorActions.remove().run();
      progress = true;
    }
    return progress;
  }

  /** Starts a checkpoint at the tasks that run and have no running task in front of them. */
  void trigger(long checkpointId) {
    trigger(checkpointId, CheckpointType.CHECKPOINT);
  }

  /** As {@link #trigger(long)}, of another type. */
  void trigger(long checkpointId, CheckpointType type) {
    trigger(checkpointId, new CheckpointOptions(type, CheckpointOptions.Alignment.ALIGNED));
  }

  /** Starts a checkpoint whose barriers overtake records. */
  void triggerUnaligned(long checkpointId) {
    trigger(
        checkpointId,
        new CheckpointOptions(CheckpointType.CHECKPOINT, CheckpointOptions.Alignment.UNALIGNED));
  }

  /** Starts a checkpoint whose barriers overtake records after this time. */
  void triggerTimed(long checkpointId, long timeoutMillis) {
    trigger(
        checkpointId,
        new CheckpointOptions(
            CheckpointType.CHECKPOINT, CheckpointOptions.Alignment.ALIGNED, timeoutMillis));
  }

  void trigger(long checkpointId, CheckpointOptions options) {
    Map<OperatorId, byte[]> states = new HashMap<>();
    coordinators.forEach((id, coordinator) -> states.put(id, snapshot(coordinator, checkpointId)));
    enumerators.put(checkpointId, states);
    Barrier barrier = new Barrier(checkpointId, clock.nowMillis(), options);
    execution.tasks().stream()
        .filter(task -> !task.state().isTerminal())
        .filter(
            task -> execution.inputs().get(task.attempt().task()).stream().allMatch(this::hasEnded))
        .forEach(task -> task.mailbox().triggerCheckpoint(barrier));
  }

  private boolean hasEnded(TaskId id) {
    return execution.tasks().stream()
        .filter(task -> task.attempt().task().equals(id))
        .allMatch(task -> task.state().isTerminal());
  }

  private static byte[] snapshot(SourceCoordinator<?, ?> coordinator, long checkpointId) {
    try {
      return coordinator.snapshot(checkpointId);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Tells all tasks that a checkpoint is complete. */
  void complete(long checkpointId) {
    execution.tasks().forEach(task -> task.mailbox().checkpointCompleted(checkpointId));
  }

  /** Tells all tasks that a checkpoint has been given up. */
  void abort(long checkpointId) {
    execution.tasks().forEach(task -> task.mailbox().checkpointAborted(checkpointId));
  }

  /** What the tasks have acknowledged together: how many records in flight, in how many bytes. */
  ChannelState channelState(long checkpointId) {
    List<ChannelStateHandle> handles =
        acknowledged.getOrDefault(checkpointId, Map.of()).values().stream()
            .flatMap(states -> states.values().stream())
            .flatMap(state -> state.channels().stream())
            .toList();
    long persisted =
        metrics.getOrDefault(checkpointId, List.of()).stream()
            .mapToLong(CheckpointMetrics::bytesPersistedDuringAlignment)
            .sum();
    return new ChannelState(
        handles.stream().mapToLong(ChannelStateHandle::count).sum(),
        handles.stream().mapToLong(handle -> handle.data().sizeBytes()).sum(),
        persisted);
  }

  /** Of one checkpoint. */
  record ChannelState(long records, long bytes, long persisted) {}

  /** What the tasks have measured. */
  List<CheckpointMetrics> metrics(long checkpointId) {
    return metrics.getOrDefault(checkpointId, List.of());
  }

  boolean isAcknowledgedByAll(long checkpointId) {
    return acknowledged.getOrDefault(checkpointId, Map.of()).size() == execution.tasks().size();
  }

  List<TaskState> states() {
    return execution.tasks().stream().map(Task::state).toList();
  }

  @Override
  public void running(TaskAttempt attempt) {
    told.add("running " + nameOf(attempt));
  }

  @Override
  public void acknowledged(
      TaskAttempt attempt,
      long checkpointId,
      Map<OperatorId, SubtaskState> state,
      CheckpointMetrics measured) {
    metrics.computeIfAbsent(checkpointId, unused -> new ArrayList<>()).add(measured);
    told.add("acknowledged " + checkpointId + " " + nameOf(attempt));
    acknowledged
        .computeIfAbsent(checkpointId, unused -> new HashMap<>())
        .put(attempt.task(), state);
  }

  @Override
  public void declined(
      TaskAttempt attempt, long checkpointId, DeclineReason reason, Throwable cause) {
    told.add("declined " + checkpointId + " " + nameOf(attempt) + " " + reason);
  }

  @Override
  public void finished(TaskAttempt attempt) {
    told.add("finished " + nameOf(attempt));
  }

  @Override
  public void canceled(TaskAttempt attempt) {
    told.add("canceled " + nameOf(attempt));
  }

  @Override
  public void failed(TaskAttempt attempt, Throwable cause) {
    told.add("failed " + nameOf(attempt));
    failures.add(cause);
  }

  @Override
  public void sourceRequest(TaskAttempt attempt, OperatorId source, SourceRequest request) {
    coordinatorActions.add(
        () -> request.dispatchTo(attempt.task().subtask(), coordinators.get(source)));
  }

  private String nameOf(TaskAttempt attempt) {
    return execution.tasks().stream()
        .filter(task -> task.attempt().equals(attempt))
        .map(Task::name)
        .findFirst()
        .orElseThrow();
  }

  /** The names of those that ended in this way, in that order. */
  Set<String> ended(String how) {
    Set<String> names = new LinkedHashSet<>();
    told.stream()
        .filter(each -> each.startsWith(how + " "))
        .forEach(each -> names.add(each.substring(how.length() + 1)));
    return names;
  }

  private final class Surroundings implements SourceCoordinator.Surroundings {
    private final PlannedVertex vertex;

    Surroundings(PlannedVertex vertex) {
      this.vertex = vertex;
    }

    @Override
    public void send(int subtask, SourceEventLetter letter) {
      TaskId id = new TaskId(vertex.id(), subtask);
      execution.tasks().stream()
          .filter(task -> task.attempt().task().equals(id))
          .forEach(task -> task.mailbox().sourceEvent(vertex.head().id(), letter));
    }

    @Override
    public void runOnCoordinatorThread(Runnable action) {
      coordinatorActions.add(action);
    }

    @Override
    public void runAsync(Runnable action) {
      execute(action);
    }

    @Override
    public void runLater(long delayMillis, Runnable action) {
      throw new AssertionError("no source of these tests does this");
    }

    @Override
    public void fail(Throwable cause) {
      failures.add(cause);
    }

    @Override
    public void backlogChanged() {}

    @Override
    public MetricGroup metrics() {
      return new OperatorMetrics();
    }
  }

  private record Info() implements JobInfo {
    @Override
    public String getJobId() {
      return JOB.toString();
    }

    @Override
    public String getJobName() {
      return "job";
    }
  }
}
