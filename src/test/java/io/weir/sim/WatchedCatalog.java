package io.weir.sim;

import io.weir.api.environment.JobStatus;
import io.weir.job.JobCatalog;
import io.weir.job.history.AttemptRecord;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.FailoverScope;
import io.weir.job.history.FailureRecord;
import io.weir.job.history.JobRecord;
import io.weir.snapshot.JobId;
import io.weir.testkit.CatalogFault;
import io.weir.testkit.FaultyCatalog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Puts faults in front of a catalog, and looks at what reaches it. */
final class WatchedCatalog {
  /** What else makes a job fail when checkpoints do. */
  private static final List<String> CONSEQUENCES =
      List.of(
          "CHECKPOINT_EXPIRED",
          "CHECKPOINT_ASYNC_EXCEPTION",
          "FINALIZE_CHECKPOINT_FAILURE",
          "IO_EXCEPTION",
          "is damaged",
          "has been given up",
          "reads back differently",
          "could not commit");

  private final JobCatalog catalog;
  private final World world;
  private final SnapshotCheck snapshots;
  private final boolean impatient;

  /** By job and checkpoint. */
  private final Set<String> started = new TreeSet<>();

  private final Set<String> completed = new TreeSet<>();
  private Letters letters;
  private int regionFailures;
  private boolean hasFallenBack;

  /**
   * @param impatient whether checkpoints of the job may expire only because its tasks are slow
   */
  WatchedCatalog(JobCatalog catalog, World world, SnapshotCheck snapshots, boolean impatient) {
    this.impatient = impatient;
    this.catalog = catalog;
    this.world = world;
    this.snapshots = snapshots;
  }

  /** The catalog for a process that starts now. */
  JobCatalog connect(Letters lettersOfTheProcess) {
    letters = lettersOfTheProcess;
    JobCatalog watched =
        (JobCatalog)
            Proxy.newProxyInstance(
                WatchedCatalog.class.getClassLoader(),
                new Class<?>[] {JobCatalog.class},
                (proxy, method, arguments) -> call(method, arguments));
    return FaultyCatalog.of(watched, this::fault);
  }

  /** Whether an attempt was restored from an older checkpoint than there was. */
  boolean hasFallenBack() {
    return hasFallenBack;
  }

  /** Failures of single regions. */
  int regionFailures() {
    return regionFailures;
  }

  int completed() {
    return completed.size();
  }

  private CatalogFault fault(String method) {
    world.refuseIfCrashed();
    if (world.happens(FaultKind.CATALOG_CRASH_BEFORE, method)) {
      throw world.crash("in front of " + method);
    }
    if (world.faults().isCatalogOut()) {
      world.log().line("!! the catalog cannot be reached for " + method);
      return CatalogFault.FAILS_BEFORE;
    }
    if (world.happens(FaultKind.CATALOG_FAILS_BEFORE, method)) {
      return CatalogFault.FAILS_BEFORE;
    }
    return world.happens(FaultKind.CATALOG_FAILS_AFTER, method)
        ? CatalogFault.FAILS_AFTER
        : CatalogFault.NONE;
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    before(method.getName(), arguments);
    Object result;
    try {
      result = method.invoke(catalog, arguments);
    } catch (InvocationTargetException e) {
      world.log().detail(() -> "catalog refuses " + method.getName() + ": " + e.getCause());
      throw e.getCause();
    }
    result = after(method.getName(), arguments, result);
    if (world.happens(FaultKind.CATALOG_CRASH_AFTER, method.getName())) {
      throw world.crash("after " + method.getName());
    }
    return result;
  }

  private void before(String method, Object[] arguments) {
    switch (method) {
      case "checkpointStarted" -> started((CheckpointRecord) arguments[0]);
      case "checkpointCompleted" -> completed((CheckpointRecord) arguments[0]);
      case "checkpointFailed" ->
          world.log().detail(() -> "catalog " + describe((CheckpointRecord) arguments[0]));
      case "statusChanged" -> world.log().line("job is " + arguments[1] + ": " + arguments[2]);
      case "failed" -> failed((FailureRecord) arguments[0]);
      default -> {}
    }
  }

