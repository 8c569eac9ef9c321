package io.weir.job;

import io.weir.job.local.InMemoryCatalog;
import io.weir.job.surroundings.JobCatalog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A catalog that remembers what was committed to it, and can lose the end of that. */
final class CommitLog {
  private static final Set<String> READS =
      Set.of(
          "attempts",
          "checkpoint",
          "checkpointCounts",
          "checkpoints",
          "checkpointsBefore",
          "checkpointsInProgress",
          "damagedRestorePoints",
          "decisions",
          "failures",
          "job",
          "jobNamed",
          "jobs",
          "nextCheckpointId",
          "restorePoints",
          "retained",
          "snapshotsAt");

  private record Commit(Method method, List<Object> arguments) {}

  private final JobCatalog catalog = new InMemoryCatalog();
  private final List<Commit> commits = new ArrayList<>();

  private synchronized Object call(Method method, Object[] arguments) throws Throwable {
    try {
      Object result = method.invoke(catalog, arguments);
      if (!READS.contains(method.getName())) {
        commits.add(new Commit(method, List.of(arguments)));
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  JobCatalog port() {
    return (JobCatalog)
        Proxy.newProxyInstance(
            CommitLog.class.getClassLoader(),
            new Class<?>[] {JobCatalog.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  /** How many commits there have been up to the first one to this method. */
  synchronized int upTo(String method) {
    for (int i = 0; i < commits.size(); i++) {
      if (commits.get(i).method().getName().equals(method)) {
        return i + 1;
      }
    }
    throw new IllegalStateException("no commit to " + method);
  }

  synchronized int size() {
    return commits.size();
  }

  /** The catalog as it was after so many commits. */
  synchronized CommitLog first(int count) throws Exception {
    CommitLog shorter = new CommitLog();
    for (Commit commit : commits.subList(0, count)) {
      commit.method().invoke(shorter.port(), commit.arguments().toArray());
    }
    return shorter;
  }
}
