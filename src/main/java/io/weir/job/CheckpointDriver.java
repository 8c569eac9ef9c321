package io.weir.job;

import io.weir.barrier.Barrier;
import io.weir.checkpoint.CheckpointDecisions;
import io.weir.checkpoint.CheckpointEvent;
import io.weir.checkpoint.CheckpointRequest;
import io.weir.checkpoint.CoordinatorState;
import io.weir.checkpoint.Decision;
import io.weir.checkpoint.FailureReason;
import io.weir.checkpoint.RequestOutcome;
import io.weir.checkpoint.Transition;
import io.weir.engine.CheckpointMetrics;
import io.weir.engine.DeclineReason;
import io.weir.engine.SnapshotWriters;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateWriter;
import io.weir.snapshot.SubtaskState;
import io.weir.snapshot.TaskId;
import io.weir.storage.CheckpointLocation;
import io.weir.storage.CheckpointStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what is decided about a job's checkpoints. Used by the job's actor alone, except
 * {@link #writerOf}. What waits for storage or catalog runs elsewhere and comes back as an event.
 */
final class CheckpointDriver implements Decision.Cases, SnapshotWriters {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointDriver.class);

  /** How long to wait before asking an unreachable catalog again what a checkpoint has come to. */
  private static final long SETTLE_RETRY_MILLIS = 1_000;

  /** What the driver needs of the job's master. */
  interface Master {
    void tell(Runnable action);

    AttemptRun run();

    JobLease lease();

    void failJob(FailureReason reason, String message);

    /** Nothing is written any more that a restart would have to wait for. */
    void noLongerFinalizing();

    void checkpointCompleted(CheckpointRecord checkpoint);

    void waitUntil(long timeMillis);
  }

  /** What came with an acknowledgement that is being decided upon. */
  private record Arrived(Map<OperatorId, SubtaskState> state, CheckpointMetrics metrics) {}

  private final JobDescription job;
  private final JobSettings settings;
  private final JobSurroundings surroundings;
  private final CheckpointStorage storage;
  private final Master master;
  private final Map<Long, CheckpointInProgress> inProgress = new HashMap<>();
  private final Map<Long, CheckpointLocation> locations = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Long>> requests = new HashMap<>();
  private final SharedStateFiles shared;
  private CoordinatorState state;
  private Arrived arrived;
  private long requestCount;
  private boolean abandoned;

  CheckpointDriver(
      JobDescription job,
      JobSettings settings,
      JobSurroundings surroundings,
      CheckpointStorage storage,
      Master master,
      SharedStateFiles shared,
      CoordinatorState state) {
    this.job = job;
    this.settings = settings;
    this.surroundings = surroundings;
    this.storage = storage;
    this.master = master;
    this.shared = shared;
    this.state = state;
  }

  boolean isFinalizing() {
    return !abandoned && state.isFinalizing();
  }

  /** Another server has the job: nothing is decided any more, and what was asked for fails. */
  void abandon(Exception why) {
    abandoned = true;
    inProgress.clear();
    locations.clear();
    requests.values().forEach(answer -> answer.completeExceptionally(why));
    requests.clear();
  }

  /** Figures of the checkpoints in progress, oldest first. */
  List<CheckpointRecord> inProgress() {
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

  /** How many have failed since one was completed, of those that count. */
  int failuresInARow() {
    return state.failures().count();
  }

  /** Lets something happen, and carries out what follows. */
  void handle(CheckpointEvent event) {
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
    if (wasFinalizing && !state.isFinalizing()) {
      master.noLongerFinalizing();
    }
  }

  /** Asks for a checkpoint now; the future gives its id, or fails with the reason. */
  void request(CheckpointType type, CompletableFuture<Long> answer) {
    String id = "request-" + requestCount++;
    requests.put(id, answer);
    handle(new CheckpointEvent.TriggerRequested(new CheckpointRequest(id, type, true)));
  }

  void acknowledged(
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

  void declined(
      int attempt, long checkpointId, TaskId task, DeclineReason reason, Throwable cause) {
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
    CheckpointLocation location = storage.begin(id);
    CheckpointInProgress checkpoint =
        new CheckpointInProgress(job.id(), job.plan(), decision, location);
    inProgress.put(id, checkpoint);
    shared.started(id);
    locations.put(id, location);
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
                  master.tell(() -> triggerTasks(id));
                }
              } catch (CatalogException e) {
                master.tell(() -> triggerFailed(id, FailureReason.IO_EXCEPTION, e));
              }
            });
  }

  private void triggerTasks(long id) {
    CheckpointInProgress checkpoint = inProgress.get(id);
    if (checkpoint == null) {
      return;
    }
    checkpoint.started();
    Decision.Trigger decision = checkpoint.decision();
    try {
      checkpoint.coordinators(master.run().snapshotCoordinators(id));
    } catch (Exception e) {
      triggerFailed(id, FailureReason.TRIGGER_CHECKPOINT_FAILURE, e);
      return;
    }
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
    long id = decision.checkpointId();
    surroundings.blocking().execute(() -> discardFiles(id));
  }

  @Override
  public void finalizeCheckpoint(Decision.Finalize decision) {
    long id = decision.checkpointId();
    CheckpointInProgress checkpoint = inProgress.get(id);
    SnapshotMetadata metadata = checkpoint.metadata();
    CheckpointRecord record = checkpoint.record();
    long token = master.lease().token();
    surroundings
        .blocking()
        .execute(() -> complete(id, checkpoint.location(), metadata, record, token));
  }

  /** Not on the actor: waits for storage and catalog. */
  private void complete(
      long id,
      CheckpointLocation location,
      SnapshotMetadata metadata,
      CheckpointRecord record,
      long token) {
    CheckpointRecord completed;
    try {
      String path = location.publish(metadata);
      completed = record.completed(surroundings.clock().nowMillis(), path, 0, metadata.sizeBytes());
    } catch (IOException e) {
      settle(id, record, token, e);
      return;
    }
    try {
      // DECISION: with this commit the checkpoint exists; before it, whatever is in storage is an
      // orphan
      surroundings.catalog().checkpointCompleted(completed, token);
    } catch (CatalogException e) {
      settle(id, completed, token, e);
      return;
    }
    master.tell(() -> stored(completed));
  }

  /**
   * Not on the actor: finds out what a checkpoint has come to whose completion failed or has an
   * unknown outcome, and asks until there is an answer.
   */
  private void settle(long id, CheckpointRecord record, long token, Exception cause) {
    CheckpointStatus status;
    try {
      if (!master.lease().prolong(token)) {
        return;
      }
      status =
          surroundings
              .catalog()
              .checkpointFailed(
                  record.failed(
                      surroundings.clock().nowMillis(),
                      FailureReason.FINALIZE_CHECKPOINT_FAILURE.name(),
                      cause.getMessage()));
    } catch (CatalogException e) {
      LOG.warn(
          "Checkpoint {} of job '{}': the catalog does not say whether it is complete, asking again: {}",
          id,
          job.name(),
          e.getMessage());
      surroundings
          .timers()
          .callAt(
              surroundings.clock().nowMillis() + SETTLE_RETRY_MILLIS,
              () -> surroundings.blocking().execute(() -> settle(id, record, token, cause)));
      return;
    }
    if (status == CheckpointStatus.COMPLETED) {
      master.tell(() -> stored(record));
    } else {
      master.tell(
          () -> handle(new CheckpointEvent.StoreFailed(id, String.valueOf(cause.getMessage()))));
    }
  }

  private void stored(CheckpointRecord completed) {
    shared.completed(inProgress.get(completed.id()).metadata());
    master.checkpointCompleted(completed);
    handle(new CheckpointEvent.StoreCompleted(completed.id()));
  }

  @Override
  public void complete(Decision.Complete decision) {
    long id = decision.checkpointId();
    CheckpointInProgress checkpoint = inProgress.remove(id);
    locations.remove(id);
    CheckpointRecord record = checkpoint.record();
    LOG.info(
        "Completed checkpoint {} of job '{}' ({}) (checkpointSize={} bytes, checkpointDuration={} ms)",
        id,
        job.name(),
        job.id(),
        record.writtenBytes(),
        record.durationMillis(surroundings.clock().nowMillis()));
    try {
      master.run().checkpointCompleted(id, decision.toNotify());
    } catch (Exception e) {
      master.failJob(FailureReason.UNKNOWN_TASK_CHECKPOINT_NOTIFICATION_FAILURE, e.toString());
    }
  }

  @Override
  public void abort(Decision.Abort decision) {
    long id = decision.checkpointId();
    CheckpointInProgress checkpoint = inProgress.remove(id);
    locations.remove(id);
    LOG.info(
        "Aborted checkpoint {} of job '{}' ({}): {} {}",
        id,
        job.name(),
        job.id(),
        decision.reason(),
        decision.message());
    try {
      master.run().checkpointAborted(id, decision.toNotify());
    } catch (Exception e) {
      LOG.warn("the coordinator of a source failed when it was told of an aborted checkpoint", e);
    }
    CheckpointRecord failed =
        checkpoint
            .record()
            .failed(surroundings.clock().nowMillis(), decision.reason().name(), decision.message());
    boolean mayHaveFiles = checkpoint.isStarted();
    surroundings.blocking().execute(() -> remove(checkpoint.location(), mayHaveFiles, failed));
    shared.aborted(id);
  }

  private void remove(CheckpointLocation location, boolean mayHaveFiles, CheckpointRecord failed) {
    try {
      if (mayHaveFiles) {
        location.discard();
      }
      surroundings.catalog().checkpointFailed(failed);
    } catch (IOException | CatalogException e) {
      LOG.warn(
          "What is left of checkpoint {} of job '{}' could not be removed; it will be when the job starts the next time: {}",
          failed.id(),
          job.name(),
          e.getMessage());
    }
  }

  @Override
  public void subsume(Decision.Subsume decision) {
    long id = decision.checkpointId();
    Set<String> unneeded = shared.discarded(id);
    surroundings
        .blocking()
        .execute(
            () -> {
              if (discardFiles(id) && shared.remove(unneeded)) {
                forget(id);
              }
            });
  }

  /** Delete first, then forget. */
  private boolean discardFiles(long id) {
    try {
      storage.discard(id);
      return true;
    } catch (IOException e) {
      LOG.warn(
          "The files of checkpoint {} of job '{}' could not be removed; they stay until they can: {}",
          id,
          job.name(),
          e.getMessage());
      return false;
    }
  }

  private void forget(long id) {
    try {
      surroundings.catalog().checkpointDiscarded(job.id(), id);
    } catch (CatalogException e) {
      LOG.warn(
          "Checkpoint {} of job '{}' has been removed, but the catalog could not note it: {}",
          id,
          job.name(),
          e.getMessage());
    }
  }

  @Override
  public void failJob(Decision.FailJob decision) {
    master.failJob(decision.reason(), decision.message());
  }

  @Override
  public void answerRequest(Decision.AnswerRequest decision) {
    CompletableFuture<Long> answer = requests.remove(decision.requestId());
    if (answer == null) {
      return;
    }
    if (decision.outcome() instanceof RequestOutcome.Completed completed) {
      answer.complete(completed.checkpointId());
    } else {
      RequestOutcome.Failed failed = (RequestOutcome.Failed) decision.outcome();
      answer.completeExceptionally(
          new CheckpointException(failed.checkpointId(), failed.reason(), failed.message()));
    }
  }

  @Override
  public void waitUntil(Decision.WaitUntil decision) {
    master.waitUntil(decision.timeMillis());
  }

  /** Why a requested checkpoint came to nothing. */
  static final class CheckpointException extends Exception {
    private static final long serialVersionUID = 1L;

    CheckpointException(OptionalLong checkpointId, FailureReason reason, String message) {
      super(
          (checkpointId.isPresent() ? "checkpoint " + checkpointId.getAsLong() + ": " : "")
              + reason
              + ": "
              + message);
    }
  }
}
