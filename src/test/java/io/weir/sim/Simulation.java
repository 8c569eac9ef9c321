package io.weir.sim;

import io.weir.api.environment.JobStatus;
import io.weir.api.environment.SavepointFormatType;
import io.weir.config.ConfigCatalog;
import io.weir.config.Configuration;
import io.weir.config.JobManagerOptions;
import io.weir.config.RecoveryClaimMode;
import io.weir.config.TaskManagerOptions;
import io.weir.job.Dispatcher;
import io.weir.job.SavepointRequest;
import io.weir.job.description.JobDefinitions;
import io.weir.job.description.StartRequest;
import io.weir.job.execution.JobView;
import io.weir.job.history.JobRecord;
import io.weir.job.local.InMemoryCatalog;
import io.weir.job.surroundings.JobNameTakenException;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.plan.JobPlan;
import io.weir.plan.PipelinedRegions;
import io.weir.plan.TaskManagerId;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import io.weir.snapshot.TaskId;
import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.SimulatedCrash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One run: a generated job, from its submission to its end, over as many processes as its plan of
 * faults takes.
 */
final class Simulation {
  /** Steps that a job may take to its end when nothing goes wrong any more. */
  private static final long STEPS_TO_FINISH = 400_000;

  /** Steps within which a checkpoint completes when all is well and quick. */
  private static final long STEPS_TO_COMPLETE = 100_000;

  private static final int MAX_TASK_MANAGERS = 3;
  private static final int RETRY_MILLIS = 500;
  private static final int STOP_MILLIS = 3_000;
  private static final List<String> JOBS = List.of("generated");

  private final GeneratedJob job;
  private final World world;
  private final VirtualMachine machine;
  private final InMemoryStorage disk;
  private final SnapshotCheck snapshots;
  private final FaultyDisk faultyDisk;
  private final WatchedCatalog catalog;
  private final Savepoints savepoints;
  private final EventLog log;
  private final Orders orders;
  private final SimulatedBackends backends;
  private final Losses losses;
  private final Configuration configuration;
  private Dispatcher dispatcher;
  private boolean running;
  private boolean canceled;
  private boolean isSuspensionWanted;
  private boolean isResuming;

  /** What a run that was started, but does not run yet, may begin with; null if there is none. */
  private String beginsWith;

  /** When a server that is to stop must have done so, or -1. */
  private long stopMillis = -1;

  private int disturbancesBeforeStop;

  private int committed;
  private int expired;
  private int completed;
  private long completedStep;
  private int processes;

  private Simulation(
      long seed, PlantedBug planted, Consumer<String> reader, SimulatedBackends backends) {
    this.backends = backends;
    job = new GeneratedJob(seed);
    log = new EventLog(reader);
    world = new World(seed, planted, log, new Ledger());
    machine = new VirtualMachine(world);
    disk = new InMemoryStorage(seed, machine::nowMillis);
    InMemoryCatalog rows = new InMemoryCatalog();
    snapshots = new SnapshotCheck(world, disk, rows, job.retained(), job.retainedScheduled());
    savepoints = new Savepoints(world, disk, snapshots);
    faultyDisk = new FaultyDisk(world, disk, snapshots);
    losses = new Losses(world);
    catalog = new WatchedCatalog(rows, world, snapshots, losses, job.isImpatient());
    configuration = configuration(new Random(seed * 31 + 17));
    orders = new Orders(new Random(seed * 31 + 13));
  }

  /**
   * Runs a seed.
   *
   * @param reader takes the lines of the log; null if nobody reads it
   */
  static Outcome run(long seed, PlantedBug planted, Consumer<String> reader) {
    return run(seed, planted, reader, SimulatedBackends.HEAP);
  }

  /** Runs a seed with other state backends. */
  static Outcome run(long seed, SimulatedBackends backends) {
    EngineLog quiet = EngineLog.quiet();
    try {
      return run(seed, PlantedBug.NONE, null, backends);
    } finally {
      quiet.close();
    }
  }

