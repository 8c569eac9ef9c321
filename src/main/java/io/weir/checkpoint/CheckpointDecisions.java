package io.weir.checkpoint;

import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.TaskId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Decides what one event means for the checkpoints of a job. */
public final class CheckpointDecisions implements CheckpointEvent.Cases {
  /** After these, all tasks go on as before: none has heard of the checkpoint, or all go down. */
  private static final Set<FailureReason> NO_TASK_IS_DRAINED =
      EnumSet.of(
          FailureReason.IO_EXCEPTION,
          FailureReason.CATALOG_EXCEPTION,
          FailureReason.TRIGGER_CHECKPOINT_FAILURE,
          FailureReason.CHECKPOINT_COORDINATOR_SHUTDOWN,
          FailureReason.CHECKPOINT_COORDINATOR_SUSPEND,
          FailureReason.JOB_FAILOVER_REGION,
          FailureReason.TASK_FAILURE,
          FailureReason.TASK_CHECKPOINT_FAILURE);

  private final CheckpointSettings settings;
  private final long nowMillis;
  private final List<Decision> decisions = new ArrayList<>();
  private final List<PendingCheckpoint> pending;
  private Phase phase;
  private Deployment deployment;
  private long nextCheckpointId;
  private TriggerSchedule schedule;
  private RequestQueue queue;
  private FailureCounter failures;
  private Retention retention;
  private AbortedCheckpoints aborted;

  private CheckpointDecisions(CoordinatorState state, long nowMillis) {
    this.settings = state.settings();
    this.nowMillis = nowMillis;
    this.pending = new ArrayList<>(state.pending());
    this.phase = state.phase();
    this.deployment = state.deployment();
    this.nextCheckpointId = state.nextCheckpointId();
    this.schedule = state.schedule();
    this.queue = state.queue();
    this.failures = state.failures();
    this.retention = state.retention();
    this.aborted = state.aborted();
  }

  /**
   * What follows from an event. Besides the event itself, whatever has become due by now is
   * decided: checkpoints expire, others start.
   *
   * @param nowMillis never less than in the step before
   */
  public static Transition step(CoordinatorState state, CheckpointEvent event, long nowMillis) {
    CheckpointDecisions step = new CheckpointDecisions(state, nowMillis);
    event.accept(step);
    step.expire();
    step.triggerWhatIsDue();
    step.wakeUpAgain();
    return new Transition(step.state(), step.decisions);
  }

  @Override
  public void tick(CheckpointEvent.Tick event) {
    // what time brings is decided after every event
  }

  @Override
  public void tasksRunning(CheckpointEvent.TasksRunning event) {
    if (phase == Phase.SHUT_DOWN || event.attempt() <= deployment.attempt()) {
      return;
    }
    abortAll(FailureReason.JOB_FAILOVER_REGION, "");
    if (!pending.isEmpty()) {
      throw new IllegalStateException(
          "attempt "
              + event.attempt()
              + " runs while checkpoint "
              + pending.get(0).checkpointId()
              + " of an older attempt is being recorded;"
              + " wait for its outcome before choosing what to restore");
    }
    phase = Phase.RUNNING;
    deployment =
        new Deployment(
            event.attempt(), event.older(), event.topology(), event.finished(), Set.of());
    schedule = schedule.started(nowMillis);
  }

  @Override
  public void jobRestarting(CheckpointEvent.JobRestarting event) {
    if (phase == Phase.SHUT_DOWN) {
      return;
    }
    notRunning();
    abortAll(FailureReason.JOB_FAILOVER_REGION, event.why());
  }

  @Override
  public void regionRestarting(CheckpointEvent.RegionRestarting event) {
    if (phase == Phase.SHUT_DOWN) {
      return;
    }
    phase = Phase.NOT_RUNNING;
    deployment = deployment.withStopped(event.tasks());
    abortAll(FailureReason.JOB_FAILOVER_REGION, event.why());
  }

  private void notRunning() {
    phase = Phase.NOT_RUNNING;
    deployment = deployment.withAllStopped();
  }

