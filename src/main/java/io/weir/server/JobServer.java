package io.weir.server;

import io.weir.api.StreamJob;
import io.weir.catalog.CatalogSchema;
import io.weir.catalog.JpaJobCatalog;
import io.weir.config.CheckpointingOptions;
import io.weir.config.ConfigCatalog;
import io.weir.config.Configuration;
import io.weir.config.EffectiveConfiguration;
import io.weir.config.ServerOptions;
import io.weir.demo.DemoOptions;
import io.weir.engine.Clock;
import io.weir.inspect.ReadPace;
import io.weir.inspect.SnapshotExplorer;
import io.weir.inspect.SnapshotVerification;
import io.weir.job.Dispatcher;
import io.weir.job.description.JobDefinitions;
import io.weir.job.history.JobRecord;
import io.weir.job.local.SystemClock;
import io.weir.job.local.TaskThreads;
import io.weir.job.snapshots.SnapshotScrub;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.CatalogProbe;
import io.weir.job.surroundings.ConfiguredStorages;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.job.surroundings.LeaseHeldException;
import io.weir.metrics.ServerState;
import io.weir.state.heap.HeapStateBackendFactory;
import io.weir.state.rocksdb.RocksDBStateBackendFactory;
import io.weir.storage.ObjectStorages;
import io.weir.storage.SnapshotReader;
import io.weir.storage.file.FileStorageProvider;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All jobs of this server: finds them, starts those that are to run, and stops them in order. */
@ApplicationScoped
public class JobServer implements ServerState {
  private static final Logger LOG = LoggerFactory.getLogger(JobServer.class);

  /** After this long the start is tried again, if the database was not to be reached. */
  private static final long RETRY_MILLIS = 5_000;

  /** Liberty's quiesce window is 30 s, and other applications want some of it. */
  private static final long STOP_MILLIS = 25_000;

  /**
   * While the server stops its timers are dead already; this is how often call backs are looked
   * for.
   */
  private static final long STOP_TICK_MILLIS = 20;

  private final Clock clock = new SystemClock();
  private final DueTimers timers = new DueTimers(clock);
  private final AtomicBoolean starting = new AtomicBoolean();

  @Inject private ServerThreads threads;
  @Inject private StorageGuard storageGuard;
  @Inject private CatalogGuard catalogGuard;
  @Inject private Config config;
  @Inject private BeanManager beans;
  @Inject @Any private Instance<StreamJob> jobs;

  @Resource(lookup = "jdbc/weir")
  private DataSource database;

  private ServerConfiguration configuration;
  private EffectiveConfiguration effective;
  private ObjectStorages storages;
  private RocksDBStateBackendFactory rocksdb;
  private Dispatcher dispatcher;
  private CatalogWatch catalogWatch;
  private SnapshotScrub scrub;
  private final AtomicBoolean scrubbing = new AtomicBoolean();

  /** What is still to be started, or null; changed by whoever has set {@link #starting}. */
  private volatile List<String> toStart;

  private volatile boolean started;
  private volatile boolean stopped;
  private volatile String startFailure;
  private volatile Map<String, String> refused = Map.of();
  private volatile long nextTryMillis;
  private volatile long lastTickMillis;

  @PostConstruct
  void open() {
    Set<String> listed = new HashSet<>();
    config.getPropertyNames().forEach(listed::add);
    ConfigCatalog options = ConfigCatalog.weir().plus(DemoOptions.group());
    configuration = new ServerConfiguration(this::configured, listed, options);
    List<StreamJob> found = jobs.stream().toList();
    List<String> names = found.stream().map(StreamJob::name).toList();
    effective = configuration.effective(fileKeys(), names);
    effective.findings().forEach(finding -> LOG.warn(finding.message()));
    Configuration forJobs = configuration.forJobs(names);
    if (!forJobs.contains(CheckpointingOptions.LOCAL_BACKUP_DIRS)) {
      forJobs.set(
          CheckpointingOptions.LOCAL_BACKUP_DIRS,
          List.of(dataDirectory().resolve("local-state").toString()));
    }
    storages =
        ConfiguredStorages.of(
            forJobs, provider -> new GuardedStorageProvider(provider, storageGuard));
    rocksdb =
        new RocksDBStateBackendFactory(
            dataDirectory().resolve("rocksdb"), threads.forBlockingWork(), forJobs);
    JobDefinitions definitions =
        new JobDefinitions(
            forJobs, options, dataDirectory().resolve("checkpoints").toUri().toString());
    found.forEach(definitions::add);
    dispatcher = new Dispatcher(surroundings(), forJobs, definitions);
    catalogWatch =
        new CatalogWatch(
            new CatalogProbe(dispatcher.catalog())::failure, threads.forCatalogWatch(), clock);
    scrub =
        new SnapshotScrub(
            dispatcher.catalog(),
            clock,
            scrubCheck(),
            configuration.get(ServerOptions.SCRUB_INTERVAL).toMillis());
  }

