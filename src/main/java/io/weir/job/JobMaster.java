package io.weir.job;

import io.weir.api.environment.JobStatus;
import io.weir.api.functions.JobInfo;
import io.weir.api.metrics.MetricGroup;
import io.weir.checkpoint.CheckpointEvent;
import io.weir.checkpoint.CompletedSnapshot;
import io.weir.checkpoint.CoordinatorState;
import io.weir.checkpoint.FailureReason;
import io.weir.checkpoint.TaskTopology;
import io.weir.config.SinkOptions;
import io.weir.engine.CheckpointMetrics;
import io.weir.engine.DeclineReason;
import io.weir.engine.ExecutionBuilder;
import io.weir.engine.OperatorMetrics;
import io.weir.engine.TaskAttempt;
import io.weir.engine.TaskEnvironment;
import io.weir.engine.TaskListener;
import io.weir.engine.operator.factory.StreamOperatorFactory;
import io.weir.engine.source.SourceRequest;
import io.weir.job.JobStart.Prepared;
import io.weir.job.history.CheckpointRecord;
import io.weir.restart.RestartBackoff;
import io.weir.restart.RestartVerdict;
import io.weir.serial.SchemaIncompatibleException;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.SubtaskState;
import io.weir.state.StateBackendFactory;
import io.weir.storage.CheckpointStorage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one job: starts its tasks, hears from them, has its checkpoints taken, and when something
 * fails, lets the restart strategy decide what follows.
 *
 * <p>The public methods may be called from any thread; what they start happens on the job's actor.
 */
final class JobMaster implements TaskListener, CheckpointDriver.Master, AttemptRun.Master {
  private static final Logger LOG = LoggerFactory.getLogger(JobMaster.class);

  /** How long to wait before a catalog that cannot be reached is asked again. */
  private static final long CATALOG_RETRY_MILLIS = 1_000;

  /**
   * How long a suspended job may take for its last checkpoint, or one that stops with a savepoint
   * for all of that, before its tasks are cancelled.
   */
  private static final long SUSPENSION_MILLIS = 15_000;

  /**
   * After this long, tasks that do not react to their cancellation are interrupted; again each time
   * it is over.
   */
  private static final long CANCELLATION_INTERVAL_MILLIS = 5_000;

  /** What is to become of the job when its tasks have ended. */
  private enum Intent {
    RUN,
    RESTART,
    CANCEL,
    SUSPEND,
    /** Another server runs the job: it is not this one's any more to write about it. */
    LEAVE
  }

  /** How far the present attempt is. */
  private enum Stage {
    /** Until it is time for it to start. */
    WAITING,
    /** Storage and catalog are asked what it begins with. */
    PREPARING,
    /** Its tasks have been started, or it has come to its end before they were. */
    DEPLOYED
  }

  private final JobDescription job;
  private final JobSettings settings;
  private final JobSurroundings surroundings;
  private final CheckpointStorage storage;
  private final Actor actor;
  private final JobJournal journal;
  private final OperatorMetrics coordinatorMetrics = new OperatorMetrics();
  private final JobProgress progress;
  private final CompletableFuture<JobStatus> ended = new CompletableFuture<>();

  /** Snapshots that turned out to be damaged while they were restored: why, by path. */
  private final Map<String, String> damaged = new HashMap<>();

  private final JobLease lease;

  private CheckpointDriver driver;
  private Intent intent = Intent.RUN;
  private Stage stage = Stage.WAITING;

  /** What the catalog is to say of the job once it is suspended. */
  private JobStatus statusWhenSuspended = JobStatus.SUSPENDED;

  private RestartBackoff backoff;
  private AttemptRun run;
  private Prepared prepared;
  private Throwable failure;

  /** The job is being stopped with a savepoint; null if it is not. */
  private StopWithSavepoint stop;

  /** When the coordinator wants to look at the clock. */
  private long nextTickMillis = Long.MAX_VALUE;

  /** When the earliest call back for that is due. */
  private long nextCallMillis = Long.MAX_VALUE;

  private boolean nothingStarted = true;
  private boolean hasEnded;

