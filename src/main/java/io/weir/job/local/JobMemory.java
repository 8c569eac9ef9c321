package io.weir.job.local;

import io.weir.api.environment.JobStatus;
import io.weir.job.history.AttemptRecord;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.DecisionRecord;
import io.weir.job.history.FailureRecord;
import io.weir.job.history.JobRecord;
import io.weir.job.surroundings.LeaseHeldException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All that is remembered of one job. Guarded by the catalog's lock. */
final class JobMemory {
  /** Of failures, attempts and decisions the newest are kept, and of checkpoints without files. */
  static final int HISTORY = 1_000;

  private final Deque<AttemptRecord> attempts = new ArrayDeque<>();
  private final Deque<FailureRecord> failures = new ArrayDeque<>();
  private final Deque<DecisionRecord> decisions = new ArrayDeque<>();
  private final NavigableMap<Long, CheckpointRecord> checkpoints = new TreeMap<>();
  private final Map<CheckpointStatus, Long> ended = new EnumMap<>(CheckpointStatus.class);
  private JobRecord job;

  /** Null when nobody has the lease. */
  private String leaseOwner;

  private long leaseToken;
  private long newestCheckpointId;
  private long leaseUntilMillis;

  JobMemory(JobRecord job) {
    this.job = job;
  }

  JobRecord job() {
    return job;
  }

  void changeStatus(JobStatus status, String why, long nowMillis) {
    if (job.status() == status) {
      return;
    }
    if (job.status().isGloballyTerminalState()) {
      throw new IllegalStateException(
          "the job has ended with status %s, it cannot become %s".formatted(job.status(), status));
    }
    job =
        new JobRecord(
            job.id(),
            job.name(),
            status,
            job.submittedMillis(),
            nowMillis,
            status.isGloballyTerminalState() ? nowMillis : -1,
            job.configuration());
    add(new DecisionRecord(job.id(), nowMillis, status.name(), why));
  }

  long takeLease(String owner, long nowMillis, long untilMillis) throws LeaseHeldException {
    boolean isFree =
        leaseOwner == null || leaseOwner.equals(owner) || leaseUntilMillis <= nowMillis;
    if (!isFree) {
      throw new LeaseHeldException(job.name(), leaseOwner, leaseUntilMillis);
    }
    leaseOwner = owner;
    leaseUntilMillis = untilMillis;
    return ++leaseToken;
  }

  long prolongLease(long token, long untilMillis) throws LeaseHeldException {
    if (leaseToken == 0) {
      throw new IllegalStateException("nobody has ever taken the lease of job " + job.id());
    }
    if (!isLeaseHeld(token)) {
      String holder = leaseOwner == null ? "nobody, it was given back" : leaseOwner;
      throw new LeaseHeldException(job.name(), holder, leaseUntilMillis);
    }
    leaseUntilMillis = untilMillis;
    return token;
  }

  void releaseLease(long token) {
    if (isLeaseHeld(token)) {
      leaseOwner = null;
      leaseUntilMillis = 0;
    }
  }

  private boolean isLeaseHeld(long token) {
    return leaseOwner != null && leaseToken == token;
  }

  AttemptRecord addAttempt(AttemptRecord attempt) {
    int number = attempts.isEmpty() ? 0 : attempts.getFirst().attempt() + 1;
    AttemptRecord numbered = with(attempt, number, attempt.endedMillis());
    addFirst(attempts, numbered);
    return numbered;
  }

  void endAttempt(int attempt, long nowMillis) {
    List<AttemptRecord> all = List.copyOf(attempts);
    if (all.stream().noneMatch(record -> record.attempt() == attempt)) {
      throw new IllegalStateException("job " + job.id() + " has no attempt " + attempt);
    }
    attempts.clear();
    all.forEach(
        record ->
            attempts.addLast(
                record.attempt() == attempt ? with(record, attempt, nowMillis) : record));
  }