  private SnapshotScrub.Check scrubCheck() {
    ReadPace pace =
        new ReadPace(
            configuration.get(ServerOptions.SCRUB_BYTES_PER_SECOND).getBytes(),
            clock::nanoTime,
            LockSupport::parkNanos);
    SnapshotVerification verification =
        new SnapshotVerification(
            new SnapshotReader(storages),
            bytes -> {
              pace.accept(bytes);
              if (stopped) {
                throw new CancellationException("the server stops");
              }
            });
    return path -> verification.verify(path).damages();
  }

  private Optional<SourcedText> configured(String key) {
    ConfigValue value = config.getConfigValue(key);
    return value.getValue() == null ? Optional.empty() : Optional.of(SourcedText.of(value));
  }

  private Set<String> fileKeys() {
    Set<String> keys = new HashSet<>();
    for (ConfigSource source : config.getConfigSources()) {
      if (source instanceof ConfigurationFile file) {
        keys.addAll(file.getPropertyNames());
      }
    }
    return keys;
  }

  private JobSurroundings surroundings() {
    return new JobSurroundings(
        clock,
        threads.forCoordinators(),
        threads.forBlockingWork(),
        timers,
        new TaskThreads(threads.forTasks(), clock),
        new JpaJobCatalog(new GuardedTransactions(catalogGuard)),
        storages,
        ObjectStorages.of(new FileStorageProvider()),
        List.of(new HeapStateBackendFactory(), rocksdb),
        new FunctionInjector(beans),
        UUID::randomUUID,
        new SecureRandom(),
        ServerName.of(configuration));
  }

  private Path dataDirectory() {
    return Path.of(configuration.get(ServerOptions.DATA_DIRECTORY)).toAbsolutePath();
  }

  /** The jobs, for all who want to see or command them. */
  @Produces
  @Singleton
  public Dispatcher dispatcher() {
    return dispatcher;
  }

  /** What is configured, for all who want to see it. */
  @Produces
  @Singleton
  public EffectiveConfiguration effectiveConfiguration() {
    return effective;
  }

  /** Looks into snapshots, for all who want to see what is in them. */
  @Produces
  @Singleton
  public SnapshotExplorer explorer() {
    return new SnapshotExplorer(new SnapshotReader(storages), rocksdb);
  }

  /** Verifies snapshots, for all who want to know now. */
  @Produces
  @Singleton
  public SnapshotScrub scrub() {
    return scrub;
  }

  /** The time, for all who need it. */
  @Produces
  @Singleton
  public Clock clock() {
    return clock;
  }

  /**
   * Makes the database ready and starts the jobs. If the database cannot be reached, {@link #tick}
   * tries again.
   */
  void start() {
    if (isAllStarted() || stopped || !starting.compareAndSet(false, true)) {
      return;
    }
    try {
      if (toStart == null) {
        CatalogSchema.migrate(database);
        toStart = configuration.toStart(dispatcher.definitions().names(), unfinished());
      }
      startJobs();
      startFailure = null;
      if (!started) {
        started = true;
        LOG.info(
            "Weir has started; jobs that can be started by name: {}",
            dispatcher.definitions().names());
      }
    } catch (CatalogException | RuntimeException e) {
      startFailure = e.getMessage();
      nextTryMillis = clock.nowMillis() + RETRY_MILLIS;
      LOG.error("Weir cannot start its jobs, and tries again: {}", e.getMessage());
    } finally {
      starting.set(false);
    }
  }

