package io.weir.job;

import io.weir.api.environment.JobStatus;
import io.weir.api.environment.RestoreReport;
import io.weir.api.graph.Transformation;
import io.weir.config.Configuration;
import io.weir.job.checkpoints.TakenCheckpoint;
import io.weir.job.description.JobDefinitions;
import io.weir.job.description.JobDescription;
import io.weir.job.description.JobSettings;
import io.weir.job.description.StartRequest;
import io.weir.job.execution.ExecutionDeployer;
import io.weir.job.execution.JobView;
import io.weir.job.execution.TaskManagers;
import io.weir.job.history.JobRecord;
import io.weir.job.recovery.JobLease;
import io.weir.job.recovery.Restorer;
import io.weir.job.snapshots.ForgottenRuns;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.job.surroundings.JobNameTakenException;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.job.surroundings.LeaseHeldException;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.LocalBackup;
import io.weir.storage.UnusableStorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All jobs of one server or one process: submits, starts, stops and resumes them, by name or id.
 * Safe for use by several threads. Methods that throw {@link CatalogException} may block.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final JobSurroundings surroundings;
  private final Configuration global;
  private final TaskManagers taskManagers;
  private final JobDefinitions definitions;
  private final RestorePoints restorePoints;
  private final Map<JobId, JobMaster> masters = new ConcurrentHashMap<>();

  /**
   * Creates a dispatcher that runs no job yet.
   *
   * @param global settings for all jobs; below {@code jobs.<name>.} those for one
   * @param definitions jobs that can be started by their names
   */
  public Dispatcher(
      JobSurroundings surroundings, Configuration global, JobDefinitions definitions) {
    this.surroundings = surroundings;
    this.global = global;
    this.definitions = definitions;
    this.taskManagers =
        new TaskManagers(
            global,
            (lost, why) -> masters.values().forEach(master -> master.taskManagerLost(lost, why)));
    this.restorePoints =
        new RestorePoints(surroundings, definitions, id -> Optional.ofNullable(masters.get(id)));
  }

  /** The jobs that can be started by their names. */
  public JobDefinitions definitions() {
    return definitions;
  }

  /** What the jobs have left to begin with. */
  public RestorePoints restorePoints() {
    return restorePoints;
  }

  /** As {@link #start(String, StartRequest)}: to go on, or to begin as configured. */
  public JobId start(String name) throws Exception {
    return start(name, StartRequest.GO_ON);
  }

  /**
   * Starts a job by its name. One that has been running or is suspended goes on with its state; if
   * it is asked to begin with something else, it is cancelled and a new run begins. A new run
   * begins with what the runs before it have left, unless it is asked to begin otherwise.
   *
   * @throws JobNameTakenException if it runs already
   * @throws LeaseHeldException if another server runs it
   * @throws IllegalArgumentException if there is no such job
   * @throws Exception if the job is refused; the message says why and what to do
   */
  public JobId start(String name, StartRequest request) throws Exception {
    JobDescription job = definitions.describe(newId(), name, request);
    Optional<JobRecord> known = notEnded(name);
    if (known.isPresent()) {
      JobId id = known.get().id();
      JobMaster running = masters.get(id);
      if (running != null && !running.ended().isDone()) {
        throw new JobNameTakenException(name, id);
      }
      if (request.isToGoOn()) {
        launch(job.continuing(known.get()));
        return id;
      }
      cancelInFavourOf(request, id);
    }
    new ForgottenRuns(surroundings).refuseIfThereAre(job);
    return submit(job);
  }

  /**
   * Tells what {@link #start(String, StartRequest)} would come to, also while the job runs. Starts,
   * stops and changes nothing. May block.
   *
   * @param openFunctions whether the functions of the job's author are opened, each once, in
   *     surroundings that keep nothing: many ask for their states only then. Whatever else they do
   *     when they open, they do
   * @throws IllegalArgumentException if there is no such job
   * @throws Exception if the job is refused, whatever it would begin with
   */
  public RestoreReport dryRun(String name, StartRequest request, boolean openFunctions)
      throws Exception {
    JobDescription job = definitions.describe(newId(), name, request);
    Optional<JobRecord> known = notEnded(name);
    if (known.isPresent() && request.isToGoOn()) {
      job = job.continuing(known.get());
    }
    new ForgottenRuns(surroundings).refuseIfThereAre(job);
    return dryRun(job, openFunctions);
  }

  /**
   * Tells what {@link #submit(String, List, Configuration)} would come to. As the other one.
   *
   * @param configuration the settings that the author made
   */
  public RestoreReport dryRun(
      String name,
      List<Transformation<?>> transformations,
      Configuration configuration,
      boolean openFunctions)
      throws Exception {
    return dryRun(
        definitions.describe(newId(), name, transformations, configuration), openFunctions);
  }

  private RestoreReport dryRun(JobDescription job, boolean openFunctions) throws Exception {
    JobSettings settings = JobSettings.of(job.configuration());
    CheckpointStorage storage = storage(job.id(), settings);
    return new Restorer(job, settings, surroundings.catalog(), storage)
        .dryRun(ExecutionDeployer.declarations(job, settings, surroundings), openFunctions);
  }

  private Optional<JobRecord> notEnded(String name) throws CatalogException {
    return surroundings
        .catalog()
        .jobNamed(name)
        .filter(job -> !job.status().isGloballyTerminalState());
  }

  /** Ends a job that rests; what it has left stays. */
  private void cancelInFavourOf(StartRequest request, JobId resting)
      throws CatalogException, LeaseHeldException {
    JobCatalog catalog = surroundings.catalog();
    long token = lease(resting);
    catalog.statusChanged(
        resting,
        JobStatus.CANCELED,
        "a new run was asked to begin with " + request.from().orElseThrow(),
        surroundings.clock().nowMillis());
    catalog.releaseLease(resting, token);
  }

  /** Fails if another server runs the job. */
  private long lease(JobId job) throws CatalogException, LeaseHeldException {
    long now = surroundings.clock().nowMillis();
    return surroundings
        .catalog()
        .lease(
            job, surroundings.owner(), OptionalLong.empty(), now, now + JobLease.DURATION_MILLIS);
  }

  /**
   * Submits a new job and starts it.
   *
   * @param configuration the settings that the author made
   * @throws JobNameTakenException if a job of this name has not ended
   * @throws Exception if the job is refused; the message says why and what to do
   */
  public JobId submit(
      String name, List<Transformation<?>> transformations, Configuration configuration)
      throws Exception {
    return submit(definitions.describe(newId(), name, transformations, configuration));
  }

  private JobId newId() {
    UUID uuid = surroundings.names().get();
    return new JobId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }

  private JobId submit(JobDescription job) throws Exception {
    JobSettings settings = JobSettings.of(job.configuration());
    CheckpointStorage storage = storage(job.id(), settings);
    if (settings.checkpointingEnabled()) {
      storage.probe();
    }
    run(
        job,
        storage,
        () ->
            surroundings
                .catalog()
                .register(
                    job.id(),
                    job.name(),
                    job.configuration().toMapWithoutSecrets(),
                    surroundings.clock().nowMillis()));
    return job.id();
  }

  private void launch(JobDescription description) throws Exception {
    // refused here, where there is somebody to be told, if another server runs the job
    run(
        description,
        storage(description.id(), JobSettings.of(description.configuration())),
        () -> lease(description.id()));
  }

  /** What the catalog has to know, or to say, before a job runs. */
  private interface Announcement {
    void make() throws Exception;
  }

  private void run(JobDescription job, CheckpointStorage storage, Announcement announcement)
      throws Exception {
    taskManagers.allocate(job);
    boolean runs = false;
    try {
      JobMaster master = new JobMaster(job, surroundings, storage, taskManagers);
      announcement.make();
      masters.put(job.id(), master);
      master.start();
      runs = true;
    } finally {
      if (!runs) {
        taskManagers.release(job.id());
      }
    }
  }

  private CheckpointStorage storage(JobId id, JobSettings settings)
      throws UnusableStorageException {
    CheckpointStorage storage =
        new CheckpointStorage(
            surroundings.storages(), settings.storage(), id, surroundings.names());
    List<String> copies = settings.localBackupDirectories();
    return copies.isEmpty()
        ? storage
        : storage.with(new LocalBackup(surroundings.localDisks(), copies, id));
  }

  /**
   * Starts, when the server starts, those of these jobs that were running when it stopped, and
   * those that have never been started. A job that has ended, or that somebody has suspended, stays
   * as it is.
   *
   * @return why each job that could not be started could not, by name
   */
  public Map<String, Exception> startAll(Collection<String> names) {
    Map<String, Exception> refused = new TreeMap<>();
    for (String name : names) {
      try {
        Optional<JobRecord> known = surroundings.catalog().jobNamed(name);
        boolean rests = known.isPresent() && known.get().status().isTerminalState();
        if (rests) {
          LOG.info(
              "Job '{}' is {} and is not started by itself; start it by its name if it is to run again",
              name,
              known.get().status());
        } else {
          start(name);
        }
      } catch (Exception e) {
        LOG.error("Job '{}' was not started: {}", name, e.getMessage(), e);
        refused.put(name, e);
      }
    }
    return refused;
  }

  /**
   * Stops all jobs so that they go on when the server starts the next time, each with a last
   * checkpoint.
   *
   * @return completed when all have stopped
   */
  public CompletableFuture<Void> stopAll() {
    List<CompletableFuture<?>> ended = new ArrayList<>();
    for (JobMaster master : masters.values()) {
      master.suspend("the server stops", true);
      ended.add(master.ended());
    }
    return CompletableFuture.allOf(ended.toArray(new CompletableFuture<?>[0]));
  }

  /** The jobs that this server runs or has run since its start, newest first. */
  public List<JobView> views() {
    return masters.values().stream()
        .map(JobMaster::view)
        .sorted(Comparator.comparingLong(JobView::startMillis).reversed())
        .toList();
  }

  public Optional<JobView> view(JobId id) {
    return Optional.ofNullable(masters.get(id)).map(JobMaster::view);
  }

  /**
   * Stops a job for good.
   *
   * @return completed with the status in which the job ended
   * @throws NoSuchElementException if this server does not run it
   */
  public CompletableFuture<JobStatus> cancel(JobId id) {
    JobMaster master = master(id);
    master.cancel();
    return master.ended();
  }

  /**
   * Stops a job so that it can be resumed by {@link #start}.
   *
   * @return completed with the status in which the job ended
   * @throws NoSuchElementException if this server does not run it
   */
  public CompletableFuture<JobStatus> suspend(JobId id) {
    JobMaster master = master(id);
    master.suspend("asked to", false);
    return master.ended();
  }

  /**
   * Takes a checkpoint now.
   *
   * @return its id; fails with the reason if it came to nothing
   * @throws NoSuchElementException if this server does not run the job
   */
  public CompletableFuture<Long> checkpoint(JobId id, CheckpointType type) {
    return master(id)
        .checkpoint(type, /* savepoint= */ null)
        .thenApply(TakenCheckpoint::checkpointId);
  }

  /**
   * Takes a savepoint now, behind which the job goes on. It commits nothing to the outside.
   *
   * @param cancelJob whether the job is cancelled when the savepoint is complete
   * @return its path; fails with the reason if it came to nothing
   * @throws NoSuchElementException if this server does not run the job
   * @throws IllegalArgumentException if it cannot be taken as asked; the message says what to do
   */
  public CompletableFuture<String> savepoint(
      JobId id, SavepointRequest request, boolean cancelJob) {
    JobMaster master = master(id);
    CompletableFuture<String> path =
        master
            .checkpoint(CheckpointType.SAVEPOINT, request.of(master))
            .thenApply(TakenCheckpoint::path);
    return cancelJob ? path.whenComplete((taken, failed) -> cancelBehind(master, failed)) : path;
  }

  private static void cancelBehind(JobMaster master, Throwable failed) {
    if (failed == null) {
      master.cancel();
    }
  }

  /**
   * Stops a job with a savepoint: nothing is processed between the savepoint and the end of the
   * job, and what its sinks have prepared is committed. If it fails, the job goes on.
   *
   * @param drain whether event time is advanced to its end and all operators finish before the
   *     savepoint, because the job is not meant to go on from there
   * @return its path when the job has finished; fails with the reason if it did not
   * @throws NoSuchElementException if this server does not run the job
   * @throws IllegalArgumentException if it cannot be taken as asked; the message says what to do
   */
  public CompletableFuture<String> stopWithSavepoint(
      JobId id, boolean drain, SavepointRequest request) {
    JobMaster master = master(id);
    return master.stopWithSavepoint(
        drain ? CheckpointType.TERMINATE_SAVEPOINT : CheckpointType.SUSPEND_SAVEPOINT,
        request.of(master));
  }

  /**
   * Completed with the status in which the job ended or was suspended.
   *
   * @throws NoSuchElementException if this server does not run it
   */
  public CompletableFuture<JobStatus> ended(JobId id) {
    return master(id).ended().copy();
  }

  /**
   * Completed when the name can be used again of a job that is shown to have ended or to be
   * suspended: the catalog learns of that a little later, and until then a start is refused. At
   * once if there is none.
   */
  public CompletableFuture<Void> settled(String name) {
    return CompletableFuture.allOf(
        masters.values().stream()
            .filter(master -> master.job().name().equals(name))
            .filter(master -> master.view().status().isTerminalState())
            .map(JobMaster::ended)
            .toArray(CompletableFuture<?>[]::new));
  }

  /** The settings for all jobs; below {@code jobs.<name>.} those for one. */
  public Configuration configuration() {
    return global;
  }

  /** In whose slots the jobs run. */
  public TaskManagers taskManagers() {
    return taskManagers;
  }

  /** What is remembered of all jobs. */
  public JobCatalog catalog() {
    return surroundings.catalog();
  }

  private JobMaster master(JobId id) {
    JobMaster master = masters.get(id);
    if (master == null) {
      throw new NoSuchElementException("Job " + id + " not found");
    }
    return master;
  }
}