  /** Of the server; with slots for no more than the one job. */
  private Configuration configuration(Random random) {
    random.nextInt();
    Configuration server = new Configuration().addAll(backends.configuration());
    server.set(TaskManagerOptions.NUM_TASK_MANAGERS, 1 + random.nextInt(MAX_TASK_MANAGERS));
    server.set(TaskManagerOptions.NUM_TASK_SLOTS, GeneratedJob.MAX_PARALLELISM);
    if (world.has(PlantedBug.MORE_THAN_LOST_RESTARTED)) {
      server.set(JobManagerOptions.EXECUTION_FAILOVER_STRATEGY, "full");
    }
    return server;
  }

  private static Outcome run(
      long seed, PlantedBug planted, Consumer<String> reader, SimulatedBackends backends) {
    Simulation simulation = new Simulation(seed, planted, reader, backends);
    simulation.world.enter();
    EngineLog engineLog = reader == null ? null : EngineLog.into(simulation.log);
    try {
      return simulation.toTheEnd(seed);
    } finally {
      if (engineLog != null) {
        engineLog.close();
      }
      World.leave();
    }
  }

  private Outcome toTheEnd(long seed) {
    log.detail(job::toString);
    startProcess();
    while (world.violation() == null && !isEnded()) {
      step();
      checkLiveness();
    }
    if (world.violation() == null) {
      checkEnd();
    }
    log.detail(world.faults()::toString);
    return new Outcome(
        seed,
        world.violation(),
        machine.steps(),
        machine.nowMillis(),
        catalog.completed(),
        savepoints.goneOn(),
        savepoints.stops(),
        snapshots.countScheduled(),
        processes,
        world.faults().count(),
        world.ledger().size(),
        world.inFlight(),
        catalog.regionFailures(),
        losses.failures(),
        expired,
        catalog.hasFallenBack(),
        log.digest());
  }

  /** When nothing goes wrong any more, checkpoints complete and the job comes to its end. */
  private void checkLiveness() {
    if (machine.steps() > world.faults().quietFrom() + STEPS_TO_FINISH) {
      world.violated("the job does not come to its end: " + machine.describe());
    }
    if (catalog.completed() > completed) {
      completed = catalog.completed();
      completedStep = machine.steps();
    }
    if (machine.steps() > Math.max(completedStep, machine.recoveredFrom()) + STEPS_TO_COMPLETE) {
      world.violated("no checkpoint is completed any more: " + machine.describe());
    }
  }

  private void step() {
    try {
      world.faults().step(machine.steps());
      if (world.happens(FaultKind.CRASH, "between two steps")) {
        throw world.crash("between two steps");
      }
      if (world.happens(FaultKind.TASK_MANAGER_LOST, "a task manager")) {
        loseTaskManager();
      }
      obey(orders.at(machine.steps()));
      if (!machine.step()) {
        world.violated("nothing can go on: " + machine.describe());
      }
    } catch (SimulatedCrash e) {
      // what follows is the same as if the engine has swallowed it
    }
    if (stopMillis >= 0 && machine.nowMillis() > stopMillis && !world.isCrashed()) {
      killServer();
    }
    if (world.isCrashed()) {
      restart();
    }
    resume();
    if (snapshots.run()) {
      savepoints.check();
    }
    checkCommitted();
    noteStart();
  }

  /** The slots of the one job are spread over the task managers in turn. */
  private void loseTaskManager() {
    List<TaskManagerId> present = dispatcher.taskManagers().pool().taskManagers();
    int index = world.random().nextInt(present.size());
    Set<TaskId> lost = machine.letters().lose(subtask -> subtask % present.size() == index);
    losses.lost(present.get(index), machine.isAllOfTheJob(lost));
    if (!world.has(PlantedBug.LOST_TASKS_RUN_ON)) {
      int told = world.has(PlantedBug.OTHER_TASK_MANAGER_LOST) ? index + 1 : index;
      Optional<TaskManagerId> unused =
          dispatcher
              .taskManagers()
              .lose(present.get(told % present.size()), "injected fault: it is gone.");
    }
  }

  private void noteStart() {
    JobId id = catalog.job();
    boolean runs =
        id != null
            && dispatcher.view(id).filter(view -> view.status() == JobStatus.RUNNING).isPresent();
    if (runs && !running) {
      beginsWith = null;
      obey(orders.atStart());
    }
    running = runs;
  }

  private void restart() {
    machine.crash();
    backends.crash();
    disk.crash();
    world.restarted();
    snapshots.changed();
    startProcess();
  }