  private static AttemptRecord with(AttemptRecord record, int attempt, long endedMillis) {
    return new AttemptRecord(
        record.job(),
        attempt,
        record.startedMillis(),
        endedMillis,
        record.restoredCheckpointId(),
        record.restoredPath(),
        record.isRestoredFromSavepoint(),
        record.why());
  }

  List<AttemptRecord> attempts(int most) {
    return attempts.stream().limit(most).toList();
  }

  void add(FailureRecord failure) {
    addFirst(failures, failure);
  }

  List<FailureRecord> failures(int most) {
    return failures.stream().limit(most).toList();
  }

  void add(DecisionRecord decision) {
    addFirst(decisions, decision);
  }

  List<DecisionRecord> decisions(int most) {
    return decisions.stream().limit(most).toList();
  }

  long nextCheckpointId() {
    return newestCheckpointId + 1;
  }

  void startCheckpoint(CheckpointRecord checkpoint) {
    if (checkpoints.containsKey(checkpoint.id())) {
      throw new IllegalStateException("checkpoint " + checkpoint.id() + " has been started before");
    }
    put(checkpoint);
    checkpoints.headMap(checkpoint.id() - HISTORY).values().removeIf(CheckpointRecord::isDiscarded);
  }

  void completeCheckpoint(CheckpointRecord checkpoint, long token) {
    if (!isLeaseHeld(token)) {
      throw new IllegalStateException("this server has lost the lease of the job");
    }
    CheckpointRecord present = checkpoints.get(checkpoint.id());
    if (present == null || present.status() != CheckpointStatus.IN_PROGRESS) {
      throw new IllegalStateException(
          "checkpoint %d is %s and no longer in progress"
              .formatted(checkpoint.id(), present == null ? "not known" : present.status()));
    }
    put(checkpoint);
    ended.merge(CheckpointStatus.COMPLETED, 1L, Long::sum);
  }

  CheckpointStatus failCheckpoint(CheckpointRecord checkpoint) {
    CheckpointRecord present = checkpoints.get(checkpoint.id());
    if (present == null || present.status() == CheckpointStatus.IN_PROGRESS) {
      put(checkpoint);
      ended.merge(CheckpointStatus.FAILED, 1L, Long::sum);
      return CheckpointStatus.FAILED;
    }
    return present.status();
  }

  void adopt(CheckpointRecord snapshot) {
    if (!checkpoints.containsKey(snapshot.id())) {
      put(snapshot);
    }
  }

  void discardCheckpoint(long checkpointId) {
    checkpoints.computeIfPresent(checkpointId, (id, checkpoint) -> checkpoint.discarded());
  }

  /** Takes over something new about one that is known. */
  void replace(CheckpointRecord checkpoint) {
    checkpoints.put(checkpoint.id(), checkpoint);
  }

  Optional<CheckpointRecord> checkpoint(long checkpointId) {
    return Optional.ofNullable(checkpoints.get(checkpointId));
  }

  /** Newest first. */
  List<CheckpointRecord> checkpoints(Predicate<CheckpointRecord> filter, int most) {
    return checkpoints.descendingMap().values().stream().filter(filter).limit(most).toList();
  }

  Map<CheckpointStatus, Long> checkpointCounts() {
    long inProgress =
        checkpoints.values().stream()
            .filter(checkpoint -> checkpoint.status() == CheckpointStatus.IN_PROGRESS)
            .count();
    return Map.of(
        CheckpointStatus.IN_PROGRESS, inProgress,
        CheckpointStatus.COMPLETED, ended.getOrDefault(CheckpointStatus.COMPLETED, 0L),
        CheckpointStatus.FAILED, ended.getOrDefault(CheckpointStatus.FAILED, 0L));
  }

  private void put(CheckpointRecord checkpoint) {
    checkpoints.put(checkpoint.id(), checkpoint);
    newestCheckpointId = Math.max(newestCheckpointId, checkpoint.id());
  }

  private static <T> void addFirst(Deque<T> rows, T row) {
    rows.addFirst(row);
    if (rows.size() > HISTORY) {
      rows.removeLast();
    }
  }
}
