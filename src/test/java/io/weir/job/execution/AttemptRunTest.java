package io.weir.job.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.functions.JobInfo;
import io.weir.api.types.Types;
import io.weir.barrier.AlignmentMode;
import io.weir.config.Configuration;
import io.weir.config.ThreadPer;
import io.weir.engine.CheckpointMetrics;
import io.weir.engine.DeclineReason;
import io.weir.engine.ExecutionBuilder;
import io.weir.engine.RestoredState;
import io.weir.engine.Task;
import io.weir.engine.TaskAttempt;
import io.weir.engine.TaskEnvironment;
import io.weir.engine.TaskListener;
import io.weir.engine.TaskSettings;
import io.weir.engine.TaskState;
import io.weir.engine.operator.StateTracking;
import io.weir.engine.operator.factory.StreamOperatorFactory;
import io.weir.engine.source.SourceRequest;
import io.weir.job.local.SystemClock;
import io.weir.job.surroundings.Actor;
import io.weir.job.surroundings.MainThread;
import io.weir.plan.JobPlan;
import io.weir.plan.JobPlanner;
import io.weir.plan.PipelinedRegions;
import io.weir.plan.PlannedVertex;
import io.weir.plan.TaskManagerId;
import io.weir.snapshot.JobId;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.SubtaskState;
import io.weir.snapshot.TaskId;
import io.weir.state.MemoryStateStorage;
import io.weir.state.heap.HeapStateBackendFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttemptRunTest implements TaskListener {
  private final List<TaskId> running = new ArrayList<>();

  /** Two sources, of which the first had finished before the checkpoint. */
  private final JobPlan plan = plan();

  private final PlannedVertex finished = vertex("short");
  private final PlannedVertex other = vertex("long");

  private static JobPlan plan() {
    StreamExecutionEnvironment env =
        new StreamExecutionEnvironment(
            new Configuration(),
            (name, transformations, settings) -> {
              throw new IllegalStateException("the test runs the job");
            });
    env.setParallelism(2);
    env.fromSequence(1, 10).name("short").keyBy(n -> n, Types.LONG).sum(0).print();
    env.fromSequence(1, 1_000).name("long").print();
    return JobPlanner.plan("job", env.getTransformations(), env.getConfiguration());
  }

  private PlannedVertex vertex(String source) {
    return plan.vertices().stream()
        .filter(vertex -> vertex.name().contains(source))
        .findFirst()
        .orElseThrow();
  }

  private AttemptRun attempt() {
    MemoryStateStorage storage = new MemoryStateStorage();
    TaskEnvironment environment =
        new TaskEnvironment(
            new Info(),
            new SystemClock(),
            Runnable::run,
            new StreamOperatorFactory(3),
            new HeapStateBackendFactory(),
            storage,
            checkpoint -> storage,
            this,
            function -> {},
            new TaskSettings(
                AlignmentMode.EXACTLY_ONCE,
                true,
                200,
                false,
                Optional.empty(),
                StateTracking.OFF,
                42));
    RestoredState restored =
        new RestoredState(OptionalLong.of(7), Map.of(), Set.of(finished.id()), false);
    return new AttemptRun(
        1,
        ExecutionBuilder.build(
            plan, new JobId(1, 2), 1, environment, restored, PipelinedRegions.whole(plan).all()),
        places());
  }

  /** Each subtask in a task manager of its own. */
  private Map<TaskId, TaskManagerId> places() {
    Map<TaskId, TaskManagerId> places = new HashMap<>();
    PipelinedRegions.whole(plan).all().forEach(task -> places.put(task, manager(task.subtask())));
    return places;
  }

  private static TaskManagerId manager(int subtask) {
    return new TaskManagerId(subtask + 1, 1);
  }

  private SourceCoordinators coordinators(AttemptRun run) {
    return new SourceCoordinators(
        plan,
        run.finished(),
        new MainThread(
            new Actor(
                Runnable::run,
                e -> {
                  throw new AssertionError(e);
                }),
            (timeMillis, action) -> {},
            new SystemClock()),
        Runnable::run,
        e -> {
          throw new AssertionError(e);
        },
        (task, source, letter) -> run.task(task).mailbox().sourceEvent(source, letter),
        backlog -> {});
  }

  @Test
  void aTaskThatWasRestoredAsFinishedHasNoPartInCheckpointsFromTheBeginning() throws Exception {
    AttemptRun run = attempt();
    List<Task> tasks = new ArrayList<>();
    SourceCoordinators coordinators = coordinators(run);
    coordinators.start(OptionalLong.of(7), Map.of());
    run.start(
        sharing -> {
          tasks.addAll(sharing);
          return () -> {};
        },
        ThreadSharing.of(plan, ThreadPer.TASK));
    for (Task task : tasks) {
      while (task.state() != TaskState.RUNNING) {
        task.step();
      }
    }

    assertThat(running).as("all tasks run: a checkpoint may start").hasSameSizeAs(tasks);
    assertThat(run.isAllFinished()).isFalse();
    assertThat(run.finished())
        .containsExactlyInAnyOrder(new TaskId(finished.id(), 0), new TaskId(finished.id(), 1));
    assertThat(coordinators.snapshot(8))
        .as("splits that would be read again")
        .containsOnlyKeys(other.head().id());
  }

  private List<List<String>> threads(ThreadPer threadPer) {
    List<List<String>> threads = new ArrayList<>();
    attempt()
        .start(
            sharing -> {
              threads.add(sharing.stream().map(Task::name).toList());
              return () -> {};
            },
            ThreadSharing.of(plan, threadPer));
    return threads;
  }

  @Test
  void eachTaskHasAThreadOfItsOwn() {
    assertThat(threads(ThreadPer.TASK)).hasSize(6).allMatch(sharing -> sharing.size() == 1);
  }

  @Test
  void joinedTasksOfASlotHaveAThreadTogether() {
    assertThat(threads(ThreadPer.SLOT))
        .extracting(
            sharing -> sharing.stream().map(name -> name.replaceAll("[: ].*\\(", "(")).toList())
        .containsExactlyInAnyOrder(
            List.of("Source(1/2)", "Keyed(1/2)"),
            List.of("Source(2/2)", "Keyed(2/2)"),
            List.of("Source(1/2)"),
            List.of("Source(2/2)"));
  }

  @Test
  void aThreadThatIsInterruptedIsTheOneThatStepsTheTask() {
    AttemptRun run = attempt();
    List<List<Task>> interrupted = new ArrayList<>();
    run.start(sharing -> () -> interrupted.add(sharing), ThreadSharing.of(plan, ThreadPer.SLOT));
    Task sum = run.task(new TaskId(vertex("Keyed").id(), 1));

    run.interrupt(sum);

    assertThat(interrupted).singleElement().asInstanceOf(LIST).hasSize(2).contains(sum);
  }

  @Test
  void aTaskThatFinishesHasNoPartInCheckpointsAnyMore() {
    AttemptRun run = attempt();
    TaskId task = new TaskId(other.id(), 1);

    run.ended(task, true);

    assertThat(run.finished()).contains(task, new TaskId(finished.id(), 0));
  }

  @Test
  void withATaskManagerItsTasksAreLostThatHaveNotComeToTheirEndAndAreNotStoppedAnyway() {
    AttemptRun run = attempt();
    TaskId ended = new TaskId(finished.id(), 1);
    TaskId stopping = new TaskId(other.id(), 1);
    Set<TaskId> there = run.lostWith(manager(1));
    assertThat(there).contains(ended, stopping).allMatch(task -> task.subtask() == 1);

    run.ended(ended, true);
    run.cancel(Set.of(stopping));

    assertThat(run.lostWith(manager(1))).hasSize(there.size() - 2).doesNotContain(ended, stopping);
    assertThat(run.lostWith(manager(1).next())).isEmpty();
  }

  @Override
  public void running(TaskAttempt task) {
    running.add(task.task());
  }

  @Override
  public void acknowledged(
      TaskAttempt task,
      long checkpointId,
      Map<OperatorId, SubtaskState> state,
      CheckpointMetrics metrics) {}

  @Override
  public void declined(
      TaskAttempt task, long checkpointId, DeclineReason reason, Throwable cause) {}

  @Override
  public void finished(TaskAttempt task) {}

  @Override
  public void canceled(TaskAttempt task) {}

  @Override
  public void failed(TaskAttempt task, Throwable cause) {
    throw new AssertionError(cause);
  }

  @Override
  public void sourceRequest(TaskAttempt task, OperatorId source, SourceRequest request) {}

  private record Info() implements JobInfo {
    @Override
    public String getJobId() {
      return "1";
    }

    @Override
    public String getJobName() {
      return "job";
    }
  }
}
