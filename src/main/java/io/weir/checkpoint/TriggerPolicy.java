package io.weir.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Which checkpoint is the next to start, now or at a later time. */
final class TriggerPolicy {
  private final CheckpointSettings settings;
  private final TriggerSchedule schedule;
  private final RequestQueue queue;
  private final List<PendingCheckpoint> pending;

  TriggerPolicy(
      CheckpointSettings settings,
      TriggerSchedule schedule,
      RequestQueue queue,
      List<PendingCheckpoint> pending) {
    this.settings = settings;
    this.schedule = schedule;
    this.queue = queue;
    this.pending = pending;
  }

  /**
   * The waiting request whose turn it is. Requests do not wait for the pause between checkpoints,
   * forced ones not for room either.
   */
  Optional<CheckpointRequest> nextRequest() {
    return isJobStopping()
        ? Optional.empty()
        : queue.head().filter(request -> request.forced() || hasRoom());
  }

  /** Whether a periodic checkpoint starts now. */
  boolean isPeriodicDue(long nowMillis) {
    OptionalLong due = nextPeriodicMillis();
    return due.isPresent() && due.getAsLong() <= nowMillis;
  }

  /** When a periodic checkpoint starts; empty if something else has to happen before. */
  OptionalLong nextPeriodicMillis() {
    return isJobStopping() || !hasRoom() || queue.head().isPresent()
        ? OptionalLong.empty()
        : schedule.dueMillis();
  }

  private boolean hasRoom() {
    return pending.size() < settings.effectiveMaxConcurrent();
  }

  /** Nothing can follow a savepoint behind which the job stops: the sources stand still. */
  private boolean isJobStopping() {
    return pending.stream().anyMatch(checkpoint -> checkpoint.type().isSynchronous());
  }
}