  /** A stopped server leaves the jobs that it ran as running. */
  private Set<String> unfinished() throws CatalogException {
    return dispatcher.catalog().jobs().stream()
        .filter(job -> !job.status().isTerminalState())
        .map(JobRecord::name)
        .collect(Collectors.toSet());
  }

  private boolean isAllStarted() {
    return started && toStart.isEmpty();
  }

  /**
   * A job that is refused stays so; one that the database kept from its start is tried again, and
   * so is one that another server runs or ran until just now.
   */
  private void startJobs() throws CatalogException {
    Map<String, String> reasons = new TreeMap<>(refused);
    reasons.keySet().removeAll(toStart);
    List<String> again = new ArrayList<>();
    CatalogException failure = null;
    for (Map.Entry<String, Exception> each : dispatcher.startAll(toStart).entrySet()) {
      if (each.getValue() instanceof CatalogException e) {
        again.add(each.getKey());
        failure = e;
      } else {
        if (each.getValue() instanceof LeaseHeldException) {
          again.add(each.getKey());
        }
        reasons.put(each.getKey(), String.valueOf(each.getValue().getMessage()));
      }
    }
    refused = Map.copyOf(reasons);
    toStart = List.copyOf(again);
    nextTryMillis = clock.nowMillis() + RETRY_MILLIS;
    if (failure != null) {
      throw failure;
    }
  }

  /** Calls back what is due. Short; may be called by several threads. */
  void tick() {
    lastTickMillis = clock.nowMillis();
    timers.callDue();
    if (!isAllStarted() && !stopped && clock.nowMillis() >= nextTryMillis && !starting.get()) {
      nextTryMillis = Long.MAX_VALUE;
      threads.forBlockingWork().execute(this::start);
    }
    if (started && !stopped && scrub.isDue() && scrubbing.compareAndSet(false, true)) {
      threads.forScrub().execute(this::runScrub);
    }
  }

  private void runScrub() {
    try {
      scrub.run();
    } finally {
      scrubbing.set(false);
    }
  }

  /** Stops all jobs so that they go on at the next start, each with a last checkpoint. */
  void stop() {
    stopped = true;
    CompletableFuture<Void> all = dispatcher.stopAll();
    long deadline = clock.nowMillis() + STOP_MILLIS;
    boolean patient = true;
    while (patient && !all.isDone() && clock.nowMillis() < deadline) {
      timers.callDue();
      patient = await(all);
    }
    if (all.isDone()) {
      rocksdb.close();
      LOG.info("All jobs have stopped");
    } else {
      LOG.warn(
          "Not all jobs have stopped within {} s; they go on from their last checkpoints at the next start",
          STOP_MILLIS / 1000);
    }
    threads.endBlockingWork(deadline - clock.nowMillis());
    try {
      storages.close();
    } catch (IOException e) {
      LOG.warn("A connection to storage was not closed in order: {}", e.getMessage());
    }
  }

  /** Waits a moment; false if there is no time for that. */
  private static boolean await(CompletableFuture<Void> all) {
    try {
      all.get(STOP_TICK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // the caller looks at its deadline
    } catch (ExecutionException e) {
      LOG.warn("A job did not stop as it should: {}", e.getCause().toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return true;
  }

  @Override
  public boolean isStarted() {
    return started;
  }

  @Override
  public Optional<String> startFailure() {
    return Optional.ofNullable(startFailure);
  }

  @Override
  public Optional<String> catalogFailure() {
    return started ? catalogWatch.failure() : Optional.empty();
  }

  @Override
  public long lastTickMillis() {
    return lastTickMillis;
  }

  @Override
  public long nativeMemoryBytes() {
    return rocksdb.nativeBytes();
  }

  @Override
  public long nativeMemoryBudgetBytes() {
    return rocksdb.nativeBudgetBytes();
  }

  @Override
  public Map<String, String> refusedJobs() {
    Map<String, String> still = new TreeMap<>(refused);
    // somebody has mended it, and has started it by its name
    dispatcher.views().forEach(view -> still.remove(view.name()));
    return still;
  }
}
