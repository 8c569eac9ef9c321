package io.weir.job;

import io.weir.api.environment.JobStatus;
import io.weir.checkpoint.CheckpointEvent;
import io.weir.checkpoint.CoordinatorState;
import io.weir.checkpoint.TaskTopology;
import io.weir.engine.Execution;
import io.weir.engine.TaskAttempt;
import io.weir.job.JobStart.Prepared;
import io.weir.snapshot.CheckpointType;
import io.weir.storage.CheckpointStorage;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tasks of one job to run, and to run again when something fails, until the job has come
 * to its end. Used by the job's actor alone, except where something else is said.
 */
final class Scheduler
    implements CheckpointDriver.Master,
        TaskReports.Master,
        StopWithSavepoint.Master,
        Suspension.Master {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  /** How long to wait before a catalog that cannot be reached is asked again. */
  private static final long CATALOG_RETRY_MILLIS = 1_000;

  private final JobDescription job;
  private final JobSettings settings;
  private final JobSurroundings surroundings;
  private final CheckpointStorage storage;
  private final MainThread mainThread;
  private final JobProgress progress;
  private final CompletableFuture<JobStatus> whenEnded;
  private final JobJournal journal;
  private final JobLease lease;
  private final StopWithSavepoint stop;
  private final Suspension suspension;
  private final ExecutionDeployer deployer;
  private final ExecutionFailureHandler failureHandler;
  private final TaskCancellation cancellation;
  private final JobLife life = new JobLife();

  /** Snapshots that turned out to be damaged while they were restored: why, by path. */
  private final Map<String, String> damaged = new HashMap<>();

  /** Null until the first attempt has been prepared. */
  private CheckpointDriver driver;

  /** Null before the first attempt, and between two. */
  private AttemptRun run;

  /** Those of the sources; null as long as there is no run. */
  private SourceCoordinators coordinators;

  /** What the newest attempt begins with. */
  private Prepared prepared;

  /** What has made the present attempt fail; null if nothing has. */
  private Throwable failure;

  /**
   * @param whenEnded completed when the job has ended or is suspended
   */
  Scheduler(
      JobDescription job,
      JobSettings settings,
      JobSurroundings surroundings,
      CheckpointStorage storage,
      MainThread mainThread,
      JobProgress progress,
      CompletableFuture<JobStatus> whenEnded) {
    this.job = job;
    this.settings = settings;
    this.surroundings = surroundings;
    this.storage = storage;
    this.mainThread = mainThread;
    this.progress = progress;
    this.whenEnded = whenEnded;
    this.journal = new JobJournal(job, surroundings);
    this.lease =
        new JobLease(job, surroundings, (token, e) -> mainThread.tell(() -> leaseLost(token, e)));
    this.stop = new StopWithSavepoint(job.name(), journal, mainThread, this);
    this.suspension = new Suspension(life, stop, journal, mainThread, this);
    this.deployer =
        new ExecutionDeployer(job, settings, surroundings, storage, new TaskReports(this));
    this.failureHandler = new ExecutionFailureHandler(settings.restart());
    this.cancellation = new TaskCancellation(mainThread);
  }

  // ---- what others ask for

  /** Stops the job for good. */
  void cancel() {
    if (!life.isGivenUp()) {
      life.cancel();
      changeStatus(JobStatus.CANCELLING, "asked to");
      stopTasks();
    }
  }

  Suspension suspension() {
    return suspension;
  }

  /**
   * Takes a checkpoint or savepoint now, behind which the job goes on.
   *
   * @param targetDirectory where a savepoint is to go; null for a checkpoint
   * @param answer gives it, or fails with the reason
   */
  void checkpoint(
      CheckpointType type, String targetDirectory, CompletableFuture<TakenCheckpoint> answer) {
    if (driver == null || !life.isToRun()) {
      answer.completeExceptionally(
          new IllegalStateException(
              "job '" + job.name() + "' does not run, it is " + progress.view().status()));
    } else {
      driver.request(type, targetDirectory, answer);
    }
  }

  /**
   * Takes a savepoint behind which the job ends.
   *
   * @param type a synchronous one
   * @param answer gives the path of the savepoint when the job has finished; fails with the reason
   *     if the job goes on
   */
  void stopWithSavepoint(
      CheckpointType type, String targetDirectory, CompletableFuture<String> answer) {
    stop.begin(answer, savepoint -> checkpoint(type, targetDirectory, savepoint));
  }

  // ---- start of an attempt

  /** Begins the next attempt, if it is time for one. */
  void start() {
    if (life.isEnded() || !life.isWaiting()) {
      return;
    }
    if (life.isGivenUp() || life.isSuspending()) {
      proceed();
      return;
    }
    life.preparing();
    failure = null;
    // not in the catalog yet: without the lease the job is not this server's to write about
    progress.status(JobStatus.INITIALIZING);
    JobStart start = new JobStart(job, settings, surroundings, storage);
    boolean first = driver == null;
    Map<String, String> unusable = Map.copyOf(damaged);
    surroundings
        .blocking()
        .execute(
            () -> {
              try {
                Prepared result = start.prepare(unusable, first);
                mainThread.tell(() -> deploy(result));
              } catch (LeaseHeldException e) {
                mainThread.tell(() -> leave(e));
              } catch (Restorer.RestoreRefusedException e) {
                mainThread.tell(() -> refused(e));
              } catch (CatalogException e) {
                mainThread.tell(() -> startAgain(e));
              } catch (Exception e) {
                mainThread.tell(() -> startFailed(e));
              }
            });
  }

  private void refused(Exception e) {
    LOG.error("Job '{}' cannot start: {}", job.name(), e.getMessage());
    progress.failure(e);
    journal.failed(progress.attempt(), e, null);
    end(JobStatus.FAILED, e.getMessage());
  }

  /** The job waits for its catalog: that it cannot be reached says nothing about the job. */
  private void startAgain(CatalogException e) {
    if (life.isEnded()) {
      return;
    }
    LOG.warn(
        "Job '{}' waits for the catalog and tries again in {} ms: {}",
        job.name(),
        CATALOG_RETRY_MILLIS,
        e.getMessage());
    progress.failure(e);
    life.waiting();
    if (life.isToRun()) {
      mainThread.callAfter(CATALOG_RETRY_MILLIS, this::start);
    } else {
      proceed();
    }
  }

  private void startFailed(Exception e) {
    if (life.isEnded()) {
      return;
    }
    life.deployed();
    journal.failed(progress.attempt(), e, null);
    failure = e;
    if (life.isToRun()) {
      life.restart();
    }
    proceed();
  }

  private void deploy(Prepared result) {
    life.deployed();
    if (life.isEnded()) {
      journal.releaseLease(result.leaseToken());
      return;
    }
    prepared = result;
    lease.taken(result.leaseToken());
    if (driver == null) {
      driver = driver(result);
    }
    if (!life.isToRun()) {
      proceed();
      return;
    }
    changeStatus(JobStatus.INITIALIZING, result.why());
    int attempt = result.attempt().attempt();
    LOG.info("Job '{}' ({}) starts attempt {}: {}", job.name(), job.id(), attempt, result.why());
    Execution execution = deployer.execution(attempt, result.restored().state(), driver);
    run = new AttemptRun(attempt, execution);
    coordinators =
        new SourceCoordinators(
            job.plan(),
            execution.finished(),
            mainThread,
            surroundings.blocking(),
            this::failed,
            task -> run.task(task).mailbox());
    progress.attemptStarted(attempt, run.tasks(), result);
    try {
      coordinators.start(result.restored().coordinators());
      run.start(surroundings.tasks());
    } catch (Exception e) {
      failed(e, null);
    }
  }

  private CheckpointDriver driver(Prepared first) {
    return new CheckpointDriver(
        job,
        settings,
        surroundings,
        storage,
        this,
        new SharedStateFiles(job, surroundings, storage, first.sharedFiles()),
        CoordinatorState.initial(
            settings.checkpoints(), first.nextCheckpointId(), first.completed()));
  }

  // ---- what tasks tell

  @Override
  public void tasksRunning() {
    if (life.isToRun()) {
      changeStatus(JobStatus.RUNNING, prepared.why());
      driver.handle(
          new CheckpointEvent.TasksRunning(
              run.attempt(), new TaskTopology(run.inputs()), run.finished()));
    }
  }

  @Override
  public void taskEnded() {
    proceed();
  }

  @Override
  public void taskFailed(TaskAttempt task, Throwable cause) {
    failed(cause, progress.nameOf(task.task()));
  }

  // ---- failures and ends

  @Override
  public void failed(Throwable cause) {
    failed(cause, null);
  }

  /**
   * The job, or one of its tasks, cannot go on: all tasks are stopped, and then it is decided what
   * follows.
   *
   * @param taskName null if it is not one task that has failed
   */
  private void failed(Throwable cause, String taskName) {
    if (life.isEnded() || life.isLeft()) {
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
    if (life.isToRun()) {
      failure = cause;
      life.restart();
      stop.jobFailed(cause);
      changeStatus(JobStatus.FAILING, cause.toString());
      stopTasks();
    } else {
      proceed();
    }
  }

  /** Another server has the job: here it ends, and nothing is written about it. */
  private void leave(LeaseHeldException e) {
    if (life.isEnded()) {
      return;
    }
    LOG.error("Job '{}' does not run here: {}", job.name(), e.getMessage());
    progress.failure(e);
    journal.close();
    if (driver != null) {
      driver.abandon(e);
    }
    life.leave();
    cancelTasks();
    proceed();
  }

  private void leaseLost(long token, LeaseHeldException e) {
    // else it was this server that has taken the lease anew, for the next attempt
    if (token == lease.token() && !life.isPreparing()) {
      leave(e);
    }
  }

  @Override
  public void stopTasks() {
    if (driver != null) {
      driver.handle(
          life.isRestarting()
              ? new CheckpointEvent.JobRestarting(String.valueOf(failure.getMessage()))
              : new CheckpointEvent.StopRequested(life.isSuspending()));
    }
    cancelTasks();
    proceed();
  }

  private void cancelTasks() {
    if (run != null) {
      cancellation.cancel(run);
      coordinators.close();
    }
  }

  /** Goes on once all tasks have ended and no checkpoint is being recorded. */
  private void proceed() {
    if (life.isEnded()
        || (run != null && !run.isAllEnded())
        || (driver != null && driver.isFinalizing())) {
      return;
    }
    if (run != null) {
      journal.attemptEnded(run.attempt());
    }
    switch (life.next(run != null && run.isAllFinished())) {
      case WAIT -> {
        // something is under way that calls again
      }
      case FINISHED -> {
        driver.handle(new CheckpointEvent.StopRequested(false));
        end(
            JobStatus.FINISHED,
            stop.isFinishing() ? stop.reason() : "all tasks have come to the end of their input");
      }
      case CANCELED -> end(JobStatus.CANCELED, "asked to");
      case SUSPENDED -> end(JobStatus.SUSPENDED, "asked to");
      case LEFT -> end(JobStatus.SUSPENDED, "another server runs it");
      case RESTART -> restart();
    }
  }

  private void restart() {
    life.waiting();
    if (run != null) {
      coordinators.close();
      run = null;
    }
    String restoredPath =
        prepared == null || prepared.restored().point() == null
            ? null
            : prepared.restored().point().path();
    FailureHandling handling =
        failureHandler.onFailure(
            failure, restoredPath, mainThread.nowMillis(), surroundings.random().nextDouble());
    if (handling instanceof FailureHandling.SkipSnapshot skip) {
      damaged.put(skip.path(), skip.damage());
      journal.decided("skip checkpoint", skip.path() + " is damaged: " + skip.damage());
      start();
    } else if (handling instanceof FailureHandling.RestartNow now) {
      journal.decided("restart", now.why());
      start();
    } else if (handling instanceof FailureHandling.RestartLater later) {
      changeStatus(JobStatus.RESTARTING, later.why());
      journal.decided("restart", later.why());
      mainThread.callAfter(later.delayMillis(), this::start);
    } else {
      giveUp(((FailureHandling.GiveUp) handling).why());
    }
  }

  private void giveUp(String why) {
    LOG.error(
        "Job '{}' ({}) has failed for good: {} Its last checkpoints are kept; start it by its name when the cause is mended.",
        job.name(),
        job.id(),
        why);
    if (driver != null) {
      driver.handle(new CheckpointEvent.StopRequested(false));
    }
    end(JobStatus.FAILED, why);
  }

  private void end(JobStatus status, String why) {
    if (life.isEnded()) {
      return;
    }
    if (run != null) {
      coordinators.close();
    }
    progress.status(status);
    LOG.info("Job '{}' ({}) is {}: {}", job.name(), job.id(), status, why);
    journal.ended(
        status == JobStatus.SUSPENDED ? suspension.status() : status,
        why,
        lease.token(),
        new SnapshotDisposal(job, surroundings.catalog(), storage),
        settings.retention(),
        () -> whenEnded.complete(status));
    life.end();
    lease.end();
    stop.jobEnded(status);
  }

  /** A mistake of ours. */
  void onBug(Throwable thrown) {
    if (life.isToRun()) {
      failed(thrown, null);
    }
  }

  private void changeStatus(JobStatus status, String why) {
    progress.status(status);
    journal.statusChanged(status, why);
  }

  // ---- what the others need

  @Override
  public MainThread mainThread() {
    return mainThread;
  }

  @Override
  public AttemptRun run() {
    return run;
  }

  @Override
  public SourceCoordinators coordinators() {
    return coordinators;
  }

  @Override
  public CheckpointDriver driver() {
    return driver;
  }

  @Override
  public JobLease lease() {
    return lease;
  }

  @Override
  public JobProgress progress() {
    return progress;
  }

  @Override
  public boolean isToRun() {
    return life.isToRun();
  }

  @Override
  public boolean takesCheckpoints() {
    return run != null && run.isAllRunning() && settings.checkpointingEnabled();
  }

  @Override
  public Throwable failure() {
    return failure;
  }

  @Override
  public void noLongerFinalizing() {
    proceed();
  }
}