  @Override
  public void stopRequested(CheckpointEvent.StopRequested event) {
    if (phase == Phase.SHUT_DOWN) {
      return;
    }
    phase = Phase.SHUT_DOWN;
    abortAll(
        event.suspended()
            ? FailureReason.CHECKPOINT_COORDINATOR_SUSPEND
            : FailureReason.CHECKPOINT_COORDINATOR_SHUTDOWN,
        "");
  }

  @Override
  public void triggerRequested(CheckpointEvent.TriggerRequested event) {
    CheckpointRequest request = event.request();
    boolean isDuplicate =
        queue.contains(request.requestId())
            || pending.stream()
                .anyMatch(p -> p.requestId().equals(Optional.of(request.requestId())));
    if (isDuplicate) {
      return;
    }
    switch (phase) {
      case NOT_RUNNING ->
          refuse(
              request, FailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING, "The job is not running yet.");
      case STOPPING -> refuse(request, FailureReason.PERIODIC_SCHEDULER_SHUTDOWN, "");
      case SHUT_DOWN -> refuse(request, FailureReason.CHECKPOINT_COORDINATOR_SHUTDOWN, "");
      case RUNNING -> {
        RequestQueue.Offer offer = queue.offer(request);
        queue = offer.queue();
        offer
            .refused()
            .ifPresent(refused -> refuse(refused, FailureReason.TOO_MANY_CHECKPOINT_REQUESTS, ""));
      }
    }
  }

  @Override
  public void triggerFailed(CheckpointEvent.TriggerFailed event) {
    find(event.checkpointId())
        .filter(p -> !p.isFinalizing())
        .ifPresent(p -> abort(p, event.reason(), event.why()));
  }

  @Override
  public void ackReceived(CheckpointEvent.AckReceived event) {
    TaskId task = event.task();
    Optional<PendingCheckpoint> found = find(event.checkpointId());
    if (found.isEmpty()) {
      if (aborted.contains(event.checkpointId())) {
        decisions.add(new Decision.DiscardAck(event.attempt(), event.checkpointId(), task));
      }
      return;
    }
    PendingCheckpoint checkpoint = found.get();
    if (!isCurrent(checkpoint, task, event.attempt()) || !checkpoint.awaits(task)) {
      return;
    }
    decisions.add(new Decision.KeepAck(event.checkpointId(), task));
    PendingCheckpoint acknowledged = checkpoint.acknowledgedBy(task);
    pending.set(pending.indexOf(checkpoint), acknowledged);
    if (acknowledged.isFinalizing()) {
      decisions.add(
          new Decision.Finalize(
              acknowledged.checkpointId(), acknowledged.type(), acknowledged.plan()));
    }
  }

  @Override
  public void declined(CheckpointEvent.Declined event) {
    find(event.checkpointId())
        .filter(
            p ->
                !p.isFinalizing()
                    && isCurrent(p, event.task(), event.attempt())
                    && p.plan().toAcknowledge().contains(event.task()))
        .ifPresent(p -> abort(p, event.reason(), "Task " + event.task() + ": " + event.why()));
  }

  @Override
  public void taskFinished(CheckpointEvent.TaskFinished event) {
    if (deployment.isCurrent(event.task(), event.attempt())) {
      deployment = deployment.withFinished(event.task());
      abortAwaiting(
          event.task(),
          FailureReason.CHECKPOINT_DECLINED_TASK_CLOSING,
          "Task " + event.task() + ".");
    }
  }

  @Override
  public void taskFailed(CheckpointEvent.TaskFailed event) {
    if (deployment.isCurrent(event.task(), event.attempt())) {
      abortAwaiting(
          event.task(), FailureReason.TASK_FAILURE, "Task " + event.task() + ": " + event.why());
    }
  }

  @Override
  public void storeCompleted(CheckpointEvent.StoreCompleted event) {
    find(event.checkpointId()).filter(PendingCheckpoint::isFinalizing).ifPresent(this::complete);
  }

  @Override
  public void storeFailed(CheckpointEvent.StoreFailed event) {
    find(event.checkpointId())
        .filter(PendingCheckpoint::isFinalizing)
        .ifPresent(p -> abort(p, FailureReason.FINALIZE_CHECKPOINT_FAILURE, event.why()));
  }

  @Override
  public void backlogChanged(CheckpointEvent.BacklogChanged event) {
    schedule = schedule.withBacklog(event.processingBacklog());
  }