  JobMaster(JobDescription job, JobSurroundings surroundings, CheckpointStorage storage) {
    this.job = job;
    this.settings = JobSettings.of(job.configuration());
    this.surroundings = surroundings;
    this.storage = storage;
    this.actor = new Actor(surroundings.actors(), this::onBug);
    this.journal = new JobJournal(job, surroundings);
    this.backoff = settings.restart().start();
    this.lease =
        new JobLease(job, surroundings, (token, e) -> actor.tell(() -> leaseLost(token, e)));
    this.progress = new JobProgress(job, surroundings.clock());
  }

  JobDescription job() {
    return job;
  }

  JobSettings settings() {
    return settings;
  }

  /** What can be seen of the job from outside. */
  JobView view() {
    return progress.view();
  }

  /** Completed when the job has ended or is suspended. */
  CompletableFuture<JobStatus> ended() {
    return ended;
  }

  void start() {
    actor.tell(this::prepare);
  }

  /** Stops the job for good. */
  void cancel() {
    actor.tell(
        () -> {
          if (intent != Intent.CANCEL && intent != Intent.LEAVE && !isEnded()) {
            intent = Intent.CANCEL;
            changeStatus(JobStatus.CANCELLING, "asked to");
            stopTasks();
          }
        });
  }

  /**
   * Stops the job so that it can be resumed, with a last checkpoint if it takes any.
   *
   * @param why for the journal
   * @param untilNextStart whether the job is to go on by itself when the server starts the next
   *     time
   */
  void suspend(String why, boolean untilNextStart) {
    actor.tell(
        () -> {
          if (isEnded() || intent == Intent.CANCEL || intent == Intent.LEAVE) {
            return;
          }
          if (intent != Intent.SUSPEND || !untilNextStart) {
            statusWhenSuspended = untilNextStart ? JobStatus.RUNNING : JobStatus.SUSPENDED;
          }
          if (intent == Intent.RUN) {
            journal.decided("suspend", why);
            if (stop == null) {
              intent = Intent.SUSPEND;
              lastCheckpointThenStop();
            }
            cancelIfNotEndedInTime();
          } else if (intent == Intent.RESTART) {
            intent = Intent.SUSPEND;
            stopTasks();
          }
        });
  }

  /**
   * Takes a checkpoint or savepoint now, behind which the job goes on.
   *
   * @param targetDirectory where a savepoint is to go; null for a checkpoint
   */
  CompletableFuture<TakenCheckpoint> checkpoint(CheckpointType type, String targetDirectory) {
    CompletableFuture<TakenCheckpoint> answer = new CompletableFuture<>();
    actor.tell(() -> request(type, targetDirectory, answer));
    return answer;
  }

