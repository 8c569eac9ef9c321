package io.weir.job.checkpoints;

import io.weir.barrier.Barrier;
import io.weir.checkpoint.CheckpointDecisions;
import io.weir.checkpoint.CheckpointEvent;
import io.weir.checkpoint.CoordinatorState;
import io.weir.checkpoint.Decision;
import io.weir.checkpoint.FailureReason;
import io.weir.checkpoint.Transition;
import io.weir.checkpoint.explain.CheckpointTrace.Outcome;
import io.weir.checkpoint.explain.CriticalPath;
import io.weir.engine.CheckpointMetrics;
import io.weir.engine.DeclineReason;
import io.weir.engine.SnapshotWriters;
import io.weir.job.description.JobDescription;
import io.weir.job.description.JobSettings;
import io.weir.job.execution.AttemptRun;
import io.weir.job.execution.JobProgress;
import io.weir.job.execution.SourceCoordinators;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.recovery.JobLease;
import io.weir.job.recovery.RestartNeededException;
import io.weir.job.snapshots.AbandonedCheckpoints;
import io.weir.job.snapshots.PinnedCheckpoints;
import io.weir.job.snapshots.SharedStateFiles;
import io.weir.job.snapshots.SnapshotDisposal;
import io.weir.job.surroundings.Actor;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.job.surroundings.MainThread;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.SnapshotKind;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateWriter;
import io.weir.snapshot.SubtaskState;
import io.weir.snapshot.TaskId;
import io.weir.storage.CheckpointLocation;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Carries out what is decided about a job's checkpoints. Used by the job's actor alone, except
 * {@link #writerOf}. What waits for storage or catalog runs elsewhere and comes back as an event.
 */
public final class CheckpointDriver implements Decision.Cases, SnapshotWriters {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointDriver.class);

  /** What the driver needs of the job's scheduler. */
  public interface Master {
    MainThread mainThread();

    /** The tasks. */
    AttemptRun run();

    SourceCoordinators coordinators();

    JobLease lease();

    JobProgress progress();

    /** The job cannot go on as it is. */
    void failed(Throwable cause);

    /** Nothing is written any more that a restart would have to wait for. */
    void noLongerFinalizing();
  }

  /** What came with an acknowledgement that is being decided upon. */
  private record Arrived(Map<OperatorId, SubtaskState> state, CheckpointMetrics metrics) {}

  /** A decline that is being decided upon. */
  private record Refused(long checkpointId, TaskId task, String why) {}

  private final JobDescription job;
  private final JobSettings settings;
  private final JobSurroundings surroundings;
  private final CheckpointStorage storage;
  private final Master master;
  private final Map<Long, CheckpointInProgress> inProgress = new HashMap<>();
  private final Map<Long, CheckpointLocation> locations = new ConcurrentHashMap<>();
  private final CheckpointRequests requests = new CheckpointRequests();
  private final SnapshotDisposal disposal;
  private final AbandonedCheckpoints abandonedCheckpoints;
  private final SharedStateFiles shared;
  private final PinnedCheckpoints pinned;
  private final CoordinatorTimer timer;

  /** Removes local copies that are not needed; may wait for the disks. */
  private final Actor copies;

  private CoordinatorState state;
  private Arrived arrived;
  private Refused refused;
  private boolean abandoned;

  public CheckpointDriver(
      JobDescription job,
      JobSettings settings,
      JobSurroundings surroundings,
      CheckpointStorage storage,
      Master master,
      SharedStateFiles shared,
      PinnedCheckpoints pinned,
      CoordinatorState state) {
    this.job = job;
    this.settings = settings;
    this.surroundings = surroundings;
    this.storage = storage;
    this.master = master;
    this.shared = shared;
    this.pinned = pinned;
    this.timer =
        new CoordinatorTimer(master.mainThread(), () -> handle(new CheckpointEvent.Tick()));
    this.disposal = new SnapshotDisposal(job, surroundings.catalog(), storage);
    this.copies =
        new Actor(
            surroundings.blocking(),
            e -> LOG.error("Job '{}': removing local copies of state has failed", job.name(), e));
    this.abandonedCheckpoints = new AbandonedCheckpoints(job.name(), surroundings, storage);
    this.state = state;
  }

  public boolean isFinalizing() {
    return !abandoned && state.isFinalizing();
  }

  /** Another server has the job: nothing is decided any more, and what was asked for fails. */
  public void abandon(Exception why) {
    abandoned = true;
    inProgress.clear();
    locations.values().forEach(each -> surroundings.blocking().execute(() -> release(each)));
    locations.clear();
    requests.fail(why);
  }

  private void release(CheckpointLocation location) {
    try {
      location.release();
    } catch (IOException e) {
      LOG.warn(
          "What was being written to {} could not be given up; whoever has job '{}' now removes it:"
              + " {}",
          location.path(),
          job.name(),
          e.getMessage());
    }
  }

  /** Figures of the checkpoints in progress, oldest first. */
  private List<CheckpointRecord> inProgress() {
    List<CheckpointRecord> records = new ArrayList<>();
    state
        .pending()
        .forEach(
            pending -> {
              CheckpointInProgress each = inProgress.get(pending.checkpointId());
              if (each != null) {
                records.add(each.record());
              }
            });
    return records;
  }

  /** Lets something happen, and carries out what follows. */
  public void handle(CheckpointEvent event) {
    if (abandoned) {
      return;
    }
    boolean wasFinalizing = state.isFinalizing();
    Transition transition =
        CheckpointDecisions.step(state, event, surroundings.clock().nowMillis());
    state = transition.state();
    for (Decision decision : transition.decisions()) {
      decision.accept(this);
    }
    master.progress().checkpoints(inProgress(), state.failures().count());
    if (wasFinalizing && !state.isFinalizing()) {
      master.mainThread().tell(master::noLongerFinalizing);
    }
  }

  /**
   * Asks for a checkpoint or savepoint now.
   *
   * @param savepoint null for a checkpoint
   * @param answer gives it, or fails with the reason
   */
  public void request(
      CheckpointType type,
      RequestedSavepoint savepoint,
      CompletableFuture<TakenCheckpoint> answer) {
    handle(new CheckpointEvent.TriggerRequested(requests.add(type, savepoint, answer)));
  }

  /**
   * Keeps a completed checkpoint also when it is subsumed; too late once it is being removed.
   *
   * @return whether it is kept
   */
  public boolean pin(long checkpointId) {
    boolean isThere = state.isRetained(checkpointId) || pinned.isSubsumed(checkpointId);
    if (isThere) {
      pinned.pin(checkpointId);
    }
    return isThere;
  }

  /** Treats a checkpoint like any other again. */
  public void unpin(long checkpointId) {
    if (pinned.unpin(checkpointId)) {
      remove(checkpointId);
    }
  }

  public void acknowledged(
      int attempt,
      long checkpointId,
      TaskId task,
      Map<OperatorId, SubtaskState> taskState,
      CheckpointMetrics metrics) {
    arrived = new Arrived(taskState, metrics);
    try {
      handle(new CheckpointEvent.AckReceived(attempt, checkpointId, task));
    } finally {
      arrived = null;
    }
  }

  public void declined(
      int attempt, long checkpointId, TaskId task, DeclineReason reason, Throwable cause) {
    refused =
        new Refused(checkpointId, task, reason.words() + (cause == null ? "." : ": " + cause));
    try {
      handle(
          new CheckpointEvent.Declined(
              attempt,
              checkpointId,
              task,
              switch (reason) {
                case NOT_READY -> FailureReason.CHECKPOINT_DECLINED_TASK_NOT_READY;
                case SUBSUMED -> FailureReason.CHECKPOINT_DECLINED_SUBSUMED;
                case ASYNC_FAILED -> FailureReason.CHECKPOINT_ASYNC_EXCEPTION;
                case END_OF_INPUT -> FailureReason.CHECKPOINT_DECLINED_INPUT_END_OF_STREAM;
              },
              cause == null ? reason.toString() : cause.toString()));
    } finally {
      refused = null;
    }
  }

  @Override
  public StateWriter writerOf(long checkpointId) throws IOException {
    CheckpointLocation location = locations.get(checkpointId);
    if (location == null) {
      throw new IOException(
          "checkpoint " + checkpointId + " of job '" + job.name() + "' has been given up");
    }
    return location;
  }

  @Override
  public void trigger(Decision.Trigger decision) {
    long id = decision.checkpointId();
    CheckpointLocation location;
    try {
      location = place(decision);
    } catch (UnusableStorageException e) {
      inProgress.put(id, begin(decision, storage.begin(id)));
      master.mainThread().tell(() -> triggerFailed(id, FailureReason.IO_EXCEPTION, e));
      return;
    }
    CheckpointInProgress checkpoint = begin(decision, location);
    inProgress.put(id, checkpoint);
    shared.started(id);
    locations.put(id, location);
    decision.requestId().ifPresent(request -> requests.started(request, location));
    CheckpointRecord record = checkpoint.record();
    LOG.info(
        "Triggering checkpoint {} (type={}) of job '{}' ({})",
        id,
        decision.type(),
        job.name(),
        job.id());
    long token = master.lease().token();
    surroundings
        .blocking()
        .execute(
            () -> {
              try {
                // else another server may take the lease, and this id, in between
                if (master.lease().prolong(token)) {
                  surroundings.catalog().checkpointStarted(record);
                  master.mainThread().tell(() -> triggerTasks(id));
                }
              } catch (CatalogException e) {
                master
                    .mainThread()
                    .tell(() -> triggerFailed(id, FailureReason.CATALOG_EXCEPTION, e));
              }
            });
  }

  private CheckpointInProgress begin(Decision.Trigger decision, CheckpointLocation location) {
    return new CheckpointInProgress(
        job.id(),
        job.plan(),
        decision,
        location,
        decision.type().isSavepoint() ? savepoint(decision) : null,
        new CheckpointTracer(
            decision.checkpointId(),
            decision.timestampMillis(),
            master.run().tasks(),
            decision.plan().toAcknowledge()));
  }

  /** Savepoints are taken only when somebody asks for them. */
  private RequestedSavepoint savepoint(Decision.Trigger decision) {
    return requests.savepoint(decision.requestId().orElseThrow());
  }

  private CheckpointLocation place(Decision.Trigger decision) throws UnusableStorageException {
    return decision.type().isSavepoint()
        ? storage.beginSavepoint(savepoint(decision).directory())
        : storage.begin(decision.checkpointId(), decision.plan().toAcknowledge().size());
  }

  private void triggerTasks(long id) {
    CheckpointInProgress checkpoint = inProgress.get(id);
    if (checkpoint == null) {
      return;
    }
    checkpoint.started();
    Decision.Trigger decision = checkpoint.decision();
    try {
      checkpoint.coordinators(master.coordinators().snapshot(id));
    } catch (Exception e) {
      triggerFailed(id, FailureReason.TRIGGER_CHECKPOINT_FAILURE, e);
      return;
    }
    checkpoint.tracer().told(surroundings.clock().nowMillis());
    master
        .run()
        .trigger(
            decision.plan().toTrigger(),
            new Barrier(
                id,
                decision.timestampMillis(),
                settings.optionsOf(decision.type(), inProgress.size() == 1)));
  }

  private void triggerFailed(long id, FailureReason reason, Throwable cause) {
    handle(new CheckpointEvent.TriggerFailed(id, reason, cause.getMessage()));
  }

  @Override
  public void keepAck(Decision.KeepAck decision) {
    inProgress
        .get(decision.checkpointId())
        .acknowledged(
            decision.task(), arrived.state(), arrived.metrics(), surroundings.clock().nowMillis());
  }

  @Override
  public void discardAck(Decision.DiscardAck decision) {
    abandonedCheckpoints.late(decision.checkpointId());
  }

  @Override
  public void finalizeCheckpoint(Decision.Finalize decision) {
    long id = decision.checkpointId();
    CheckpointInProgress checkpoint = inProgress.get(id);
    surroundings
        .blocking()
        .execute(
            new CheckpointCompletion(
                job.name(),
                surroundings,
                checkpoint.location(),
                checkpoint.metadata(),
                checkpoint.record(),
                checkpoint.tracer().trace(Outcome.COMPLETED, "", surroundings.clock().nowMillis()),
                master.lease(),
                completed -> master.mainThread().tell(() -> stored(completed)),
                cause -> master.mainThread().tell(() -> storeFailed(id, cause))));
  }

  private void stored(CheckpointRecord completed) {
    SnapshotMetadata metadata = inProgress.get(completed.id()).metadata();
    shared.completed(metadata);
    if (metadata.kind() == SnapshotKind.CHECKPOINT) {
      storage.completed(metadata);
      storage.backup().ifPresent(backup -> copies.tell(() -> backup.completed(metadata)));
    }
    LOG.info(
        "Completed checkpoint {} of job '{}' ({}) (checkpointSize={} bytes, checkpointDuration={} ms): {}",
        completed.id(),
        job.name(),
        job.id(),
        completed.writtenBytes(),
        completed.durationMillis(completed.endedMillis()),
        completed.explanation());
    if (state.failures().count() > 0) {
      LOG.info(
          "Checkpoints of job '{}' ({}) are completed again, behind {} that failed in a row",
          job.name(),
          job.id(),
          state.failures().count());
    }
    master.progress().completed(completed);
    handle(new CheckpointEvent.StoreCompleted(completed.id()));
  }

  private void storeFailed(long id, Exception cause) {
    handle(new CheckpointEvent.StoreFailed(id, String.valueOf(cause.getMessage())));
  }

  @Override
  public void complete(Decision.Complete decision) {
    long id = decision.checkpointId();
    inProgress.remove(id);
    locations.remove(id);
    try {
      if (decision.type() != CheckpointType.SAVEPOINT) {
        master.run().checkpointCompleted(id, decision.toNotify());
        master.coordinators().checkpointCompleted(id);
      }
    } catch (Exception e) {
      failed(
          new CheckpointFailuresException(
              FailureReason.UNKNOWN_TASK_CHECKPOINT_NOTIFICATION_FAILURE, e.toString()));
    }
  }

  private String consequence(Decision.Abort decision) {
    boolean counted = decision.reason().isCounted() && !decision.type().isAlwaysAligned();
    return counted ? " " + state.failures().sentence() : "";
  }

  @Override
  public void abort(Decision.Abort decision) {
    long id = decision.checkpointId();
    CheckpointInProgress checkpoint = inProgress.remove(id);
    locations.remove(id);
    long now = surroundings.clock().nowMillis();
    CheckpointTracer tracer = checkpoint.tracer();
    if (refused != null && refused.checkpointId == id) {
      tracer.declined(refused.task, refused.why);
    }
    String explanation =
        CriticalPath.of(tracer.trace(outcomeOf(decision.reason()), decision.message(), now))
            .sentence();
    LOG.atLevel(decision.reason().isCounted() ? Level.WARN : Level.INFO)
        .log(
            "Aborted checkpoint {} of job '{}' ({}): {} {}{}",
            id,
            job.name(),
            job.id(),
            decision.reason(),
            decision.reason().advise(explanation),
            consequence(decision));
    try {
      master.run().checkpointAborted(id, decision.toNotify());
      master.coordinators().checkpointAborted(id);
    } catch (Exception e) {
      LOG.warn("the coordinator of a source failed when it was told of an aborted checkpoint", e);
    }
    CheckpointRecord failed =
        checkpoint
            .record()
            .explained(explanation)
            .failed(now, decision.reason().name(), decision.reason().advise(decision.message()));
    abandonedCheckpoints.add(checkpoint.location(), checkpoint.isStarted(), failed);
    shared.aborted(id);
  }

  private static Outcome outcomeOf(FailureReason reason) {
    return switch (reason) {
      case CHECKPOINT_EXPIRED -> Outcome.EXPIRED;
      case CHECKPOINT_SUBSUMED -> Outcome.OVERTAKEN;
      default -> Outcome.FAILED;
    };
  }

  @Override
  public void subsume(Decision.Subsume decision) {
    if (!pinned.keeps(decision.checkpointId())) {
      remove(decision.checkpointId());
    }
  }

  private void remove(long id) {
    Set<String> unneeded = shared.discarded(id);
    surroundings.blocking().execute(() -> disposal.subsumed(id, unneeded));
  }

  @Override
  public void failJob(Decision.FailJob decision) {
    failed(new CheckpointFailuresException(decision.reason(), decision.message()));
  }

  @Override
  public void restartJob(Decision.RestartJob decision) {
    failed(new RestartNeededException(decision.reason() + ": " + decision.message()));
  }

  private void failed(Exception cause) {
    master.mainThread().tell(() -> master.failed(cause));
  }

  @Override
  public void answerRequest(Decision.AnswerRequest decision) {
    requests.answer(decision);
  }

  @Override
  public void waitUntil(Decision.WaitUntil decision) {
    timer.waitUntil(decision.timeMillis());
  }
}