  private void complete(PendingCheckpoint checkpoint) {
    long checkpointId = checkpoint.checkpointId();
    pending.remove(checkpoint);
    schedule = schedule.ended(nowMillis);
    failures = failures.succeeded(checkpointId);
    if (checkpoint.type() == CheckpointType.SAVEPOINT) {
      decisions.add(new Decision.Complete(checkpointId, checkpoint.type(), Set.of()));
    } else {
      // tasks that were told of a newer one have committed what belongs to this one, too
      Set<TaskId> notify = retention.isNewest(checkpointId) ? reachable(checkpoint) : Set.of();
      decisions.add(new Decision.Complete(checkpointId, checkpoint.type(), notify));
      subsumeOlder(checkpointId);
      Retention.Change change =
          retention.add(
              new CompletedSnapshot(checkpointId, !checkpoint.type().isSavepoint(), nowMillis),
              nowMillis);
      retention = change.retention();
      change.subsumed().forEach(id -> decisions.add(new Decision.Subsume(id)));
    }
    answer(checkpoint, new RequestOutcome.Completed(checkpointId));
    if (checkpoint.type().isSynchronous() && phase == Phase.RUNNING) {
      phase = Phase.STOPPING;
      refuseAll(FailureReason.PERIODIC_SCHEDULER_SHUTDOWN, "");
    }
  }

  private void subsumeOlder(long checkpointId) {
    for (PendingCheckpoint older : List.copyOf(pending)) {
      if (older.checkpointId() < checkpointId
          && !older.type().isSavepoint()
          && !older.isFinalizing()) {
        abort(older, FailureReason.CHECKPOINT_SUBSUMED, "It was checkpoint " + checkpointId + ".");
      }
    }
  }

  private void abortAwaiting(TaskId task, FailureReason reason, String why) {
    List.copyOf(pending).stream().filter(p -> p.awaits(task)).forEach(p -> abort(p, reason, why));
  }

  /**
   * Gives up all that can be given up, and all requests. A checkpoint that is being recorded may be
   * complete already: its outcome is awaited.
   */
  private void abortAll(FailureReason reason, String why) {
    List.copyOf(pending).stream()
        .filter(p -> !p.isFinalizing())
        .forEach(p -> abort(p, reason, why));
    refuseAll(reason, why);
  }

  private void abort(PendingCheckpoint checkpoint, FailureReason reason, String why) {
    long checkpointId = checkpoint.checkpointId();
    String message = reason.explain(why);
    pending.remove(checkpoint);
    aborted = aborted.add(checkpointId);
    schedule = schedule.ended(nowMillis);
    decisions.add(
        new Decision.Abort(
            checkpointId, checkpoint.type(), reason, message, reachable(checkpoint)));
    answer(checkpoint, new RequestOutcome.Failed(OptionalLong.of(checkpointId), reason, message));
    if (checkpoint.type().drains() && !NO_TASK_IS_DRAINED.contains(reason)) {
      restartDrained(checkpointId, reason, message);
    } else if (!checkpoint.type().isAlwaysAligned()) {
      countFailure(checkpointId, reason, message);
    }
  }

  /** Tasks may have fired their last timers: only a restart brings them back. */
  private void restartDrained(long checkpointId, FailureReason reason, String message) {
    if (phase == Phase.RUNNING) {
      notRunning();
      String why = "Savepoint " + checkpointId + ", with which the job drains, failed. " + message;
      decisions.add(new Decision.RestartJob(reason, why));
      refuseAll(FailureReason.JOB_FAILOVER_REGION, why);
    }
  }

  private void countFailure(long checkpointId, FailureReason reason, String message) {
    failures = failures.failed(checkpointId, reason);
    if (failures.isExceeded()) {
      failures = failures.cleared();
      failJob(
          reason,
          "Checkpoint "
              + checkpointId
              + " failed, and no more than "
              + settings.tolerableFailures()
              + " failed checkpoints in a row are tolerated"
              + " (execution.checkpointing.tolerable-failed-checkpoints). "
              + message);
    }
  }

  private void failJob(FailureReason reason, String message) {
    if (phase == Phase.RUNNING) {
      notRunning();
      decisions.add(new Decision.FailJob(reason, message));
      refuseAll(FailureReason.JOB_FAILOVER_REGION, message);
    }
  }

