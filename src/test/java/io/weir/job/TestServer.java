package io.weir.job;

import io.weir.api.StreamJob;
import io.weir.api.environment.JobStatus;
import io.weir.config.ConfigCatalog;
import io.weir.config.Configuration;
import io.weir.engine.Clock;
import io.weir.engine.Task;
import io.weir.engine.TaskListener;
import io.weir.job.description.JobDefinitions;
import io.weir.job.execution.JobView;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.local.SystemClock;
import io.weir.job.local.TaskThreads;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.job.surroundings.TaskRunner;
import io.weir.snapshot.JobId;
import io.weir.state.StateBackendFactory;
import io.weir.state.heap.HeapStateBackendFactory;
import io.weir.storage.ObjectStorages;
import io.weir.storage.file.FileStorageProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** Jobs with real threads, files and time, over a catalog that outlives this server. */
final class TestServer implements AutoCloseable {
  /** A machine may be slow, and nothing here is about time. */
  static final long PATIENCE_SECONDS = 180;

  private final ThreadFactory daemons =
      action -> {
        Thread thread = Executors.defaultThreadFactory().newThread(action);
        thread.setDaemon(true);
        return thread;
      };
  private final ExecutorService actors = Executors.newSingleThreadExecutor(daemons);
  private final AtomicInteger blockingWork = new AtomicInteger();
  private final ExecutorService blocking = Executors.newCachedThreadPool(daemons);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(daemons);
  private final ShiftedClock clock;
  private final Set<Alarm> alarms = ConcurrentHashMap.newKeySet();
  private final JobCatalog catalog;
  private UnaryOperator<TaskListener> listeners = UnaryOperator.identity();
  private final Dispatcher dispatcher;

  TestServer(JobCatalog catalog, Path checkpoints) {
    this(catalog, checkpoints, new Configuration());
  }

  /**
   * @param configuration of the server
   */
  TestServer(JobCatalog catalog, Path checkpoints, Configuration configuration) {
    this(
        "server",
        catalog,
        checkpoints,
        ObjectStorages.of(new FileStorageProvider()),
        0,
        configuration,
        new HeapStateBackendFactory());
  }

  /**
   * @param backend belongs to the caller
   */
  TestServer(JobCatalog catalog, Path checkpoints, StateBackendFactory backend) {
    this(
        "server",
        catalog,
        checkpoints,
        ObjectStorages.of(new FileStorageProvider()),
        0,
        new Configuration(),
        backend);
  }

  /** Waits until something is so. */
  static void until(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come to that in " + PATIENCE_SECONDS + " s");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  /** What the tasks of all jobs tell comes through here; before the first job is started. */
  TestServer listening(UnaryOperator<TaskListener> between) {
    listeners = between;
    return this;
  }

  /**
   * @param owner the name of this server in leases
   * @param aheadMillis how far its clock is ahead of others
   */
  TestServer(
      String owner,
      JobCatalog catalog,
      Path checkpoints,
      ObjectStorages storages,
      long aheadMillis) {
    this(
        owner,
        catalog,
        checkpoints,
        storages,
        aheadMillis,
        new Configuration(),
        new HeapStateBackendFactory());
  }

  private TestServer(
      String owner,
      JobCatalog catalog,
      Path checkpoints,
      ObjectStorages storages,
      long aheadMillis,
      Configuration configuration,
      StateBackendFactory backend) {
    this.catalog = catalog;
    this.clock = new ShiftedClock(aheadMillis);
    dispatcher =
        new Dispatcher(
            new JobSurroundings(
                clock,
                actors,
                this::executeBlocking,
                (timeMillis, action) -> schedule(new Alarm(timeMillis, action)),
                new Tasks(new TaskThreads(daemons, clock)),
                catalog,
                storages,
                storages,
                List.of(backend),
                function -> {},
                UUID::randomUUID,
                new Random(7),
                owner),
            configuration,
            new JobDefinitions(
                configuration, ConfigCatalog.weir(), checkpoints.toUri().toString()));
  }

  private void executeBlocking(Runnable action) {
    blockingWork.incrementAndGet();
    blocking.execute(
        () -> {
          try {
            action.run();
          } finally {
            blockingWork.decrementAndGet();
          }
        });
  }

  /**
   * Waits until nothing is written or removed any more: some of that goes on behind a job's end.
   */
  void awaitBlockingWork() throws Exception {
    until(() -> blockingWork.get() == 0);
  }

  private void schedule(Alarm alarm) {
    alarms.add(alarm);
    // the clock may have jumped meanwhile
    alarm.ringIfDue();
    if (!timer.isShutdown()) {
      Future<?> unused =
          timer.schedule(
              alarm::ring,
              Math.max(0, alarm.timeMillis - clock.nowMillis()),
              TimeUnit.MILLISECONDS);
    }
  }

  /** Lets so much time pass at once; what it makes due happens. */
  void passTime(Duration time) {
    clock.jump(time);
    alarms.forEach(Alarm::ringIfDue);
  }

  private final class Alarm {
    private final long timeMillis;
    private final Runnable action;
    private final AtomicBoolean hasRung = new AtomicBoolean();

    Alarm(long timeMillis, Runnable action) {
      this.timeMillis = timeMillis;
      this.action = action;
    }

    void ringIfDue() {
      if (timeMillis <= clock.nowMillis()) {
        ring();
      }
    }

    void ring() {
      if (hasRung.compareAndSet(false, true)) {
        alarms.remove(this);
        action.run();
      }
    }
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  TestServer with(StreamJob job) {
    dispatcher.definitions().add(job);
    return this;
  }

  JobStatus end(JobId job) throws Exception {
    return dispatcher.ended(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  JobStatus suspend(JobId job) throws Exception {
    return dispatcher.suspend(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends a job that would run on; nothing of it is written any more. */
  void cancel(JobId job) throws Exception {
    JobStatus unused = dispatcher.cancel(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    awaitBlockingWork();
  }

  JobView view(JobId job) {
    return dispatcher.view(job).orElseThrow();
  }

  /** What the job could be restored from, newest first. */
  List<CheckpointRecord> restorePoints(JobId job) throws CatalogException {
    return catalog.restorePoints(job);
  }

  JobStatus statusInCatalog(JobId job) throws CatalogException {
    return catalog.job(job).orElseThrow().status();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    for (JobView view : dispatcher.views()) {
      CompletableFuture<JobStatus> unused = dispatcher.cancel(view.id());
    }
    actors.shutdown();
  }

  private final class Tasks implements TaskRunner {
    private final TaskRunner threads;

    Tasks(TaskRunner threads) {
      this.threads = threads;
    }

    @Override
    public Handle run(List<Task> tasks) {
      return threads.run(tasks);
    }

    @Override
    public TaskListener listener(TaskListener master) {
      return listeners.apply(master);
    }
  }

  private static final class ShiftedClock implements Clock {
    private static final Clock SYSTEM = new SystemClock();

    private final AtomicLong aheadMillis;

    ShiftedClock(long aheadMillis) {
      this.aheadMillis = new AtomicLong(aheadMillis);
    }

    void jump(Duration time) {
      aheadMillis.addAndGet(time.toMillis());
    }

    @Override
    public long nowMillis() {
      return SYSTEM.nowMillis() + aheadMillis.get();
    }

    @Override
    public long nanoTime() {
      return SYSTEM.nanoTime() + TimeUnit.MILLISECONDS.toNanos(aheadMillis.get());
    }
  }
}