  private void startProcess() {
    processes++;
    log.line("process " + processes + " starts");
    losses.startProcess();
    stopMillis = -1;
    isResuming = false;
    // that somebody has started it again may be forgotten with the process
    isSuspensionWanted =
        catalog.newestRun().filter(job -> job.status() == JobStatus.SUSPENDED).isPresent();
    if (processes > 1) {
      rescale();
    }
    disk.setFaults(faultyDisk);
    Letters letters = machine.letters();
    Dispatcher started =
        new Dispatcher(
            new JobSurroundings(
                machine,
                machine.actors(),
                machine.blocking(),
                machine,
                machine,
                catalog.connect(letters),
                disk.storages(),
                disk.storages(),
                List.of(new PlantedBackend(backends.startProcess(), world)),
                function -> {},
                world::name,
                world.random(),
                "server"),
            configuration,
            new JobDefinitions(configuration, ConfigCatalog.weir(), GeneratedJob.DIRECTORY));
    started.definitions().add(job);
    dispatcher = started;
    machine.regions(
        () -> {
          JobPlan plan = started.view(catalog.job()).orElseThrow().plan();
          return PipelinedRegions.of(plan);
        });
    machine.later(machine.nowMillis(), "server", () -> startJobs(started));
  }

  private void obey(Orders.Order order) {
    JobId id = catalog.job();
    if (order == null || id == null || dispatcher.view(id).isEmpty()) {
      return;
    }
    log.line("somebody asks for " + order);
    switch (order) {
      case CHECKPOINT -> {
        CompletableFuture<Long> unused = dispatcher.checkpoint(id, CheckpointType.CHECKPOINT);
      }
      case SAVEPOINT -> {
        CompletableFuture<String> unused =
            dispatcher
                .savepoint(id, toSavepoints(), /* cancelJob= */ false)
                .whenComplete(
                    (path, failed) -> answered(id, CheckpointType.SAVEPOINT, path, failed));
      }
      case STOP -> stopWithSavepoint(id, CheckpointType.SUSPEND_SAVEPOINT);
      case DRAIN -> stopWithSavepoint(id, CheckpointType.TERMINATE_SAVEPOINT);
      case DISPOSE -> dispose();
      case SUSPEND -> {
        isSuspensionWanted = true;
        CompletableFuture<JobStatus> unused = dispatcher.suspend(id);
      }
      case CANCEL -> {
        canceled = true;
        CompletableFuture<JobStatus> unused = dispatcher.cancel(id);
      }
      case STOP_SERVER -> stopServer(dispatcher);
    }
  }

  private static SavepointRequest toSavepoints() {
    return new SavepointRequest(Optional.of(Savepoints.DIRECTORY), SavepointFormatType.CANONICAL);
  }

  private void stopWithSavepoint(JobId id, CheckpointType type) {
    losses.allMayStop();
    CompletableFuture<String> unused =
        dispatcher
            .stopWithSavepoint(id, type.drains(), toSavepoints())
            .whenComplete(
                (path, failed) -> {
                  answered(id, type, path, failed);
                  if (failed != null && world.has(PlantedBug.STOPPED_WITHOUT_SAVEPOINT)) {
                    CompletableFuture<JobStatus> unusedStop = dispatcher.suspend(id);
                  }
                });
  }

  private void answered(JobId id, CheckpointType type, String path, Throwable failed) {
    if (failed == null) {
      savepoints.taken(type, path);
      if (type.isSynchronous()) {
        beginsWith = path;
        requireEnd(id);
      }
    } else {
      log.line("there is no savepoint: " + failed.getMessage());
    }
  }

  /** Whoever is told that the job has stopped may start it again at once. */
  private void requireEnd(JobId id) {
    JobStatus status = catalog.status(id);
    if (!status.isGloballyTerminalState()) {
      world.violated("the job is said to have stopped, but the catalog says " + status);
    }
  }

