package io.weir.bench.micro;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.JobInfo;
import io.weir.api.types.Types;
import io.weir.barrier.AlignmentMode;
import io.weir.barrier.Barrier;
import io.weir.config.Configuration;
import io.weir.engine.CheckpointMetrics;
import io.weir.engine.Clock;
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
import io.weir.plan.JobPlan;
import io.weir.plan.JobPlanner;
import io.weir.plan.PipelinedRegions;
import io.weir.snapshot.JobId;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.SubtaskState;
import io.weir.state.heap.HeapStateBackendFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tasks of a job of several sources and one task behind them, all stepped by one thread. */
final class FanIn implements TaskListener {
  private static final JobId JOB = new JobId(1, 1);
  private static final String LAST = "last";
  private static final int COMMITTER_RETRIES = 3;

  private final List<Task> tasks;
  private final Task last;
  private final int recordsBetweenBarriers;

  /** Of the present checkpoint. */
  private int acknowledged;

  /**
   * @param recordsBetweenBarriers that each source emits
   */
  FanIn(int sources, int recordsBetweenBarriers) {
    this.recordsBetweenBarriers = recordsBetweenBarriers;
    JobPlan plan = plan(sources, recordsBetweenBarriers);
    Discarding storage = new Discarding();
    TaskEnvironment environment =
        new TaskEnvironment(
            new Info(),
            new SystemClock(),
            Runnable::run,
            new StreamOperatorFactory(COMMITTER_RETRIES),
            new HeapStateBackendFactory(),
            storage,
            checkpointId -> storage,
            this,
            function -> {},
            new TaskSettings(
                AlignmentMode.EXACTLY_ONCE,
                /* checkpointingEnabled= */ true,
                /* autoWatermarkIntervalMillis= */ 0,
                /* objectReuse= */ false,
                Optional.empty(),
                StateTracking.OFF,
                /* seed= */ 1));
    tasks =
        ExecutionBuilder.build(
                plan,
                JOB,
                /* attempt= */ 0,
                environment,
                RestoredState.NONE,
                PipelinedRegions.whole(plan).all())
            .tasks();
    last = tasks.stream().filter(task -> task.name().startsWith(LAST)).findFirst().orElseThrow();
    while (tasks.stream().anyMatch(task -> task.state() != TaskState.RUNNING)) {
      stepAll();
    }
  }

  private static JobPlan plan(int sources, int recordsBetweenBarriers) {
    StreamExecutionEnvironment env =
        new StreamExecutionEnvironment(
            new Configuration(),
            (name, transformations, settings) -> {
              throw new UnsupportedOperationException("the benchmark steps the tasks");
            });
    env.setParallelism(sources);
    env.fromSource(
            new PacedSource(recordsBetweenBarriers),
            WatermarkStrategy.noWatermarks(),
            "source",
            Types.STRING)
        .rebalance()
        .map(value -> value)
        .returns(Types.STRING)
        .name(LAST)
        .setParallelism(1);
    return JobPlanner.plan("fan-in", env.getTransformations(), env.getConfiguration());
  }

  /** Takes a checkpoint; the records behind its barriers may have to wait for the next one. */
  void checkpoint(Barrier barrier) {
    acknowledged = 0;
    for (int index = 0; index < tasks.size(); index++) {
      if (tasks.get(index) != last) {
        tasks.get(index).mailbox().triggerCheckpoint(barrier);
      }
    }
    while (acknowledged < tasks.size()) {
      stepAll();
    }
  }

  private boolean stepAll() {
    boolean progress = false;
    for (int index = 0; index < tasks.size(); index++) {
      progress |= tasks.get(index).step();
    }
    return progress;
  }

  /** Processes what is left, and fails if records are missing. */
  void stop(long checkpoints) {
    boolean progress = true;
    while (progress) {
      progress = stepAll();
    }
    long expected = (tasks.size() - 1) * checkpoints * recordsBetweenBarriers;
    if (last.load().recordsIn() != expected) {
      throw new IllegalStateException(
          last.load().recordsIn() + " records were processed instead of " + expected);
    }
    tasks.forEach(task -> task.mailbox().cancel());
    stepAll();
  }

  @Override
  public void running(TaskAttempt attempt) {}

  @Override
  public void acknowledged(
      TaskAttempt attempt,
      long checkpointId,
      Map<OperatorId, SubtaskState> state,
      CheckpointMetrics metrics) {
    acknowledged++;
  }

  @Override
  public void declined(
      TaskAttempt attempt, long checkpointId, DeclineReason reason, Throwable cause) {
    throw new IllegalStateException(
        "checkpoint " + checkpointId + " was declined: " + reason, cause);
  }

  @Override
  public void finished(TaskAttempt attempt) {}

  @Override
  public void canceled(TaskAttempt attempt) {}

  @Override
  public void failed(TaskAttempt attempt, Throwable cause) {
    throw new IllegalStateException("a task has failed", cause);
  }

  /** The sources need nothing of a coordinator. */
  @Override
  public void sourceRequest(TaskAttempt attempt, OperatorId source, SourceRequest request) {}

  private static final class SystemClock implements Clock {
    @Override
    public long nowMillis() {
      return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }
  }

  private record Info() implements JobInfo {
    @Override
    public String getJobId() {
      return JOB.toString();
    }

    @Override
    public String getJobName() {
      return "fan-in";
    }
  }
}
