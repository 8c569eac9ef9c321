package io.weir.job.local;

import io.weir.engine.Clock;
import io.weir.job.surroundings.Timers;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of one local job: daemons, all of them gone when it has ended. */
final class LocalThreads {
  private static final Logger LOG = LoggerFactory.getLogger(LocalThreads.class);
  private static final long IDLE_SECONDS = 60;

  private final ExecutorService actors;
  private final ExecutorService blocking;
  private final ScheduledExecutorService timer;
  private final ThreadFactory tasks;

  /**
   * Makes the threads' owners.
   *
   * @param whenGone called when all work is done after {@link #shutDown}
   */
  LocalThreads(String jobName, Runnable whenGone) {
    tasks = daemons("weir-" + jobName);
    actors = Executors.newSingleThreadExecutor(daemons("weir-" + jobName + "-master"));
    blocking =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons("weir-" + jobName + "-io")) {
          @Override
          protected void terminated() {
            whenGone.run();
          }
        };
    timer = Executors.newSingleThreadScheduledExecutor(daemons("weir-" + jobName + "-timer"));
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    ThreadFactory plain = Executors.defaultThreadFactory();
    return runnable -> {
      Thread thread = plain.newThread(runnable);
      thread.setDaemon(true);
      thread.setName(name + "-" + count.getAndIncrement());
      return thread;
    };
  }

  Executor actors() {
    return action -> executeUnlessEnded(actors, action);
  }

  Executor blocking() {
    return blocking;
  }

  ThreadFactory tasks() {
    return tasks;
  }

  Timers timers(Clock clock) {
    return (timeMillis, action) ->
        executeUnlessEnded(later -> schedule(later, timeMillis - clock.nowMillis()), action);
  }

  private void schedule(Runnable action, long delayMillis) {
    Future<?> unused = timer.schedule(action, Math.max(0, delayMillis), TimeUnit.MILLISECONDS);
  }

  /** What comes after the job's end is of no interest any more. */
  private static void executeUnlessEnded(Executor executor, Runnable action) {
    try {
      executor.execute(action);
    } catch (RejectedExecutionException e) {
      LOG.debug("after the end of the job: {}", action);
    }
  }

  void shutDown() {
    timer.shutdownNow();
    actors.shutdown();
    blocking.shutdown();
  }
}