  private void answer(PendingCheckpoint checkpoint, RequestOutcome outcome) {
    checkpoint.requestId().ifPresent(id -> decisions.add(new Decision.AnswerRequest(id, outcome)));
  }

  private void refuse(CheckpointRequest request, FailureReason reason, String why) {
    RequestOutcome outcome =
        new RequestOutcome.Failed(OptionalLong.empty(), reason, reason.explain(why));
    decisions.add(new Decision.AnswerRequest(request.requestId(), outcome));
  }

  private void refuseAll(FailureReason reason, String why) {
    queue.requests().forEach(request -> refuse(request, reason, why));
    queue = RequestQueue.EMPTY;
  }

  private void expire() {
    for (PendingCheckpoint checkpoint : List.copyOf(pending)) {
      if (!checkpoint.isFinalizing() && expiryMillis(checkpoint) <= nowMillis) {
        abort(
            checkpoint,
            FailureReason.CHECKPOINT_EXPIRED,
            "Missing are "
                + checkpoint.notAcknowledged().size()
                + " of "
                + checkpoint.plan().toAcknowledge().size()
                + " tasks.");
      }
    }
  }

  private long expiryMillis(PendingCheckpoint checkpoint) {
    return Times.after(checkpoint.startedMillis(), settings.timeoutMillis());
  }

  /**
   * INVARIANT: every round either takes a request from the queue or moves the periodic schedule
   * beyond now.
   */
  private void triggerWhatIsDue() {
    while (phase == Phase.RUNNING) {
      Optional<CheckpointRequest> request = policy().nextRequest();
      if (request.isPresent()) {
        queue = queue.tail();
        trigger(request);
      } else if (policy().isPeriodicDue(nowMillis)) {
        schedule = schedule.triggered(nowMillis);
        trigger(Optional.empty());
      } else {
        return;
      }
    }
  }

  private void trigger(Optional<CheckpointRequest> request) {
    Optional<CheckpointPlan> plan = deployment.plan(settings.afterTasksFinish());
    if (plan.isEmpty()) {
      request.ifPresent(
          r -> refuse(r, FailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING, "Some have finished."));
      return;
    }
    CheckpointType type =
        retention.shareable(request.map(CheckpointRequest::type).orElse(CheckpointType.CHECKPOINT));
    Optional<String> requestId = request.map(CheckpointRequest::requestId);
    long checkpointId = nextCheckpointId++;
    pending.add(
        new PendingCheckpoint(
            checkpointId, type, nowMillis, requestId, plan.get(), plan.get().toAcknowledge()));
    decisions.add(new Decision.Trigger(checkpointId, type, nowMillis, requestId, plan.get()));
  }

  private void wakeUpAgain() {
    long next = Long.MAX_VALUE;
    for (PendingCheckpoint checkpoint : pending) {
      if (!checkpoint.isFinalizing()) {
        next = Math.min(next, expiryMillis(checkpoint));
      }
    }
    if (phase == Phase.RUNNING) {
      next = Math.min(next, policy().nextPeriodicMillis().orElse(Long.MAX_VALUE));
    }
    if (next != Long.MAX_VALUE) {
      decisions.add(new Decision.WaitUntil(next));
    }
  }

  private Optional<PendingCheckpoint> find(long checkpointId) {
    return pending.stream().filter(p -> p.checkpointId() == checkpointId).findFirst();
  }

  private Set<TaskId> reachable(PendingCheckpoint checkpoint) {
    return phase == Phase.SHUT_DOWN ? Set.of() : deployment.reachable(checkpoint.plan());
  }

  /** Whether the task's run is the one that takes part in the checkpoint. */
  private boolean isCurrent(PendingCheckpoint checkpoint, TaskId task, long taskAttempt) {
    return checkpoint.plan().attempt() == deployment.attempt()
        && deployment.isCurrent(task, taskAttempt);
  }

  private TriggerPolicy policy() {
    return new TriggerPolicy(settings, schedule, queue, pending);
  }

  private CoordinatorState state() {
    return new CoordinatorState(
        settings,
        phase,
        deployment,
        nextCheckpointId,
        pending,
        schedule,
        queue,
        failures,
        retention,
        aborted);
  }
}
