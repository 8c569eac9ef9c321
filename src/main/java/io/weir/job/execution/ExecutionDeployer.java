package io.weir.job.execution;

import io.weir.api.functions.JobInfo;
import io.weir.config.SinkOptions;
import io.weir.engine.Execution;
import io.weir.engine.ExecutionBuilder;
import io.weir.engine.RestoredState;
import io.weir.engine.SnapshotWriters;
import io.weir.engine.StateDeclarations;
import io.weir.engine.TaskEnvironment;
import io.weir.engine.TaskListener;
import io.weir.engine.operator.OperatorFactory;
import io.weir.engine.operator.factory.StreamOperatorFactory;
import io.weir.job.description.JobDescription;
import io.weir.job.description.JobSettings;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.snapshot.TaskId;
import io.weir.state.StateBackendFactory;
import io.weir.storage.CheckpointStorage;
import java.util.Set;

/** Makes tasks of an attempt. Keeps nothing of them. */
public final class ExecutionDeployer {
  private final JobDescription job;
  private final JobSettings settings;
  private final JobSurroundings surroundings;
  private final CheckpointStorage storage;
  private final TaskListener listener;

  /**
   * Deploys nothing yet.
   *
   * @param listener hears from the tasks
   */
  public ExecutionDeployer(
      JobDescription job,
      JobSettings settings,
      JobSurroundings surroundings,
      CheckpointStorage storage,
      TaskListener listener) {
    this.job = job;
    this.settings = settings;
    this.surroundings = surroundings;
    this.storage = storage;
    this.listener = listener;
  }

  /** Makes them; does no I/O, since each task restores its own state in its first steps. */
  public Execution execution(
      int attempt, Set<TaskId> tasks, RestoredState restored, SnapshotWriters writers) {
    return ExecutionBuilder.build(
        job.plan(), job.id(), attempt, environment(writers), restored, tasks);
  }

  private TaskEnvironment environment(SnapshotWriters writers) {
    return new TaskEnvironment(
        new JobName(job.id().toString(), job.name()),
        surroundings.clock(),
        surroundings.blocking(),
        operators(settings),
        stateBackend(),
        storage.reader(),
        writers,
        surroundings.tasks().listener(listener),
        surroundings.injector(),
        settings.tasks(surroundings.random().nextLong()));
  }

  /** What the operators of a job say of their states before it runs. */
  public static StateDeclarations declarations(
      JobDescription job, JobSettings settings, JobSurroundings surroundings) {
    return new StateDeclarations(
        job.plan(),
        new JobName(job.id().toString(), job.name()),
        surroundings.clock(),
        operators(settings),
        surroundings.injector(),
        settings.tasks(/* seed= */ 0));
  }

  private static OperatorFactory operators(JobSettings settings) {
    return new StreamOperatorFactory(settings.configuration().get(SinkOptions.COMMITTER_RETRIES));
  }

  private StateBackendFactory stateBackend() {
    return surroundings.stateBackends().stream()
        .filter(factory -> factory.name().equals(settings.stateBackend()))
        .findFirst()
        .map(factory -> factory.configured(settings.configuration()))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "there is no state backend '"
                        + settings.stateBackend()
                        + "' here (state.backend.type); there are "
                        + surroundings.stateBackends().stream()
                            .map(StateBackendFactory::name)
                            .toList()));
  }

  private record JobName(String id, String name) implements JobInfo {
    @Override
    public String getJobId() {
      return id;
    }

    @Override
    public String getJobName() {
      return name;
    }
  }
}