  private static String describe(CheckpointRecord checkpoint) {
    return "checkpoint "
        + checkpoint.id()
        + " "
        + checkpoint.status()
        + (checkpoint.failureReason() == null
            ? ""
            : " " + checkpoint.failureReason() + ": " + checkpoint.failureMessage());
  }

  private void started(CheckpointRecord checkpoint) {
    world.log().line("checkpoint " + checkpoint.id() + " starts");
    if (!started.add(checkpoint.job() + "/" + checkpoint.id())) {
      world.violated("the id of checkpoint " + checkpoint.id() + " is used again");
    }
    if (world.has(PlantedBug.NOTIFIED_TOO_EARLY)) {
      letters.notifyAll(checkpoint.id());
    }
  }

  private void completed(CheckpointRecord checkpoint) {
    world.log().line("checkpoint " + checkpoint.id() + " is complete");
  }

  private void failed(FailureRecord failure) {
    if (failure.failover() == FailoverScope.REGION) {
      regionFailures++;
    }
    String text = failure.stackTrace();
    boolean injected = text.contains("injected fault");
    boolean consequence =
        world.faults().hasAnyHappened() && CONSEQUENCES.stream().anyMatch(text::contains);
    world.log().detail(() -> "failure: " + text.lines().findFirst().orElse(""));
    if (hasEnded(failure.job())) {
      world.violated("a failure is noted after the end of the job: " + text);
    }
    boolean slow = impatient && text.contains("CHECKPOINT_EXPIRED");
    if (!injected && !consequence && !slow) {
      world.violated("the job fails without a fault: " + text);
    }
  }

  private boolean hasEnded(JobId id) {
    try {
      return catalog.job(id).map(job -> job.status().isGloballyTerminalState()).orElse(false);
    } catch (io.weir.job.CatalogException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object after(String method, Object[] arguments, Object result) {
    switch (method) {
      case "checkpointCompleted" -> {
        CheckpointRecord checkpoint = (CheckpointRecord) arguments[0];
        if (!completed.add(checkpoint.job() + "/" + checkpoint.id())) {
          world.violated("checkpoint " + checkpoint.id() + " is completed twice");
        }
        snapshots.changed();
        letters.completed(checkpoint.id());
      }
      case "checkpointFailed" -> {
        if (world.has(PlantedBug.UNKNOWN_OUTCOME_TAKEN_FOR_FAILED)) {
          return CheckpointStatus.FAILED;
        }
      }
      case "nextCheckpointId" -> {
        if (world.has(PlantedBug.CHECKPOINT_ID_REUSED)) {
          return Math.max(1, (Long) result - 1);
        }
      }
      case "attemptStarted" -> restored((AttemptRecord) arguments[0]);
      default -> {}
    }
    return result;
  }

  private void restored(AttemptRecord attempt) {
    world.log().line("an attempt starts: " + attempt.why());
    CheckpointRecord newest = newest(attempt.job());
    if (newest != null && !newest.path().equals(attempt.restoredPath())) {
      if (world.faults().hasHappened(FaultKind.STORAGE_CORRUPT_READ)) {
        hasFallenBack = true;
      } else {
        world.violated(
            newest.path() + " is complete, but the job is restored from " + attempt.restoredPath());
      }
    }
  }

  /** What a job must be restored from: of its own, or else of those that failed before it. */
  private CheckpointRecord newest(JobId of) {
    try {
      List<JobRecord> jobs =
          catalog.jobs().stream()
              .dropWhile(job -> !job.id().equals(of))
              .takeWhile(job -> job.id().equals(of) || job.status() == JobStatus.FAILED)
              .toList();
      for (JobRecord job : jobs) {
        List<CheckpointRecord> points = catalog.restorePoints(job.id());
        if (!points.isEmpty()) {
          return points.get(0);
        }
      }
      return null;
    } catch (io.weir.job.CatalogException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The catalog as it is. */
  JobCatalog catalog() {
    return catalog;
  }

  /** The id of the one job. */
  JobId job() {
    try {
      return catalog.jobNamed("generated").map(job -> job.id()).orElse(null);
    } catch (io.weir.job.CatalogException e) {
      throw new IllegalStateException(e);
    }
  }
}
