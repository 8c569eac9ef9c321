package io.weir.job;

import io.weir.checkpoint.CheckpointEvent;
import io.weir.engine.CheckpointMetrics;
import io.weir.engine.DeclineReason;
import io.weir.engine.TaskAttempt;
import io.weir.engine.TaskListener;
import io.weir.engine.source.SourceRequest;
import io.weir.job.checkpoints.CheckpointDriver;
import io.weir.job.execution.AttemptRun;
import io.weir.job.execution.SourceCoordinators;
import io.weir.job.surroundings.MainThread;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.SubtaskState;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Hears from a job's tasks, on any thread, and passes it on, on the job's actor, to those whom it
 * concerns. What a task tells in whose place another runs is for the checkpoint coordinator alone.
 */
final class TaskReports implements TaskListener {

  /** What it needs of the job's scheduler. */
  interface Master {
    MainThread mainThread();

    AttemptRun run();

    SourceCoordinators coordinators();

    CheckpointDriver driver();

    /** All tasks process. */
    void tasksRunning();

    /** A task has ended as it should. */
    void taskEnded();

    void taskFailed(TaskAttempt task, Throwable cause);

    /** Something else has failed because of what a task told. */
    void failed(Throwable cause);
  }

  private final Master master;

  TaskReports(Master master) {
    this.master = master;
  }

  /** Does something with the task's run, if it is still the current one by then. */
  private void tell(TaskAttempt task, Consumer<AttemptRun> action) {
    master
        .mainThread()
        .tell(
            () -> {
              AttemptRun run = master.run();
              if (run != null && run.isCurrent(task)) {
                action.accept(run);
              }
            });
  }

  @Override
  public void running(TaskAttempt task) {
    tell(
        task,
        run -> {
          if (run.isAllRunningWith(task.task())) {
            master.tasksRunning();
          }
        });
  }

  @Override
  public void acknowledged(
      TaskAttempt task,
      long checkpointId,
      Map<OperatorId, SubtaskState> state,
      CheckpointMetrics metrics) {
    master
        .mainThread()
        .tell(
            () ->
                master
                    .driver()
                    .acknowledged(task.attempt(), checkpointId, task.task(), state, metrics));
  }

  @Override
  public void declined(TaskAttempt task, long checkpointId, DeclineReason reason, Throwable cause) {
    master
        .mainThread()
        .tell(
            () ->
                master.driver().declined(task.attempt(), checkpointId, task.task(), reason, cause));
  }

  @Override
  public void finished(TaskAttempt task) {
    tell(
        task,
        run -> {
          run.ended(task.task(), true);
          if (run.isAllRunning()) {
            master.driver().handle(new CheckpointEvent.TaskFinished(task.attempt(), task.task()));
          }
          master.taskEnded();
        });
  }

  @Override
  public void canceled(TaskAttempt task) {
    tell(
        task,
        run -> {
          run.ended(task.task(), false);
          master.taskEnded();
        });
  }

  @Override
  public void failed(TaskAttempt task, Throwable cause) {
    tell(
        task,
        run -> {
          run.ended(task.task(), false);
          master
              .driver()
              .handle(
                  new CheckpointEvent.TaskFailed(
                      task.attempt(), task.task(), String.valueOf(cause.getMessage())));
          master.taskFailed(task, cause);
        });
  }

  @Override
  public void sourceRequest(TaskAttempt task, OperatorId source, SourceRequest request) {
    tell(
        task,
        run -> {
          if (run.isCanceling(task.task())) {
            return;
          }
          try {
            master.coordinators().request(source, task.task().subtask(), request);
          } catch (RuntimeException e) {
            master.failed(e);
          }
        });
  }
}