  /**
   * Takes a savepoint behind which the job ends.
   *
   * @param type a synchronous one
   * @return the path of the savepoint when the job has finished; fails with the reason if the job
   *     goes on
   */
  CompletableFuture<String> stopWithSavepoint(CheckpointType type, String targetDirectory) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    actor.tell(
        () -> {
          if (stop != null) {
            answer.completeExceptionally(
                new IllegalStateException(
                    "job '" + job.name() + "' is being stopped with a savepoint already"));
            return;
          }
          stop = new StopWithSavepoint(job.name(), answer);
          CompletableFuture<TakenCheckpoint> savepoint = new CompletableFuture<>();
          CompletableFuture<TakenCheckpoint> unused = savepoint.whenComplete(this::savepointEnded);
          request(type, targetDirectory, savepoint);
        });
    return answer;
  }

  private void request(
      CheckpointType type, String targetDirectory, CompletableFuture<TakenCheckpoint> answer) {
    if (driver == null || intent != Intent.RUN || isEnded()) {
      answer.completeExceptionally(
          new IllegalStateException(
              "job '" + job.name() + "' does not run, it is " + progress.view().status()));
    } else {
      driver.request(type, targetDirectory, answer);
      progress.checkpoints(driver.inProgress(), driver.failuresInARow());
    }
  }

  /** The savepoint with which the job is to stop is complete, or has come to nothing. */
  private void savepointEnded(TakenCheckpoint savepoint, Throwable failed) {
    StopWithSavepoint stopping = stop;
    if (failed != null) {
      stop = null;
      journal.decided("go on", "the job was to stop, but " + failed.getMessage());
      stopping.savepointFailed(failed);
      return;
    }
    journal.decided("stop", "the savepoint at " + savepoint.path() + " is complete");
    stopping.savepointTaken(savepoint.path());
    if (intent != Intent.RUN) {
      stop = null;
      stopping.jobFailed(failure);
      return;
    }
    callAt(
        nowMillis() + StopWithSavepoint.FINISHING_MILLIS,
        () ->
            actor.tell(
                () -> {
                  if (stop == stopping && !isEnded()) {
                    failed(new TimeoutException(stopping.overdue()), null);
                  }
                }));
  }

  private boolean isEnded() {
    return hasEnded;
  }

  // ---- start of an attempt

  private void prepare() {
    if (isEnded() || stage != Stage.WAITING) {
      return;
    }
    if (intent == Intent.CANCEL || intent == Intent.SUSPEND) {
      end(intent == Intent.CANCEL ? JobStatus.CANCELED : JobStatus.SUSPENDED, "asked to");
      return;
    }
    stage = Stage.PREPARING;
    intent = Intent.RUN;
    failure = null;
    // not in the catalog yet: without the lease the job is not this server's to write about
    progress.status(JobStatus.INITIALIZING);
    JobStart start = new JobStart(job, settings, surroundings, storage);
    boolean first = nothingStarted;
    Map<String, String> unusable = Map.copyOf(damaged);
    surroundings
        .blocking()
        .execute(
            () -> {
              try {
                Prepared result = start.prepare(unusable, first);
                actor.tell(() -> deploy(result));
              } catch (LeaseHeldException e) {
                actor.tell(() -> leave(e));
              } catch (Restorer.RestoreRefusedException e) {
                actor.tell(() -> refuse(e));
              } catch (CatalogException e) {
                actor.tell(() -> prepareAgain(e));
              } catch (Exception e) {
                actor.tell(() -> startFailed(e));
              }
            });
  }

  private void refuse(Exception e) {
    LOG.error("Job '{}' cannot start: {}", job.name(), e.getMessage());
    progress.failure(e);
    journal.failed(progress.attempt(), e, null);
    end(JobStatus.FAILED, e.getMessage());
  }

  /** The job waits for its catalog: that it cannot be reached says nothing about the job. */
  private void prepareAgain(CatalogException e) {
    if (isEnded()) {
      return;
    }
    LOG.warn(
        "Job '{}' waits for the catalog and tries again in {} ms: {}",
        job.name(),
        CATALOG_RETRY_MILLIS,
        e.getMessage());
    progress.failure(e);
    stage = Stage.WAITING;
    if (intent == Intent.RUN) {
      callAt(nowMillis() + CATALOG_RETRY_MILLIS, () -> actor.tell(this::prepare));
    } else {
      proceed();
    }
  }

  /** Another server has the job: here it ends, and nothing is written about it. */
  private void leave(LeaseHeldException e) {
    if (isEnded()) {
      return;
    }
    LOG.error("Job '{}' does not run here: {}", job.name(), e.getMessage());
    progress.failure(e);
    journal.close();
    if (driver != null) {
      driver.abandon(e);
    }
    intent = Intent.LEAVE;
    if (run != null) {
      run.cancel();
      interruptStragglersLater(run);
    }
    proceed();
  }

  private void startFailed(Exception e) {
    if (isEnded()) {
      return;
    }
    stage = Stage.DEPLOYED;
    journal.failed(progress.attempt(), e, null);
    failure = e;
    intent = intent == Intent.RUN ? Intent.RESTART : intent;
    proceed();
  }

  private void deploy(Prepared result) {
    stage = Stage.DEPLOYED;
    if (isEnded()) {
      journal.releaseLease(result.leaseToken());
      return;
    }
    prepared = result;
    nothingStarted = false;
    lease.taken(result.leaseToken());
    if (driver == null) {
      driver =
          new CheckpointDriver(
              job,
              settings,
              surroundings,
              storage,
              this,
              new SharedStateFiles(job, surroundings, storage, result.sharedFiles()),
              CoordinatorState.initial(
                  settings.checkpoints(), result.nextCheckpointId(), completed(result)));
    }
    if (intent != Intent.RUN) {
      proceed();
      return;
    }
    changeStatus(JobStatus.INITIALIZING, result.why());
    int attempt = result.attempt().attempt();
    LOG.info("Job '{}' ({}) starts attempt {}: {}", job.name(), job.id(), attempt, result.why());
    run =
        new AttemptRun(
            attempt,
            job.plan(),
            ExecutionBuilder.build(
                job.plan(), job.id(), attempt, environment(), result.restored().state()),
            this);
    progress.attemptStarted(attempt, run.tasks(), result);
    try {
      run.start(result.restored().coordinators(), surroundings.tasks());
    } catch (Exception e) {
      failed(e, null);
    }
  }

  private static List<CompletedSnapshot> completed(Prepared prepared) {
    return prepared.restorePoints().stream()
        .filter(CheckpointRecord::isForRecovery)
        .map(point -> new CompletedSnapshot(point.id(), point.ownership().isRemovable()))
        .sorted(Comparator.comparingLong(CompletedSnapshot::checkpointId))
        .toList();
  }

  private TaskEnvironment environment() {
    return new TaskEnvironment(
        new JobName(job.id().toString(), job.name()),
        surroundings.clock(),
        surroundings.blocking(),
        new StreamOperatorFactory(settings.configuration().get(SinkOptions.COMMITTER_RETRIES)),
        stateBackend(),
        storage.reader(),
        driver,
        surroundings.tasks().listener(this),
        surroundings.injector(),
        settings.tasks(surroundings.random().nextLong()));
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

  // ---- what tasks tell

  @Override
  public void running(TaskAttempt task) {
    tell(
        task.attempt(),
        () -> {
          if (run.isAllRunningWith(task.task()) && intent == Intent.RUN) {
            changeStatus(JobStatus.RUNNING, prepared.why());
            handle(
                new CheckpointEvent.TasksRunning(
                    run.attempt(), new TaskTopology(run.inputs()), run.finished()));
          }
        });
  }

  @Override
  public void acknowledged(
      TaskAttempt task,
      long checkpointId,
      Map<OperatorId, SubtaskState> state,
      CheckpointMetrics metrics) {
    actor.tell(
        () -> {
          driver.acknowledged(task.attempt(), checkpointId, task.task(), state, metrics);
          progress.checkpoints(driver.inProgress(), driver.failuresInARow());
        });
  }

  @Override
  public void declined(TaskAttempt task, long checkpointId, DeclineReason reason, Throwable cause) {
    actor.tell(
        () -> {
          driver.declined(task.attempt(), checkpointId, task.task(), reason, cause);
          progress.checkpoints(driver.inProgress(), driver.failuresInARow());
        });
  }

  @Override
  public void finished(TaskAttempt task) {
    tell(
        task.attempt(),
        () -> {
          run.isAllEndedWith(task.task(), true);
          if (run.isAllRunning()) {
            handle(new CheckpointEvent.TaskFinished(task.attempt(), task.task()));
          }
          proceed();
        });
  }

  @Override
  public void canceled(TaskAttempt task) {
    tell(
        task.attempt(),
        () -> {
          run.isAllEndedWith(task.task(), false);
          proceed();
        });
  }

  @Override
  public void failed(TaskAttempt task, Throwable cause) {
    tell(
        task.attempt(),
        () -> {
          run.isAllEndedWith(task.task(), false);
          handle(
              new CheckpointEvent.TaskFailed(
                  task.attempt(), task.task(), String.valueOf(cause.getMessage())));
          failed(cause, progress.nameOf(task.task()));
        });
  }

  @Override
  public void sourceRequest(TaskAttempt task, OperatorId source, SourceRequest request) {
    tell(
        task.attempt(),
        () -> {
          try {
            run.request(source, task.task().subtask(), request);
          } catch (RuntimeException e) {
            failed(e, null);
          }
        });
  }

  // ---- failures and ends

  /**
   * The job, or one of its tasks, cannot go on: all tasks are stopped, and then it is decided what
   * follows.
   */
  private void failed(Throwable cause, String taskName) {
    if (isEnded() || intent == Intent.LEAVE) {
      proceed();
      return;
    }
    LOG.warn(
        "Job '{}' ({}) attempt {} failed: {}",
        job.name(),
        job.id(),
        progress.attempt(),
        cause.toString());
    journal.failed(progress.attempt(), cause, taskName);
    progress.failure(cause);
    if (intent == Intent.RUN) {
      failure = cause;
      intent = Intent.RESTART;
      if (stop != null && stop.isFinishing()) {
        stop.jobFailed(cause);
        stop = null;
      }
      changeStatus(JobStatus.FAILING, cause.toString());
      stopTasks();
    } else {
      proceed();
    }
  }

  private void stopTasks() {
    if (driver != null) {
      handle(
          intent == Intent.RESTART
              ? new CheckpointEvent.JobRestarting(String.valueOf(failure.getMessage()))
              : new CheckpointEvent.StopRequested(intent == Intent.SUSPEND));
    }
    if (run != null) {
      run.cancel();
      interruptStragglersLater(run);
    }
    proceed();
  }

  private void interruptStragglersLater(AttemptRun stopped) {
    callAt(
        nowMillis() + CANCELLATION_INTERVAL_MILLIS,
        () ->
            actor.tell(
                () -> {
                  if (run == stopped && !stopped.isAllEnded()) {
                    stopped.interruptStragglers();
                    interruptStragglersLater(stopped);
                  }
                }));
  }

  private void lastCheckpointThenStop() {
    if (driver == null || run == null || !run.isAllRunning() || !settings.checkpointingEnabled()) {
      stopTasks();
      return;
    }
    CompletableFuture<TakenCheckpoint> last = new CompletableFuture<>();
    CompletableFuture<TakenCheckpoint> unused =
        last.whenComplete(
            (taken, failed) -> {
              // else the tasks end by themselves
              if (failed != null) {
                journal.decided("stop without checkpoint", failed.getMessage());
                actor.tell(this::stopTasks);
              }
            });
    driver.request(CheckpointType.LAST_CHECKPOINT, null, last);
    progress.checkpoints(driver.inProgress(), driver.failuresInARow());
  }

  private void cancelIfNotEndedInTime() {
    callAt(
        nowMillis() + SUSPENSION_MILLIS,
        () ->
            actor.tell(
                () -> {
                  if (!isEnded() && intent != Intent.CANCEL && intent != Intent.LEAVE) {
                    intent = Intent.SUSPEND;
                    stopTasks();
                  }
                }));
  }

  /** Goes on once all tasks have ended and no checkpoint is being recorded. */
  private void proceed() {
    if (isEnded()
        || (run != null && !run.isAllEnded())
        || (driver != null && driver.isFinalizing())) {
      return;
    }
    if (run != null) {
      journal.attemptEnded(run.attempt());
    }
    switch (intent) {
      case RUN -> {
        if (run != null && run.isAllFinished()) {
          handle(new CheckpointEvent.StopRequested(false));
          end(
              JobStatus.FINISHED,
              stop != null && stop.isFinishing()
                  ? stop.reason()
                  : "all tasks have come to the end of their input");
        }
      }
      case CANCEL -> end(JobStatus.CANCELED, "asked to");
      case SUSPEND -> end(JobStatus.SUSPENDED, "asked to");
      case LEAVE -> end(JobStatus.SUSPENDED, "another server runs it");
      case RESTART -> {
        // else the next attempt is under way already: there must never be two
        if (stage == Stage.DEPLOYED) {
          restart();
        }
      }
    }
  }

  private void restart() {
    stage = Stage.WAITING;
    if (run != null) {
      run.closeCoordinators();
    }
    CorruptStateException corrupt = causeOf(failure, CorruptStateException.class);
    if (corrupt != null && prepared != null && prepared.restored().point() != null) {
      String path = prepared.restored().point().path();
      damaged.put(path, corrupt.getMessage());
      journal.decided("skip checkpoint", path + " is damaged: " + corrupt.getMessage());
      run = null;
      prepare();
      return;
    }
    run = null;
    if (failure instanceof DrainFailedException) {
      journal.decided("restart", "at once: " + failure.getMessage());
      prepare();
      return;
    }
    SchemaIncompatibleException incompatible = causeOf(failure, SchemaIncompatibleException.class);
    if (incompatible != null) {
      giveUp("Its state does not fit the job as it is now. " + incompatible.getMessage());
      return;
    }
    RestartVerdict verdict = backoff.onFailure(nowMillis(), surroundings.random().nextDouble());
    if (verdict instanceof RestartVerdict.Restart restart) {
      backoff = restart.next();
      String why = "restart in " + restart.delayMillis() + " ms after: " + failure;
      changeStatus(JobStatus.RESTARTING, why);
      journal.decided("restart", why);
      callAt(nowMillis() + restart.delayMillis(), () -> actor.tell(this::prepare));
    } else {
      giveUp(((RestartVerdict.GiveUp) verdict).why());
    }
  }

  private void giveUp(String why) {
    LOG.error(
        "Job '{}' ({}) has failed for good: {} Its last checkpoints are kept; start it by its name when the cause is mended.",
        job.name(),
        job.id(),
        why);
    if (driver != null) {
      handle(new CheckpointEvent.StopRequested(false));
    }
    end(JobStatus.FAILED, why);
  }

  private static <T extends Throwable> T causeOf(Throwable thrown, Class<T> kind) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (kind.isInstance(each)) {
        return kind.cast(each);
      }
    }
    return null;
  }

  private void end(JobStatus status, String why) {
    if (isEnded()) {
      return;
    }
    if (run != null) {
      run.closeCoordinators();
    }
    progress.status(status);
    LOG.info("Job '{}' ({}) is {}: {}", job.name(), job.id(), status, why);
    journal.ended(
        status == JobStatus.SUSPENDED ? statusWhenSuspended : status,
        why,
        lease.token(),
        new SnapshotDisposal(job, surroundings.catalog(), storage),
        settings.retention(),
        () -> ended.complete(status));
    hasEnded = true;
    lease.end();
    if (stop != null) {
      stop.jobEnded(status);
      stop = null;
    }
  }

  private void leaseLost(long token, LeaseHeldException e) {
    // else it was this server that has taken the lease anew, for the next attempt
    if (token == lease.token() && stage != Stage.PREPARING) {
      leave(e);
    }
  }

  private void changeStatus(JobStatus status, String why) {
    progress.status(status);
    journal.statusChanged(status, why);
  }

  private void handle(CheckpointEvent event) {
    driver.handle(event);
    progress.checkpoints(driver.inProgress(), driver.failuresInARow());
  }

  /** A mistake of ours: the job is stopped rather than left in an unknown state. */
  private void onBug(Throwable thrown) {
    LOG.error("Job '{}' ({}): internal error", job.name(), job.id(), thrown);
    if (intent == Intent.RUN && !isEnded()) {
      actor.tell(() -> failed(thrown, null));
    }
  }

  // ---- what the driver and the coordinators need

  @Override
  public void tell(Runnable action) {
    actor.tell(action);
  }

  @Override
  public void tell(int attempt, Runnable action) {
    actor.tell(
        () -> {
          if (run != null && run.attempt() == attempt) {
            action.run();
          }
        });
  }

  @Override
  public AttemptRun run() {
    return run;
  }

  @Override
  public JobLease lease() {
    return lease;
  }

  @Override
  public void failJob(FailureReason reason, String message) {
    actor.tell(() -> failed(new CheckpointFailuresException(reason + ": " + message), null));
  }

  @Override
  public void restartDrained(FailureReason reason, String message) {
    actor.tell(() -> failed(new DrainFailedException(reason + ": " + message), null));
  }

  @Override
  public void noLongerFinalizing() {
    actor.tell(this::proceed);
  }

  @Override
  public void checkpointCompleted(CheckpointRecord checkpoint) {
    progress.completed(checkpoint);
  }

  @Override
  public void waitUntil(long timeMillis) {
    nextTickMillis = timeMillis;
    if (timeMillis < nextCallMillis) {
      nextCallMillis = timeMillis;
      callAt(timeMillis, () -> actor.tell(this::tick));
    }
  }

  private void tick() {
    nextCallMillis = Long.MAX_VALUE;
    if (isEnded()) {
      return;
    }
    if (nowMillis() >= nextTickMillis) {
      nextTickMillis = Long.MAX_VALUE;
      handle(new CheckpointEvent.Tick());
    } else {
      waitUntil(nextTickMillis);
    }
  }

  @Override
  public void runAsync(Runnable action) {
    surroundings.blocking().execute(action);
  }

  @Override
  public void callAt(long timeMillis, Runnable action) {
    surroundings.timers().callAt(timeMillis, action);
  }

  @Override
  public long nowMillis() {
    return surroundings.clock().nowMillis();
  }

  @Override
  public void fail(int attempt, Throwable cause) {
    tell(attempt, () -> failed(cause, null));
  }

  @Override
  public MetricGroup coordinatorMetrics() {
    return coordinatorMetrics;
  }

  /** Too many checkpoints have failed. */
  private static final class CheckpointFailuresException extends Exception {
    private static final long serialVersionUID = 1L;

    CheckpointFailuresException(String message) {
      super(message);
    }
  }

  /** Tasks have drained for a savepoint that came to nothing. */
  private static final class DrainFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    DrainFailedException(String message) {
      super(message);
    }
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