  /** One that is theirs, or what the job needs, which must be refused. */
  private void dispose() {
    String theirs = savepoints.any(orders.random(), beginsWith);
    String path =
        theirs == null || orders.random().nextInt(3) == 0 ? catalog.newestPoint() : theirs;
    boolean isScheduled = path != null && path.startsWith(GeneratedJob.SCHEDULED + "/");
    boolean isOfAStop = path != null && (path.equals(beginsWith) || savepoints.isNotYetGiven(path));
    if (path == null
        || isOfAStop
        || isScheduled
        || catalog.stoppedAt() != null
        || catalog.isAllThatItsRunHas(path)) {
      return;
    }
    boolean isTheirs = savepoints.isKept(path);
    log.line("somebody asks for the removal of " + path);
    savepoints.disposing(path);
    CompletableFuture<Void> unused =
        dispatcher
            .restorePoints()
            .dispose(path)
            .whenComplete(
                (done, failed) -> {
                  log.line(path + " is removed, unless: " + failed);
                  if (failed == null) {
                    savepoints.disposed(path);
                    noteLoss(path, isTheirs);
                  } else if (failed.getMessage().contains("was not removed: job")) {
                    savepoints.refused(path, isTheirs);
                  }
                });
  }

  /** What a job that has failed for good would have begun with again is gone as it was wanted. */
  private void noteLoss(String path, boolean isTheirs) {
    boolean hasFailed =
        catalog.newestRun().filter(job -> job.status() == JobStatus.FAILED).isPresent();
    if (!isTheirs && hasFailed) {
      snapshots.isGone(path);
      catalog.fallsBack();
    }
  }

  private void stopServer(Dispatcher stopping) {
    if (stopMillis < 0) {
      stopMillis = machine.nowMillis() + STOP_MILLIS;
      disturbancesBeforeStop = world.faults().disturbances();
      CompletableFuture<Void> unused =
          stopping
              .stopAll()
              .thenRun(() -> machine.later(machine.nowMillis(), "server", this::exit));
    }
  }

  /** It has not stopped in time; that is right only if something goes wrong meanwhile. */
  private void killServer() {
    // a last checkpoint whose acknowledgement got lost is awaited in vain for a while
    boolean mayWait = world.faults().hasHappened(FaultKind.LETTER_LOST);
    if (!mayWait && world.faults().disturbances() == disturbancesBeforeStop) {
      world.violated("the server does not stop within " + STOP_MILLIS + " ms");
    }
    world.crash("the server is killed, since it does not stop");
  }

  private void exit() {
    throw world.crash("the server has stopped");
  }

  /** A job that was suspended or stopped, or has failed for good, is to go on. */
  private void resume() {
    if (hasStopped() && !isResuming && stopMillis < 0) {
      isResuming = true;
      Dispatcher present = dispatcher;
      machine.later(
          machine.nowMillis() + orders.pauseMillis(), "somebody", () -> startAgain(present));
    }
  }

  private boolean hasStopped() {
    JobRecord known = catalog.newestRun().orElse(null);
    if (known == null) {
      return false;
    }
    JobStatus status = dispatcher.view(known.id()).map(JobView::status).orElse(known.status());
    if (status == JobStatus.SUSPENDED && !isSuspensionWanted && stopMillis < 0) {
      world.violated("the job is suspended, and nobody has asked for that");
    }
    return status == JobStatus.SUSPENDED
        || (status == JobStatus.FAILED && !job.endsEarly())
        || catalog.stoppedAt() != null;
  }

  private void startAgain(Dispatcher present) {
    rescale();
    isResuming = false;
    isSuspensionWanted = false;
    String stoppedAt = catalog.stoppedAt();
    if (stoppedAt != null) {
      beginsWith = stoppedAt;
    }
    RecoveryClaimMode[] modes = RecoveryClaimMode.values();
    int choice = orders.random().nextInt(modes.length + 1);
    boolean claims =
        stoppedAt != null
            && choice < modes.length
            && modes[choice] == RecoveryClaimMode.CLAIM
            && savepoints.isKept(stoppedAt);
    if (claims) {
      // if the process ends meanwhile, nobody knows whose it is
      savepoints.disposing(stoppedAt);
    }
    try {
      if (stoppedAt == null || choice == modes.length) {
        log.line("somebody starts the job again");
        present.start(job.name());
      } else {
        log.line("somebody starts the job with " + stoppedAt + ", " + modes[choice]);
        JobId run = present.start(job.name(), StartRequest.from(stoppedAt, modes[choice]));
        catalog.asked(run, stoppedAt);
        if (modes[choice] == RecoveryClaimMode.CLAIM) {
          savepoints.claim(stoppedAt);
        }
      }
    } catch (JobNameTakenException e) {
      log.line("the job has not ended yet: " + e);
      savepoints.refused(stoppedAt, claims);
      isSuspensionWanted = true;
    } catch (Exception e) {
      log.line("the job could not be started: " + e);
      if (stoppedAt != null) {
        // it may have been registered all the same
        savepoints.disposing(stoppedAt);
      }
      isSuspensionWanted = true;
      isResuming = true;
      machine.later(machine.nowMillis() + RETRY_MILLIS, "somebody", () -> startAgain(present));
    }
  }

