package io.weir.job.local;

import io.weir.api.environment.JobStatus;
import io.weir.job.history.AttemptRecord;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.DecisionRecord;
import io.weir.job.history.FailureRecord;
import io.weir.job.history.JobRecord;
import io.weir.job.history.Ownership;
import io.weir.job.history.Verification;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.job.surroundings.JobNameTakenException;
import io.weir.job.surroundings.LeaseHeldException;
import io.weir.snapshot.JobId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A catalog that is forgotten when the process ends. One lock guards it: it is used a few times per
 * checkpoint, never per record.
 */
public final class InMemoryCatalog implements JobCatalog {
  private final ReentrantLock lock = new ReentrantLock();

  /** By id, oldest first. Guarded by the lock. */
  private final Map<JobId, JobMemory> memories = new LinkedHashMap<>();

  @Override
  public List<JobRecord> jobs() {
    lock.lock();
    try {
      List<JobRecord> jobs = new ArrayList<>();
      memories.values().forEach(memory -> jobs.add(memory.job()));
      Collections.reverse(jobs);
      return List.copyOf(jobs);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<JobRecord> jobsBesides(Set<JobId> known) {
    return jobs().stream().filter(job -> !known.contains(job.id())).toList();
  }

  @Override
  public Optional<JobRecord> job(JobId id) {
    return jobs().stream().filter(job -> job.id().equals(id)).findFirst();
  }

  @Override
  public Optional<JobRecord> jobNamed(String name) {
    return jobs().stream().filter(job -> job.name().equals(name)).findFirst();
  }

  @Override
  public JobRecord register(
      JobId id, String name, Map<String, String> configuration, long nowMillis)
      throws JobNameTakenException {
    lock.lock();
    try {
      for (JobMemory memory : memories.values()) {
        JobRecord holder = memory.job();
        if (holder.name().equals(name) && !holder.status().isGloballyTerminalState()) {
          if (holder.id().equals(id)) {
            return holder;
          }
          throw new JobNameTakenException(name, holder.id());
        }
      }
      JobRecord job =
          new JobRecord(id, name, JobStatus.CREATED, nowMillis, nowMillis, -1, configuration);
      memories.put(id, new JobMemory(job));
      return job;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void statusChanged(JobId job, JobStatus status, String why, long nowMillis)
      throws CatalogException {
    change(job, memory -> memory.changeStatus(status, why, nowMillis));
  }

  @Override
  public long lease(JobId job, String owner, OptionalLong token, long nowMillis, long untilMillis)
      throws CatalogException, LeaseHeldException {
    return call(
        job,
        memory ->
            token.isPresent()
                ? memory.prolongLease(token.getAsLong(), untilMillis)
                : memory.takeLease(owner, nowMillis, untilMillis));
  }

  @Override
  public void releaseLease(JobId job, long token) throws CatalogException {
    change(job, memory -> memory.releaseLease(token));
  }

  @Override
  public AttemptRecord attemptStarted(AttemptRecord attempt) throws CatalogException {
    return call(attempt.job(), memory -> memory.addAttempt(attempt));
  }

  @Override
  public void attemptEnded(JobId job, int attempt, long nowMillis) throws CatalogException {
    change(job, memory -> memory.endAttempt(attempt, nowMillis));
  }

  @Override
  public List<AttemptRecord> attempts(JobId job, int most) {
    return read(job, memory -> memory.attempts(most), List.of());
  }

  @Override
  public void failed(FailureRecord failure) throws CatalogException {
    change(failure.job(), memory -> memory.add(failure));
  }

  @Override
  public List<FailureRecord> failures(JobId job, int most) {
    return read(job, memory -> memory.failures(most), List.of());
  }

  @Override
  public void decided(DecisionRecord decision) throws CatalogException {
    change(decision.job(), memory -> memory.add(decision));
  }

  @Override
  public List<DecisionRecord> decisions(JobId job, int most) {
    return read(job, memory -> memory.decisions(most), List.of());
  }

  @Override
  public long nextCheckpointId(JobId job) {
    return read(job, JobMemory::nextCheckpointId, 1L);
  }

  @Override
  public void checkpointStarted(CheckpointRecord checkpoint) throws CatalogException {
    change(checkpoint.job(), memory -> memory.startCheckpoint(checkpoint));
  }

  @Override
  public void checkpointCompleted(CheckpointRecord checkpoint, long token) throws CatalogException {
    change(checkpoint.job(), memory -> memory.completeCheckpoint(checkpoint, token));
  }

  @Override
  public CheckpointStatus checkpointFailed(CheckpointRecord checkpoint) throws CatalogException {
    return call(checkpoint.job(), memory -> memory.failCheckpoint(checkpoint));
  }

  @Override
  public void snapshotAdopted(CheckpointRecord snapshot) throws CatalogException {
    change(snapshot.job(), memory -> memory.adopt(snapshot));
  }

  @Override
  public List<CheckpointRecord> snapshotsAt(String path) {
    return retained().stream().filter(checkpoint -> checkpoint.path().equals(path)).toList();
  }

  @Override
  public List<CheckpointRecord> retained() {
    lock.lock();
    try {
      return memories.values().stream()
          .flatMap(
              memory ->
                  memory.checkpoints(InMemoryCatalog::isRestorePoint, Integer.MAX_VALUE).stream())
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void snapshotVerified(String path, Verification outcome) {
    lock.lock();
    try {
      for (CheckpointRecord each : snapshotsAt(path)) {
        memories.get(each.job()).replace(each.verified(outcome));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void checkpointPinned(JobId job, long checkpointId, boolean pinned)
      throws CatalogException {
    change(job, memory -> memory.replace(restorePoint(memory, checkpointId).pinned(pinned)));
  }

  @Override
  public void checkpointLabelled(JobId job, long checkpointId, String label)
      throws CatalogException {
    change(job, memory -> memory.replace(restorePoint(memory, checkpointId).labelled(label)));
  }

  @Override
  public OptionalLong lastScheduledSavepoint(JobId job) {
    return select(job, checkpoint -> checkpoint.ownership() == Ownership.POLICY, 1).stream()
        .mapToLong(CheckpointRecord::triggeredMillis)
        .findFirst();
  }

  private static CheckpointRecord restorePoint(JobMemory memory, long checkpointId) {
    return memory
        .checkpoint(checkpointId)
        .filter(InMemoryCatalog::isRestorePoint)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "checkpoint %d is not complete, or removed".formatted(checkpointId)));
  }

  private static boolean isRestorePoint(CheckpointRecord checkpoint) {
    return checkpoint.status() == CheckpointStatus.COMPLETED && !checkpoint.isDiscarded();
  }

  @Override
  public void checkpointDiscarded(JobId job, long checkpointId) throws CatalogException {
    change(
        job,
        memory -> {
          Optional<CheckpointRecord> claimed =
              memory.checkpoint(checkpointId).filter(each -> each.ownership() == Ownership.CLAIMED);
          memory.discardCheckpoint(checkpointId);
          claimed.ifPresent(
              each ->
                  snapshotsAt(each.path())
                      .forEach(other -> memories.get(other.job()).discardCheckpoint(other.id())));
        });
  }

  @Override
  public Optional<CheckpointRecord> checkpoint(JobId job, long checkpointId) {
    return read(job, memory -> memory.checkpoint(checkpointId), Optional.empty());
  }

  @Override
  public List<CheckpointRecord> checkpointsBefore(JobId job, long checkpointId, int most) {
    return select(job, checkpoint -> checkpoint.id() < checkpointId, most);
  }

  @Override
  public List<CheckpointRecord> restorePoints(JobId job) {
    return select(job, InMemoryCatalog::isRestorePoint, Integer.MAX_VALUE);
  }

  @Override
  public List<CheckpointRecord> leftovers(JobId job) {
    return select(
        job,
        checkpoint ->
            checkpoint.status() != CheckpointStatus.COMPLETED && !checkpoint.isDiscarded(),
        Integer.MAX_VALUE);
  }

  @Override
  public Map<CheckpointStatus, Long> checkpointCounts(JobId job) {
    return read(
        job,
        JobMemory::checkpointCounts,
        Map.of(
            CheckpointStatus.IN_PROGRESS, 0L,
            CheckpointStatus.COMPLETED, 0L,
            CheckpointStatus.FAILED, 0L));
  }

  private List<CheckpointRecord> select(JobId job, Predicate<CheckpointRecord> filter, int most) {
    return read(job, memory -> memory.checkpoints(filter, most), List.of());
  }

  private <T> T read(JobId job, Function<JobMemory, T> question, T ofUnknownJob) {
    lock.lock();
    try {
      JobMemory memory = memories.get(job);
      return memory == null ? ofUnknownJob : question.apply(memory);
    } finally {
      lock.unlock();
    }
  }

  private void change(JobId job, Consumer<JobMemory> change) throws CatalogException {
    call(
        job,
        memory -> {
          change.accept(memory);
          return null;
        });
  }

  private <T, E extends Exception> T call(JobId job, Change<T, E> change)
      throws CatalogException, E {
    lock.lock();
    try {
      JobMemory memory = memories.get(job);
      if (memory == null) {
        throw new IllegalStateException("there is no job " + job);
      }
      return change.apply(memory);
    } catch (IllegalStateException e) {
      throw new CatalogException("The catalog refuses this: " + e.getMessage() + ".", e);
    } finally {
      lock.unlock();
    }
  }

  private interface Change<T, E extends Exception> {
    T apply(JobMemory memory) throws E;
  }
}
