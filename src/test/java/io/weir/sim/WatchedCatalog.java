package io.weir.sim;

import io.weir.api.environment.JobStatus;
import io.weir.job.history.AttemptRecord;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.FailoverScope;
import io.weir.job.history.FailureRecord;
import io.weir.job.history.JobRecord;
import io.weir.job.history.Ownership;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import io.weir.testkit.CatalogFault;
import io.weir.testkit.FaultyCatalog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Puts faults in front of a catalog, and looks at what reaches it. */
final class WatchedCatalog {
  /** What else makes a job fail when checkpoints do. */
  private static final List<String> CONSEQUENCES =
      List.of(
          "CHECKPOINT_EXPIRED",
          "CHECKPOINT_ASYNC_EXCEPTION",
          "FINALIZE_CHECKPOINT_FAILURE",
          "IO_EXCEPTION",
          "CATALOG_EXCEPTION",
          "is damaged",
          "has been given up",
          "reads back differently",
          "could not commit");

  private static final Set<String> CHANGES_OF_A_JOB = Set.of("register", "statusChanged");

  private final JobCatalog catalog;
  private final World world;
  private final SnapshotCheck snapshots;
  private final Losses losses;
  private final boolean impatient;

  /** By job and checkpoint. */
  private final Set<String> started = new TreeSet<>();

  private final Set<String> completed = new TreeSet<>();
  private Letters letters;
  private int regionFailures;
  private boolean hasFallenBack;

  /** The checkpoint behind which the job has been drained, or -1. */
  private long drainedAt = -1;

  /** By run: the snapshot that it was asked to begin with. */
  private final Map<JobId, String> asked = new HashMap<>();

  /** The newest run, unless it may have changed since somebody asked for it. */
  private Optional<JobRecord> newestRun = Optional.empty();

  private boolean isNewestRunStale = true;