  private void rescale() {
    if (orders.isRescaled() && job.rescale(orders.random())) {
      log.line("the job has another parallelism");
    }
  }

  /** As a server does when it starts; again if the catalog could not be reached. */
  private void startJobs(Dispatcher dispatcher) {
    Map<String, Exception> refused = dispatcher.startAll(JOBS);
    if (!refused.isEmpty()) {
      refused.values().forEach(e -> log.line("the job could not be started: " + e));
      machine.later(machine.nowMillis() + RETRY_MILLIS, "server", () -> startJobs(dispatcher));
    }
  }

  private boolean isEnded() {
    return catalog
        .newestRun()
        .map(JobRecord::status)
        .filter(
            status ->
                status == JobStatus.CANCELED
                    || (status == JobStatus.FINISHED && catalog.stoppedAt() == null)
                    || (status == JobStatus.FAILED && job.endsEarly()))
        .isPresent();
  }

  private boolean mayRepeat() {
    return !job.isExactlyOnce() || catalog.hasFallenBack();
  }

  private void checkCommitted() {
    if (catalog.drainedAt() >= 0 && !job.endsEarly()) {
      job.endsAt(catalog.drainedAt(), world.cuts());
    }
    if (mayRepeat() || world.ledger().size() == committed) {
      return;
    }
    committed = world.ledger().size();
    for (int sink : job.sinks()) {
      String excess = expectation(sink).excess(world.ledger().of(sink));
      if (excess != null) {
        world.violated("sink " + sink + ": " + excess);
      }
    }
  }

  private Expectation expectation(int sink) {
    return job.expectation(sink, backends.cleanSnapshots());
  }

  private void checkEnd() {
    JobStatus status = catalog.newestRun().orElseThrow().status();
    boolean isGivenUp = status == JobStatus.FAILED && job.endsEarly();
    if (isGivenUp || (status == JobStatus.CANCELED && canceled)) {
      return;
    }
    if (status != JobStatus.FINISHED) {
      world.violated("the job has ended with status " + status);
      return;
    }
    for (int sink : job.sinks()) {
      Expectation expectation = expectation(sink);
      String lack = expectation.lack(world.ledger().of(sink));
      if (lack != null) {
        world.violated("sink " + sink + ": " + lack);
      }
      expired += expectation.expired();
    }
    // the end of a process may bring back what was removed in front of it
    if (processes == 1 && world.faults().isRemovalUndisturbed()) {
      savepoints.checkClaimed();
      disk.locations().stream()
          .filter(location -> location.startsWith(GeneratedJob.LOCAL_DIRECTORY))
          .forEach(
              left -> world.violated("the job has ended, but there is still the copy " + left));
    }
  }

  /**
   * How a run has ended.
   *
   * @param violation null if all was well
   * @param scheduled savepoints that the job has taken by itself
   * @param inFlight records that tasks have acknowledged as in flight
   * @param regionFailures failures after which only a part of the tasks had to start again
   * @param taskManagersLost task managers whose loss was a failure of the job
   * @param expired values that had expired when they were looked for
   * @param digest the same for the same run
   */
  record Outcome(
      long seed,
      String violation,
      long steps,
      long millis,
      int checkpoints,
      int savepoints,
      int stops,
      int scheduled,
      int processes,
      int faults,
      int records,
      long inFlight,
      int regionFailures,
      int taskManagersLost,
      int expired,
      boolean hasFallenBack,
      long digest) {
    boolean isWell() {
      return violation == null;
    }
  }
}
