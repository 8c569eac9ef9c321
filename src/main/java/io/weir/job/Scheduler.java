package io.weir.job;

import io.weir.api.environment.JobStatus;
import io.weir.checkpoint.CheckpointEvent;
import io.weir.checkpoint.CoordinatorState;
import io.weir.checkpoint.TaskTopology;
import io.weir.config.TaskManagerOptions;
import io.weir.engine.Execution;
import io.weir.engine.Task;
import io.weir.engine.TaskAttempt;
import io.weir.job.checkpoints.CheckpointDriver;
import io.weir.job.checkpoints.RequestedSavepoint;
import io.weir.job.checkpoints.TakenCheckpoint;
import io.weir.job.description.JobDescription;
import io.weir.job.description.JobSettings;
import io.weir.job.execution.AttemptRun;
import io.weir.job.execution.ExecutionDeployer;
import io.weir.job.execution.JobProgress;
import io.weir.job.execution.SourceCoordinators;
import io.weir.job.execution.TaskCancellation;
import io.weir.job.execution.TaskLeakedException;
import io.weir.job.execution.TaskManagerLostException;
import io.weir.job.execution.TaskManagers;
import io.weir.job.execution.ThreadSharing;
import io.weir.job.history.FailoverScope;
import io.weir.job.recovery.ExecutionFailureHandler;
import io.weir.job.recovery.FailureHandling;
import io.weir.job.recovery.JobLease;
import io.weir.job.recovery.JobStart;
import io.weir.job.recovery.JobStart.Prepared;
import io.weir.job.recovery.RestartNeededException;
import io.weir.job.recovery.Restorer;
import io.weir.job.snapshots.PinnedCheckpoints;
import io.weir.job.snapshots.SharedStateFiles;
import io.weir.job.snapshots.SnapshotDisposal;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.job.surroundings.LeaseHeldException;
import io.weir.job.surroundings.MainThread;
import io.weir.plan.PipelinedRegions;
import io.weir.plan.TaskManagerId;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.TaskId;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.LocalBackup;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        Suspension.Master,
        ScheduledSavepoints.Master {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  /** How long to wait before a catalog that cannot be reached is asked again. */
  private static final long CATALOG_RETRY_MILLIS = 1_000;

  private final JobDescription job;
  private final JobSettings settings;
  private final JobSurroundings surroundings;
  private final CheckpointStorage storage;
  private final TaskManagers taskManagers;
  private final MainThread mainThread;
  private final JobProgress progress;
  private final CompletableFuture<JobStatus> whenEnded;
  private final JobJournal journal;
  private final JobLease lease;
  private final StopWithSavepoint stop;
  private final Suspension suspension;
  private final Optional<ScheduledSavepoints> scheduledSavepoints;
  private final ExecutionDeployer deployer;
  private final Set<TaskId> allTasks;
  private final ThreadSharing threads;
  private final ExecutionFailureHandler failureHandler;
  private final TaskCancellation cancellation;
  private final JobLife life = new JobLife();

  /** Snapshots that turned out to be damaged while they were restored: why, by path. */
  private final Map<String, String> damaged = new HashMap<>();

  /** Null until the first attempt has been prepared. */
  private CheckpointDriver driver;

  /** Null as long as no task runs: before the first attempt, and while all are to start again. */
  private AttemptRun run;

  /** Those of the sources; null before the first attempt. */
  private SourceCoordinators coordinators;

  /** What the newest attempt begins with. */
  private Prepared prepared;

  /** Why the job has failed for good; null as long as it has not. */
  private String giveUpReason;

  /** Why tasks start again; null while all is well. */
  private Throwable failure;

  /**
   * @param taskManagers in which the job has its slots, which it gives back when it ends
   * @param whenEnded completed when the job has ended or is suspended
   */
  Scheduler(
      JobDescription job,
      JobSettings settings,
      JobSurroundings surroundings,
      CheckpointStorage storage,
      TaskManagers taskManagers,
      MainThread mainThread,
      JobProgress progress,
      CompletableFuture<JobStatus> whenEnded) {
    this.job = job;
    this.settings = settings;
    this.surroundings = surroundings;
    this.storage = storage;
    this.taskManagers = taskManagers;
    this.mainThread = mainThread;
    this.progress = progress;
    this.whenEnded = whenEnded;
    this.journal = new JobJournal(job, surroundings);
    this.lease =
        new JobLease(job, surroundings, (token, e) -> mainThread.tell(() -> leaseLost(token, e)));
    this.stop = new StopWithSavepoint(job.name(), journal, mainThread, this);
    this.suspension = new Suspension(life, stop, journal, mainThread, this);
    this.scheduledSavepoints =
        settings
            .savepointPolicy()
            .map(
                policy ->
                    new ScheduledSavepoints(job, settings, policy, surroundings, journal, this));
    this.deployer =
        new ExecutionDeployer(job, settings, surroundings, storage, new TaskReports(this));
    PipelinedRegions regions =
        settings.restartsRegions()
            ? PipelinedRegions.of(job.plan())
            : PipelinedRegions.whole(job.plan());
    this.allTasks = regions.all();
    this.threads = ThreadSharing.of(job.plan(), settings.threadPer());
    this.failureHandler =
        new ExecutionFailureHandler(
            regions,
            settings.restart(),
            settings.configuration().get(TaskManagerOptions.JVM_EXIT_ON_OOM));
    this.cancellation = new TaskCancellation(mainThread, settings.configuration(), this::leaked);
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
   * @param savepoint null for a checkpoint
   * @param answer gives it, or fails with the reason
   */
  @Override
  public void checkpoint(
      CheckpointType type,
      RequestedSavepoint savepoint,
      CompletableFuture<TakenCheckpoint> answer) {
    if (driver == null || !life.isToRun()) {
      answer.completeExceptionally(
          new IllegalStateException(
              "job '" + job.name() + "' does not run, it is " + progress.view().status()));
    } else {
      driver.request(type, savepoint, answer);
    }
  }

  /**
   * Keeps a completed checkpoint until {@link #unpin}.
   *
   * @return whether it is there, and not being removed
   */
  boolean pin(long checkpointId) {
    return life.isEnded() || (driver != null && driver.pin(checkpointId));
  }

  void unpin(long checkpointId) {
    if (driver != null && !life.isEnded()) {
      driver.unpin(checkpointId);
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
      CheckpointType type, RequestedSavepoint savepoint, CompletableFuture<String> answer) {
    stop.begin(answer, type.drains(), taken -> checkpoint(type, savepoint, taken));
  }

  // ---- start of an attempt

  /** Begins the first attempt. */
  void start() {
    start(0);
  }

  /** Begins the next attempt, unless the wait for it has been called off. */
  private void start(int wait) {
    if (life.isEnded() || !life.isWaiting(wait)) {
      return;
    }
    if (life.isGivenUp() || life.isSuspending()) {
      proceed();
      return;
    }
    life.preparing();
    failure = null;
    if (run == null) {
      // not in the catalog yet: without the lease the job is not this server's to write about
      progress.status(JobStatus.INITIALIZING);
    }
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
    life.prepared();
    if (life.isToRun()) {
      LOG.error("Job '{}' cannot start: {}", job.name(), e.getMessage());
      progress.failure(e);
      journal.failed(progress.attempt(), e, null, FailoverScope.JOB);
      fail(e.getMessage());
    } else {
      proceed();
    }
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
    if (life.isToRun()) {
      int wait = life.waiting();
      mainThread.callAfter(CATALOG_RETRY_MILLIS, () -> start(wait));
    } else {
      life.prepared();
      proceed();
    }
  }

  private void startFailed(Exception e) {
    if (life.isEnded()) {
      return;
    }
    life.prepared();
    noteFailure(e, /* task= */ null, /* affected= */ run == null ? allTasks : life.restarting());
    failure = e;
    if (life.isToRun()) {
      life.restart(run == null ? allTasks : life.restarting());
    }
    proceed();
  }

  private void deploy(Prepared result) {
    life.prepared();
    if (life.isEnded()) {
      journal.releaseLease(result.leaseToken());
      return;
    }
    prepared = result;
    lease.taken(result.leaseToken());
    if (driver == null) {
      driver = driver(result);
      scheduledSavepoints.ifPresent(savepoints -> savepoints.begin(result.savepointTriedMillis()));
    }
    if (!life.isToRun()) {
      proceed();
      return;
    }
    try {
      if (run == null) {
        changeStatus(JobStatus.INITIALIZING, result.why());
        deployAll(result);
      } else {
        deployRegions(result);
      }
    } catch (Exception e) {
      failed(e);
    }
  }

  private void deployAll(Prepared result) throws Exception {
    Execution execution = execution(result, allTasks);
    coordinators =
        new SourceCoordinators(
            job.plan(),
            execution.finished(),
            mainThread,
            surroundings.blocking(),
            this::failed,
            (task, source, letter) -> run.task(task).mailbox().sourceEvent(source, letter),
            this::backlogChanged);
    run = new AttemptRun(result.attempt().attempt(), execution, taskManagers.locate(job));
    progress.attemptStarted(run, result);
    stop.allTasksStart();
    if (result.isStop()) {
      stop.resume(result.restored().point().path());
    } else {
      stop.withdraw();
    }
    coordinators.start(result.restored().state().checkpointId(), result.restored().coordinators());
    run.start(surroundings.tasks(), threads);
  }

  /** In place of those that have failed; all others run on. */
  private void deployRegions(Prepared result) throws RestartNeededException {
    if (!coordinators.canReset(result.restored().state().checkpointId())) {
      throw new RestartNeededException(
          "single regions cannot go back to an older checkpoint than the newest: " + result.why());
    }
    Set<TaskId> tasks = new LinkedHashSet<>(life.restarting());
    run.begin(result.attempt().attempt(), execution(result, tasks), taskManagers.locate(job));
    progress.attemptStarted(run, result);
    coordinators.reset(tasks);
    run.start(surroundings.tasks(), threads);
  }

  private Execution execution(Prepared result, Set<TaskId> tasks) {
    int attempt = result.attempt().attempt();
    LOG.info(
        "Job '{}' ({}) starts {} of {} tasks in attempt {}: {}",
        job.name(),
        job.id(),
        tasks.size(),
        allTasks.size(),
        attempt,
        result.why());
    Execution execution = deployer.execution(attempt, tasks, result.state(), driver);
    life.deployed();
    return execution;
  }

  private CheckpointDriver driver(Prepared first) {
    return new CheckpointDriver(
        job,
        settings,
        surroundings,
        storage,
        this,
        new SharedStateFiles(job, surroundings, storage, first.sharedFiles()),
        new PinnedCheckpoints(first.pinned()),
        CoordinatorState.initial(
            settings.checkpoints(), first.nextCheckpointId(), first.completed()));
  }

  // ---- what tasks tell

  @Override
  public void tasksRunning() {
    if (life.isToRun()) {
      changeStatus(JobStatus.RUNNING, prepared.why());
      storage
          .backup()
          .flatMap(LocalBackup::takeReport)
          .ifPresent(report -> LOG.info("Job '{}' ({}): {}", job.name(), job.id(), report));
      if (!prepared.isStop()) {
        driver.handle(
            new CheckpointEvent.TasksRunning(
                run.attempt(), new TaskTopology(run.inputs()), run.finished(), run.older()));
        // what enumerators have said before the attempt began does not count for the coordinator
        backlogChanged(coordinators.isProcessingBacklog());
      }
    }
  }

  private void backlogChanged(boolean isProcessingBacklog) {
    driver.handle(new CheckpointEvent.BacklogChanged(isProcessingBacklog));
  }

  @Override
  public void taskEnded() {
    proceed();
  }

  @Override
  public void taskFailed(TaskAttempt task, Throwable cause) {
    boolean isTold =
        failureHandler.losesTaskManager(cause)
            && taskManagers
                .lose(run.taskManagers().get(task.task()), cause.getMessage(), cause)
                .isPresent();
    if (!isTold) {
      failed(cause, task.task(), Set.of(task.task()));
    }
  }

  // ---- failures and ends

  @Override
  public void failed(Throwable cause) {
    failed(cause, /* task= */ null, allTasks);
  }

  /** All that runs in its slots has failed at once, with one failure. */
  void taskManagerLost(TaskManagerId lost, TaskManagerLostException why) {
    Set<TaskId> tasks = run == null ? Set.of() : run.lostWith(lost);
    if (tasks.isEmpty()) {
      proceed();
      return;
    }
    for (TaskId task : tasks) {
      driver.handle(
          new CheckpointEvent.TaskFailed(
              run.task(task).attempt().attempt(), task, why.getMessage()));
    }
    failed(why, /* task= */ null, tasks);
  }

  /**
   * The job, or some of its tasks, cannot go on: the tasks that have to start again are stopped,
   * and then it is decided what follows.
   *
   * @param task null if it is not one task that has failed by itself
   * @param failed all that have failed
   */
  private void failed(Throwable cause, TaskId task, Set<TaskId> failed) {
    if (life.isEnded() || life.isLeft()) {
      proceed();
      return;
    }
    Set<TaskId> affected =
        stop.tiesAllTasks() ? allTasks : failureHandler.tasksToRestart(cause, failed);
    noteFailure(cause, task, affected);
    boolean isNew = life.isRestarting() && !life.restarting().containsAll(affected);
    if (life.isToRun() || isNew) {
      failure = cause;
      life.restart(affected);
      changeStatus(isAllRestarting() ? JobStatus.FAILING : JobStatus.RESTARTING, cause.toString());
      stopTasks();
    } else if (life.isSuspending()) {
      // its last checkpoint is not worth waiting for: the tasks would not hear of it
      stopTasks();
    } else {
      proceed();
    }
  }

  private void noteFailure(Throwable cause, TaskId task, Set<TaskId> affected) {
    LOG.warn(
        "Job '{}' ({}) attempt {} failed, {} of {} tasks are affected: {}",
        job.name(),
        job.id(),
        progress.attempt(),
        affected.size(),
        allTasks.size(),
        cause.toString());
    FailoverScope scope =
        affected.size() == allTasks.size() ? FailoverScope.JOB : FailoverScope.REGION;
    if (task == null || run == null) {
      journal.failed(progress.attempt(), cause, /* taskName= */ null, scope);
      progress.failure(cause);
    } else {
      Task failed = run.task(task);
      journal.failed(failed.attempt().attempt(), cause, failed.name(), scope);
      progress.failure(cause, failed, run.taskManagers().get(task));
    }
  }

  private boolean isAllRestarting() {
    return life.restarting().size() == allTasks.size();
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
    // between two attempts it may be this server that has taken the lease anew, for the next one,
    // even if it was told that it could not; if it is another, the next attempt is refused
    if (token == lease.token() && life.isDeployed() && !life.isRestarting()) {
      leave(e);
    }
  }

  @Override
  public void stopTasks() {
    if (driver != null) {
      driver.handle(
          life.isRestarting()
              ? restarting(String.valueOf(failure.getMessage()))
              : new CheckpointEvent.StopRequested(life.isSuspending()));
    }
    cancelTasks();
    proceed();
  }

  private CheckpointEvent restarting(String why) {
    return isAllRestarting()
        ? new CheckpointEvent.JobRestarting(why)
        : new CheckpointEvent.RegionRestarting(life.restarting(), why);
  }

  private void cancelTasks() {
    if (run == null) {
      return;
    }
    if (life.isRestarting() && !isAllRestarting()) {
      cancellation.cancel(run, life.restarting());
    } else {
      cancellation.cancel(run, allTasks);
      coordinators.close();
    }
  }

  /**
   * Tasks do not end: the job does not wait for them any longer. Its next attempt would, with them,
   * write to the same places, so there is none until somebody wants it.
   */
  private void leaked(AttemptRun stuck, List<Task> tasks) {
    if (stuck != run || life.isEnded()) {
      return;
    }
    TaskLeakedException leak = new TaskLeakedException(tasks, run.stackTrace(tasks.get(0)));
    LOG.error("Job '{}' ({}): {}", job.name(), job.id(), leak.getMessage(), leak);
    noteFailure(leak, /* task= */ null, allTasks);
    tasks.forEach(task -> run.ended(task.attempt().task(), /* hasFinished= */ false));
    String why = "tasks of job '%s' hang. %s".formatted(job.name(), leak.getMessage());
    tasks.stream()
        .map(task -> run.taskManagers().get(task.attempt().task()))
        .distinct()
        .forEach(taskManager -> taskManagers.lose(taskManager, why, leak));
    if (life.isRestarting()) {
      giveUp(leak.getMessage());
    } else {
      proceed();
    }
  }

  /** Goes on once the tasks that are to end have ended and no checkpoint is being recorded. */
  private void proceed() {
    if (life.isEnded() || !haveTasksEnded() || (driver != null && driver.isFinalizing())) {
      return;
    }
    JobLife.Next next = life.next(run != null && run.isAllFinished());
    if (run != null && next != JobLife.Next.WAIT) {
      journal.attemptEnded(run.attempt());
    }
    switch (next) {
      case WAIT -> {
        // something is under way that calls again
      }
      case FINISHED -> {
        driver.handle(new CheckpointEvent.StopRequested(false));
        end(
            JobStatus.FINISHED,
            stop.isFinishing() ? stop.reason() : "all tasks have come to the end of their input");
      }
      case FAILED -> end(JobStatus.FAILED, giveUpReason);
      case CANCELED -> end(JobStatus.CANCELED, "asked to");
      case SUSPENDED -> end(JobStatus.SUSPENDED, "asked to");
      case LEFT -> end(JobStatus.SUSPENDED, "another server runs it");
      case RESTART -> restart();
    }
  }

  private boolean haveTasksEnded() {
    return run == null || (life.isRestarting() ? run.isEnded(life.restarting()) : run.isAllEnded());
  }

  private void restart() {
    int wait = life.waiting();
    if (isAllRestarting()) {
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
      start(wait);
    } else if (handling instanceof FailureHandling.RestartNow now) {
      journal.decided("restart", now.why());
      start(wait);
    } else if (handling instanceof FailureHandling.RestartLater later) {
      String why = isAllRestarting() ? later.why() : scope() + later.why();
      changeStatus(JobStatus.RESTARTING, why);
      journal.decided("restart", why);
      mainThread.callAfter(later.delayMillis(), () -> start(wait));
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
    fail(why);
  }

  private void fail(String why) {
    giveUpReason = why;
    life.fail();
    if (run != null) {
      changeStatus(JobStatus.FAILING, why);
    }
    stopTasks();
  }

  private String scope() {
    return life.restarting().size() + " of " + allTasks.size() + " tasks: ";
  }

  private void end(JobStatus status, String why) {
    if (life.isEnded()) {
      return;
    }
    if (run != null) {
      coordinators.close();
    }
    taskManagers.release(job.id());
    progress.status(status);
    LOG.info("Job '{}' ({}) is {}: {}", job.name(), job.id(), status, why);
    boolean isResumedHere = status == JobStatus.SUSPENDED && !life.isLeft();
    journal.ended(
        status == JobStatus.SUSPENDED ? suspension.status() : status,
        why,
        lease.token(),
        new SnapshotDisposal(job, surroundings.catalog(), storage),
        settings.retention(),
        () -> {
          if (!isResumedHere) {
            storage.backup().ifPresent(LocalBackup::remove);
          }
          whenEnded.complete(status);
          // nobody is told that the job has stopped before the catalog knows it
          mainThread.tell(() -> stop.jobEnded(status));
        });
    life.end();
    lease.end();
  }

  /** A mistake of ours. */
  void onBug(Throwable thrown) {
    if (life.isToRun()) {
      failed(thrown);
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
  public boolean takesSavepoints() {
    return life.isToRun() && !stop.isUnderWay() && run != null && run.isAllRunning();
  }

  @Override
  public boolean isEnded() {
    return life.isEnded();
  }

  @Override
  public void noLongerFinalizing() {
    proceed();
  }
}
