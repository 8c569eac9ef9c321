package io.weir.job.local;

import static java.util.stream.Collectors.joining;

import io.weir.engine.Clock;
import io.weir.engine.Task;
import io.weir.engine.TaskLoop;
import io.weir.job.surroundings.TaskRunner;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * Gives tasks threads of their own from a thread factory: managed threads in a server, plain ones
 * elsewhere.
 */
public final class TaskThreads implements TaskRunner {
  private final ThreadFactory threads;
  private final Clock clock;

  public TaskThreads(ThreadFactory threads, Clock clock) {
    this.threads = threads;
    this.clock = clock;
  }

  @Override
  public Handle run(List<Task> tasks) {
    Thread thread = threads.newThread(new TaskLoop(tasks, clock));
    thread.setName(tasks.stream().map(Task::name).collect(joining(", ", "weir-", "")));
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
