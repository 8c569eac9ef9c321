package io.weir.job.local;

import io.weir.engine.Clock;
import io.weir.engine.Task;
import io.weir.engine.TaskLoop;
import io.weir.job.surroundings.TaskRunner;
import java.util.concurrent.ThreadFactory;

/**
 * Gives each task a thread of its own from a thread factory: managed threads in a server, plain
 * ones elsewhere.
 */
public final class ThreadPerTask implements TaskRunner {
  private final ThreadFactory threads;
  private final Clock clock;

  public ThreadPerTask(ThreadFactory threads, Clock clock) {
    this.threads = threads;
    this.clock = clock;
  }

  @Override
  public Handle run(Task task) {
    Thread thread = threads.newThread(new TaskLoop(task, clock));
    thread.setName("weir-" + task.name());
    thread.start();
    return new ThreadHandle(thread);
  }

  private record ThreadHandle(Thread thread) implements Handle {
    @Override
    public void interrupt() {
      thread.interrupt();
    }

    @Override
    public StackTraceElement[] stackTrace() {
      return thread.getStackTrace();
    }
  }
}
