package io.weir.server;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The container's threads, by what they are for.
 *
 * <p>Tasks run as long as the job: each gets a thread of its own from the managed thread factory,
 * because long-running work on a managed executor takes the threads that the container's timers and
 * requests need. Work that may wait for storage or database goes to a managed executor of a limited
 * size. What the coordinators do is short and must never wait behind the two: it has its own few
 * threads.
 *
 * <p>Created when the application starts, on its thread: a managed thread factory hands on the
 * context of whoever has asked for it first.
 */
@ApplicationScoped
@ManagedExecutorDefinition(
    name = "java:module/concurrent/weirBlocking",
    maxAsync = ServerThreads.MAX_BLOCKING)
public class ServerThreads {
  /** Uploads at once: enough to hide the latency of a storage, too few to starve the container. */
  static final int MAX_BLOCKING = 16;

  private static final Logger LOG = LoggerFactory.getLogger(ServerThreads.class);
  private static final int COORDINATOR_THREADS = 2;
  private static final int IDLE_SECONDS = 5;

  @Resource private ManagedThreadFactory threads;

  @Resource(lookup = "java:module/concurrent/weirBlocking")
  private ManagedExecutorService blocking;

  private ExecutorService coordinators;
  private ExecutorService scrub;
  private ExecutorService catalogWatch;

  /** What {@link #blocking} no longer takes because the server stops. */
  private ThreadPoolExecutor lateBlocking;

  @PostConstruct
  void open() {
    coordinators = Executors.newFixedThreadPool(COORDINATOR_THREADS, named("weir-coordinator"));
    scrub = Executors.newSingleThreadExecutor(named("weir-scrub"));
    catalogWatch = Executors.newSingleThreadExecutor(named("weir-catalog-watch"));
    lateBlocking =
        new ThreadPoolExecutor(
            MAX_BLOCKING,
            MAX_BLOCKING,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("weir-last-checkpoint"));
    lateBlocking.allowCoreThreadTimeOut(true);
  }

  private ThreadFactory named(String name) {
    return work -> {
      Thread thread = threads.newThread(work);
      thread.setName(name);
      return thread;
    };
  }

  /** For tasks. */
  ThreadFactory forTasks() {
    return threads;
  }

  /**
   * For what may wait for storage or database. The container's executors take nothing more once the
   * server has begun to stop, before the jobs have had the time for their last checkpoints; threads
   * of the factory are there until the end.
   */
  Executor forBlockingWork() {
    return work -> {
      try {
        blocking.execute(work);
      } catch (RejectedExecutionException e) {
        executeUnlessStopped(lateBlocking, work);
      }
    };
  }

  /** For what coordinators do: short, never waiting. */
  Executor forCoordinators() {
    return work -> executeUnlessStopped(coordinators, work);
  }

  /** For reading snapshots in the background: one thread, which nothing else waits for. */
  Executor forScrub() {
    return work -> executeUnlessStopped(scrub, work);
  }

  /**
   * For asking whether the catalog answers: one thread, so that an outage of a storage, for which
   * blocking work waits, is not taken for one of the catalog.
   */
  Executor forCatalogWatch() {
    return work -> executeUnlessStopped(catalogWatch, work);
  }

  /**
   * Begins no more blocking work, lets what there is come to its end, and interrupts what has not
   * by then. For the very end of a stop: behind it the container starts no thread of an application
   * any more, and would call each attempt an error.
   *
   * @param patienceMillis how long it may take
   */
  void endBlockingWork(long patienceMillis) {
    lateBlocking.shutdown();
    try {
      if (!lateBlocking.awaitTermination(patienceMillis, TimeUnit.MILLISECONDS)) {
        lateBlocking.shutdownNow();
      }
    } catch (InterruptedException e) {
      lateBlocking.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** Once everything has been closed nothing that comes later matters any more. */
  private static void executeUnlessStopped(Executor executor, Runnable work) {
    try {
      executor.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("The server has stopped; left out: {}", work, e);
    }
  }

  @PreDestroy
  void close() {
    scrub.shutdownNow();
    catalogWatch.shutdownNow();
    coordinators.shutdownNow();
    lateBlocking.shutdownNow();
  }
}
