package io.weir.job;

import io.weir.api.StreamJob;
import io.weir.api.environment.JobStatus;
import io.weir.api.environment.RestoreReport;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.graph.Transformation;
import io.weir.config.CheckpointingOptions;
import io.weir.config.ConfigCatalog;
import io.weir.config.ConfigFinding;
import io.weir.config.Configuration;
import io.weir.config.IllegalConfigurationException;
import io.weir.config.SavepointOptions;
import io.weir.job.history.JobRecord;
import io.weir.plan.JobPlan;
import io.weir.plan.JobPlanner;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.LocalBackup;
import io.weir.storage.UnusableStorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All jobs of one server or one process: submits, starts, stops and resumes them, by name or id.
 * Safe for use by several threads. Methods that throw {@link CatalogException} may block.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final String JOB_PREFIX = "jobs.";

  private final JobSurroundings surroundings;
  private final Configuration global;
  private final TaskManagers taskManagers;
  private final ConfigCatalog options;
  private final Configuration defaults = new Configuration();
  private final Map<String, StreamJob> definitions = new ConcurrentHashMap<>();
  private final Map<JobId, JobMaster> masters = new ConcurrentHashMap<>();

  /**
   * Creates a dispatcher without jobs.
   *
   * @param global settings for all jobs; below {@code jobs.<name>.} those for one
   * @param options all options that there are
   * @param defaultCheckpointDirectory where checkpoints go if the configuration does not say
   */
  public Dispatcher(
      JobSurroundings surroundings,
      Configuration global,
      ConfigCatalog options,
      String defaultCheckpointDirectory) {
    this.surroundings = surroundings;
    this.global = global;
    this.taskManagers =
        new TaskManagers(
            global,
            (lost, why) -> masters.values().forEach(master -> master.taskManagerLost(lost, why)));
    this.options = options;
    defaults.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, defaultCheckpointDirectory);
  }

  /** Makes a job known, so that it can be started by its name. */
  public void define(StreamJob job) {
    StreamJob other = definitions.putIfAbsent(job.name(), job);
    if (other != null) {
      throw new IllegalArgumentException(
          "Two jobs are named '"
              + job.name()
              + "': "
              + other.getClass().getName()
              + " and "
              + job.getClass().getName()
              + ". A job is started, stopped and resumed by its name; give one of them another.");
    }
  }

  /** The names of the jobs that can be started, in order. */
  public List<String> definitions() {
    return definitions.keySet().stream().sorted().toList();
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
    Configuration effective = new Configuration();
    JobPlan plan = describe(name, request, effective);
    Optional<JobRecord> known = notEnded(name);
    if (known.isPresent()) {
      JobId id = known.get().id();
      JobMaster running = masters.get(id);
      if (running != null && !running.ended().isDone()) {
        throw new JobNameTakenException(name, id);
      }
      if (request.isToGoOn()) {
        StartRequest.applyStored(Configuration.fromMap(known.get().configuration()), effective);
        launch(new JobDescription(id, name, plan, effective));
        return id;
      }
      cancelInFavourOf(request, id);
    }
    JobDescription job = new JobDescription(newId(), name, plan, effective);
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
    Configuration effective = new Configuration();
    JobPlan plan = describe(name, request, effective);
    Optional<JobRecord> known = notEnded(name);
    boolean goesOn = known.isPresent() && request.isToGoOn();
    if (goesOn) {
      StartRequest.applyStored(Configuration.fromMap(known.get().configuration()), effective);
    }
    JobId id = goesOn ? known.get().id() : newId();
    JobDescription job = new JobDescription(id, name, plan, effective);
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
    Configuration effective = effective(name, configuration);
    JobPlan plan = plan(name, transformations, effective);
    return dryRun(new JobDescription(newId(), name, plan, effective), openFunctions);
  }

  private RestoreReport dryRun(JobDescription job, boolean openFunctions) throws Exception {
    JobSettings settings = JobSettings.of(job.configuration());
    CheckpointStorage storage = storage(job.id(), settings);
    return new Restorer(job, settings, surroundings.catalog(), storage)
        .dryRun(ExecutionDeployer.declarations(job, settings, surroundings), openFunctions);
  }

  /**
   * The plan of a job that is started by its name.
   *
   * @param effective is given its settings
   */
  private JobPlan describe(String name, StartRequest request, Configuration effective)
      throws Exception {
    StreamJob definition = definitions.get(name);
    if (definition == null) {
      throw new IllegalArgumentException(
          "There is no job named '" + name + "' in this server; there are " + definitions() + ".");
    }
    Configuration code = new Configuration();
    List<Transformation<?>> transformations = define(definition, code);
    effective.addAll(effective(name, code));
    request.applyTo(effective);
    return plan(name, transformations, effective);
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

  private List<Transformation<?>> define(StreamJob definition, Configuration code)
      throws Exception {
    List<Transformation<?>> transformations = new ArrayList<>();
    StreamExecutionEnvironment environment =
        new StreamExecutionEnvironment(
            configured(definition.name()),
            (jobName, all, configuration) -> {
              throw new IllegalStateException(
                  "Job '"
                      + definition.name()
                      + "' calls execute() itself; in a server, define() only describes the job, and the server executes it.");
            });
    environment.callInScope(
        () -> {
          definition.define(environment);
          return null;
        });
    transformations.addAll(environment.getTransformations());
    code.addAll(environment.getConfiguration());
    return transformations;
  }

  /** What the server's configuration says to a job. */
  private Configuration configured(String name) {
    return options.layered(global, global.subset(JOB_PREFIX + name + "."));
  }

  /**
   * The server's settings, over them those that the job makes in code, over them those that the
   * server's configuration has for this job.
   */
  private Configuration effective(String name, Configuration code) {
    Configuration effective =
        options.layered(defaults, global, code, global.subset(JOB_PREFIX + name + "."));
    List<ConfigFinding> findings = options.review(withoutJobs(effective));
    String fatal =
        findings.stream()
            .filter(finding -> finding.kind().isFatal())
            .map(ConfigFinding::message)
            .collect(Collectors.joining("\n"));
    if (!fatal.isEmpty()) {
      throw new IllegalConfigurationException(fatal);
    }
    findings.forEach(finding -> LOG.warn("Job '{}': {}", name, finding.message()));
    return effective;
  }

  private static Configuration withoutJobs(Configuration configuration) {
    Map<String, String> rest = new TreeMap<>(configuration.toMap());
    rest.keySet().removeIf(key -> key.startsWith(JOB_PREFIX));
    return Configuration.fromMap(rest);
  }

  private JobPlan plan(
      String name, List<Transformation<?>> transformations, Configuration effective) {
    JobPlan plan = JobPlanner.plan(name, transformations, effective);
    plan.warnings().forEach(warning -> LOG.warn("Job '{}': {}", name, warning));
    return plan;
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
    Configuration effective = effective(name, configuration);
    JobPlan plan = plan(name, transformations, effective);
    return submit(new JobDescription(newId(), name, plan, effective));
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
   * Removes a savepoint, or a retained checkpoint, for good.
   *
   * @param path its directory, or the {@code _metadata} in it
   * @return fails with the reason if it was not removed: a job needs it, or it is no snapshot
   */
  public CompletableFuture<Void> dispose(String path) {
    SavepointDisposal disposal =
        new SavepointDisposal(surroundings.catalog(), surroundings.storages());
    CompletableFuture<Void> answer = new CompletableFuture<>();
    surroundings
        .blocking()
        .execute(
            () -> {
              try {
                disposal.dispose(path);
                answer.complete(null);
              } catch (Exception e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }

  /**
   * Keeps a completed checkpoint or savepoint until somebody unpins it: it is neither removed when
   * it is subsumed or its job ends, nor disposed of.
   *
   * @throws RefusedException if that cannot be; the message says why
   */
  public void pin(JobId id, long checkpointId) throws CatalogException, RefusedException {
    pins().pin(id, checkpointId);
  }

  /** Treats a pinned checkpoint or savepoint like any other again: it may be removed at once. */
  public void unpin(JobId id, long checkpointId) throws CatalogException, RefusedException {
    pins().unpin(id, checkpointId);
  }

  /**
   * Calls a completed checkpoint or savepoint something else.
   *
   * @param label null for nothing
   * @throws IllegalArgumentException if the label is none; the message says what to do
   * @throws CatalogException also if it is not complete, or removed
   */
  public void label(JobId id, long checkpointId, String label) throws CatalogException {
    if (label != null) {
      SavepointOptions.requireLabel(label);
    }
    surroundings.catalog().checkpointLabelled(id, checkpointId, label);
  }

  private SnapshotPins pins() {
    return new SnapshotPins(surroundings.catalog(), id -> Optional.ofNullable(masters.get(id)));
  }

  /**
   * What is in the directories of all known jobs' checkpoints and belongs to nothing. Changes
   * nothing. May block, for long on a large store.
   *
   * @param grace how long something must have been left alone
   */
  public OrphanReport orphans(Duration grace) throws CatalogException {
    return new OrphanSearch(surroundings).search(grace);
  }

  /**
   * Removes what {@link #orphans} finds now, slowly. May be repeated.
   *
   * @return what was removed in the end; fails if nothing could be searched
   */
  public CompletableFuture<OrphanReport> removeOrphans(Duration grace) {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return orphans(grace);
              } catch (CatalogException e) {
                throw new CompletionException(e);
              }
            },
            surroundings.blocking())
        .thenCompose(report -> OrphanRemoval.begin(surroundings, report));
  }

  /**
   * Writes into the catalog what storage alone tells of jobs, after the catalog's database was
   * lost. Starts nothing, changes nothing that the catalog knows, and may be repeated. May block,
   * for long on a large store.
   *
   * @param more directories to search, besides those that are configured
   */
  public RebuildReport rebuildCatalog(List<String> more) throws CatalogException {
    Set<String> directories = new LinkedHashSet<>(more);
    addDirectories(options.layered(defaults, global), directories);
    for (StreamJob job : definitions.values()) {
      Configuration code = new Configuration();
      try {
        List<Transformation<?>> unused = define(job, code);
      } catch (Exception e) {
        LOG.warn(
            "Job '{}' does not tell where its code lets checkpoints go: {}",
            job.name(),
            e.getMessage());
      }
      addDirectories(
          options.layered(defaults, global, code, global.subset(JOB_PREFIX + job.name() + ".")),
          directories);
    }
    return new CatalogRebuild(surroundings).run(directories);
  }

  private static void addDirectories(Configuration configuration, Set<String> directories) {
    configuration
        .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
        .ifPresent(directories::add);
    configuration.getOptional(CheckpointingOptions.SAVEPOINT_DIRECTORY).ifPresent(directories::add);
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