  /**
   * @param impatient whether checkpoints of the job may expire only because its tasks are slow
   */
  WatchedCatalog(
      JobCatalog catalog, World world, SnapshotCheck snapshots, Losses losses, boolean impatient) {
    this.losses = losses;
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

  /** Something that the job would have been restored from is gone as it was wanted. */
  void fallsBack() {
    hasFallenBack = true;
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
    changeByBug(method.getName(), arguments);
    Object result;
    isNewestRunStale |= CHANGES_OF_A_JOB.contains(method.getName());
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

  private void changeByBug(String method, Object[] arguments) {
    if (method.equals("snapshotAdopted")) {
      CheckpointRecord adopted = (CheckpointRecord) arguments[0];
      if (world.has(PlantedBug.BORROWED_TAKEN_OVER)) {
        arguments[0] = adopted.adoptedBy(adopted.job(), Ownership.CLAIMED);
      } else if (world.has(PlantedBug.CLAIMED_LEFT)) {
        arguments[0] = adopted.adoptedBy(adopted.job(), Ownership.BORROWED);
      }
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
    world.log().line("checkpoint " + checkpoint.id() + " (" + checkpoint.type() + ") starts");
    world.cuts().begin(checkpoint.id());
    boolean isBehindForeign =
        own(checkpoint.job())
            .findFirst()
            .filter(newest -> newest.ownership() == Ownership.BORROWED)
            .isPresent();
    if (isBehindForeign && checkpoint.type() == CheckpointType.CHECKPOINT) {
      world.violated(
          "checkpoint "
              + checkpoint.id()
              + " is not full, but in front of it is what is not the job's");
    }
    if (!started.add(checkpoint.job() + "/" + checkpoint.id())) {
      world.violated("the id of checkpoint " + checkpoint.id() + " is used again");
    }
    if (world.has(PlantedBug.NOTIFIED_TOO_EARLY)) {
      letters.notifyAll(checkpoint.id());
    }
  }

  private void completed(CheckpointRecord checkpoint) {
    world.log().line("checkpoint " + checkpoint.id() + " is complete");
    letters.completing(checkpoint.job(), checkpoint.id());
  }

  private void failed(FailureRecord failure) {
    losses.noted(failure);
    if (failure.failover() == FailoverScope.REGION) {
      regionFailures++;
    }
    String text = failure.stackTrace();
    boolean injected = text.contains("injected fault");
    boolean consequence =
        world.faults().hasAnyHappened() && CONSEQUENCES.stream().anyMatch(text::contains);
    world.log().detail(() -> "failure: " + text.lines().findFirst().orElse(""));
    if (status(failure.job()).isGloballyTerminalState()) {
      world.violated("a failure is noted after the end of the job: " + text);
    }
    boolean slow = impatient && text.contains("CHECKPOINT_EXPIRED");
    // tasks cannot go back behind the end of time when others have come to theirs meanwhile
    boolean late = text.contains("with which the job drains") && text.contains("DECLINED_TASK_");
    if (!injected && !consequence && !slow && !late) {
      world.violated("the job fails without a fault: " + text);
    }
  }

  /** The last one that a run has come to. */
  JobStatus status(JobId id) {
    try {
      return catalog.job(id).orElseThrow().status();
    } catch (CatalogException e) {
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
        if (checkpoint.type() != CheckpointType.SAVEPOINT) {
          letters.completed(checkpoint.id());
        }
        if (checkpoint.type().drains()) {
          drainedAt = checkpoint.id();
        }
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
      case "attemptStarted" -> restored((AttemptRecord) result);
      case "restorePoints" -> {
        return ((List<?>) result)
            .stream()
                .map(CheckpointRecord.class::cast)
                .filter(each -> !each.isStop() || !world.has(PlantedBug.STOP_PASSED_OVER))
                .map(this::seenByBug)
                .toList();
      }
      case "snapshotsAt" -> {
        if (world.has(PlantedBug.NEEDED_SNAPSHOT_DISPOSED)) {
          return List.of();
        }
      }
      default -> {}
    }
    return result;
  }

  private CheckpointRecord seenByBug(CheckpointRecord checkpoint) {
    boolean isUsers = checkpoint.ownership() == Ownership.USER;
    if (isUsers && world.has(PlantedBug.SAVEPOINT_TAKEN_FOR_OWN)) {
      return checkpoint.adoptedBy(checkpoint.job(), Ownership.CLAIMED);
    }
    if (checkpoint.ownership() == Ownership.BORROWED
        && world.has(PlantedBug.FIRST_CHECKPOINT_NOT_FULL)) {
      return checkpoint.adoptedBy(checkpoint.job(), Ownership.JOB);
    }
    return checkpoint;
  }

  private void restored(AttemptRecord attempt) {
    world.log().line("an attempt starts: " + attempt.why());
    String expected =
        attempt.attempt() == 0
            ? asked.getOrDefault(attempt.job(), leftBefore(attempt.job()))
            : own(attempt.job())
                .findFirst()
                .map(CheckpointRecord::path)
                .orElse(leftBefore(attempt.job()));
    if (expected != null && !expected.equals(attempt.restoredPath())) {
      if (world.faults().hasHappened(FaultKind.STORAGE_CORRUPT_READ)) {
        hasFallenBack = true;
      } else {
        world.violated(
            expected + " is complete, but the job is restored from " + attempt.restoredPath());
      }
    }
  }

  /** What a run can go back to, newest first. */
  private Stream<CheckpointRecord> own(JobId run) {
    return points(run).filter(CheckpointRecord::isForRecovery);
  }

  private Stream<CheckpointRecord> points(JobId run) {
    try {
      return catalog.restorePoints(run).stream();
    } catch (CatalogException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the runs before one have left: those that failed, and the one that ended before them. */
  private String leftBefore(JobId run) {
    List<JobRecord> earlier;
    try {
      earlier = catalog.jobs().stream().dropWhile(job -> !job.id().equals(run)).skip(1).toList();
    } catch (CatalogException e) {
      throw new IllegalStateException(e);
    }
    for (JobRecord job : earlier) {
      Optional<CheckpointRecord> newest = points(job.id()).findFirst();
      if (newest.isPresent() || job.status() != JobStatus.FAILED) {
        return newest.map(CheckpointRecord::path).orElse(null);
      }
    }
    return null;
  }

  /** A run was asked to begin with the snapshot at a path. */
  void asked(JobId run, String path) {
    asked.put(run, path);
  }

  /** The checkpoint behind which the job has been drained, or -1. */
  long drainedAt() {
    return drainedAt;
  }

  /** Where the newest run has been stopped so that another goes on from there; else null. */
  String stoppedAt() {
    return newestRun()
        .filter(job -> job.status() == JobStatus.FINISHED)
        .flatMap(job -> points(job.id()).findFirst())
        .filter(newest -> newest.isStop() && !newest.type().drains())
        .map(CheckpointRecord::path)
        .orElse(null);
  }

  /** What the newest run goes back to when it fails; null if there is nothing. */
  String newestPoint() {
    return newestRun()
        .flatMap(job -> own(job.id()).findFirst())
        .map(CheckpointRecord::path)
        .orElse(null);
  }

  /**
   * Whether a run has left nothing else to go on from. If the end of a process interrupts its
   * removal, the job is refused until somebody decides what to do.
   */
  boolean isAllThatItsRunHas(String path) {
    try {
      return catalog.jobs().stream()
          .map(job -> points(job.id()).map(CheckpointRecord::path).distinct().toList())
          .anyMatch(paths -> paths.equals(List.of(path)));
    } catch (CatalogException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The newest run of the one job. */
  Optional<JobRecord> newestRun() {
    if (isNewestRunStale) {
      try {
        newestRun = catalog.jobNamed("generated");
        isNewestRunStale = false;
      } catch (CatalogException e) {
        throw new IllegalStateException(e);
      }
    }
    return newestRun;
  }

  /** The id of the one job. */
  JobId job() {
    return newestRun().map(JobRecord::id).orElse(null);
  }
}
