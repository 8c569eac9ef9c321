package io.weir.job.history;

import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import java.util.List;

/**
 * A checkpoint or savepoint of a job.
 *
 * @param attempt the run of the job in which it was taken
 * @param triggeredMillis milliseconds since the epoch
 * @param endedMillis when it was completed or given up, or -1
 * @param path where it is, or was to be
 * @param metadataBytes size of its {@code _metadata}; 0 until it is completed
 * @param stateBytes bytes that a restore has to read
 * @param writtenBytes bytes that were written for it
 * @param failureReason name of the reason why it was given up, or null
 * @param failureMessage that reason for people, or null
 * @param explanation one sentence: what its duration, or its failure, comes down to; null while it
 *     is in progress
 * @param isDiscarded whether its files have been removed
 * @param ownership whose it is
 * @param verification what reading all of it has come to the last time; null if nobody has
 * @param isPinned whether it stays until its user says otherwise
 * @param label what its user calls it, or null
 * @param vertices figures of those who take part, in the order of the plan
 */
public record CheckpointRecord(
    JobId job,
    long id,
    int attempt,
    CheckpointType type,
    CheckpointStatus status,
    long triggeredMillis,
    long endedMillis,
    String path,
    long metadataBytes,
    long stateBytes,
    long writtenBytes,
    String failureReason,
    String failureMessage,
    String explanation,
    boolean isDiscarded,
    Ownership ownership,
    Verification verification,
    boolean isPinned,
    String label,
    List<VertexRecord> vertices) {
  public CheckpointRecord {
    vertices = List.copyOf(vertices);
  }

  /** A checkpoint that has just been triggered. */
  public static CheckpointRecord started(
      JobId job,
      long id,
      int attempt,
      CheckpointType type,
      long triggeredMillis,
      String path,
      List<VertexRecord> vertices) {
    return new CheckpointRecord(
        job,
        id,
        attempt,
        type,
        CheckpointStatus.IN_PROGRESS,
        triggeredMillis,
        -1,
        path,
        0,
        0,
        0,
        null,
        null,
        null,
        false,
        Ownership.of(type),
        null,
        false,
        null,
        vertices);
  }

  /** One that was found in storage complete; its figures are those that its metadata tells. */
  public static CheckpointRecord found(
      JobId job,
      long id,
      CheckpointType type,
      long timestampMillis,
      String path,
      long stateBytes,
      Ownership ownership) {
    return new CheckpointRecord(
        job,
        id,
        0,
        type,
        CheckpointStatus.COMPLETED,
        timestampMillis,
        timestampMillis,
        path,
        0,
        stateBytes,
        0,
        null,
        null,
        null,
        false,
        ownership,
        null,
        false,
        null,
        List.of());
  }

  /** The same with newer figures. */
  public CheckpointRecord withVertices(List<VertexRecord> newer) {
    Copy copy = new Copy(this);
    copy.writtenBytes = newer.stream().mapToLong(VertexRecord::stateBytes).sum();
    copy.vertices = newer;
    return copy.toRecord();
  }

  /** The same with the sentence that explains it. */
  public CheckpointRecord explained(String sentence) {
    Copy copy = new Copy(this);
    copy.explanation = sentence;
    return copy.toRecord();
  }

  /** The same, completed. */
  public CheckpointRecord completed(
      long nowMillis, String where, long sizeOfMetadata, long fullStateBytes) {
    Copy copy = new Copy(this);
    copy.status = CheckpointStatus.COMPLETED;
    copy.endedMillis = nowMillis;
    copy.path = where;
    copy.metadataBytes = sizeOfMetadata;
    copy.stateBytes = fullStateBytes;
    copy.failureReason = null;
    copy.failureMessage = null;
    copy.isDiscarded = false;
    return copy.toRecord();
  }

  /** The same, given up; something of it may be left. */
  public CheckpointRecord failed(long nowMillis, String reason, String message) {
    Copy copy = new Copy(this);
    copy.status = CheckpointStatus.FAILED;
    copy.endedMillis = nowMillis;
    copy.metadataBytes = 0;
    copy.stateBytes = 0;
    copy.failureReason = reason;
    copy.failureMessage = message;
    copy.isDiscarded = false;
    return copy.toRecord();
  }

  /** The same, with its files removed. */
  public CheckpointRecord discarded() {
    Copy copy = new Copy(this);
    copy.isDiscarded = true;
    return copy.toRecord();
  }

  /** The same, after all of it has been read. */
  public CheckpointRecord verified(Verification outcome) {
    Copy copy = new Copy(this);
    copy.verification = outcome;
    return copy.toRecord();
  }

  /** The same, to be kept or no longer. */
  public CheckpointRecord pinned(boolean pinned) {
    Copy copy = new Copy(this);
    copy.isPinned = pinned;
    return copy.toRecord();
  }

  /**
   * The same, called something else.
   *
   * @param text null for nothing
   */
  public CheckpointRecord labelled(String text) {
    Copy copy = new Copy(this);
    copy.label = text;
    return copy.toRecord();
  }

  /** The same, belonging to somebody else. */
  public CheckpointRecord ownedBy(Ownership owner) {
    Copy copy = new Copy(this);
    copy.ownership = owner;
    return copy.toRecord();
  }

  /** The same, as another job begins with it. */
  public CheckpointRecord adoptedBy(JobId other, Ownership how) {
    Copy copy = new Copy(this);
    copy.job = other;
    copy.attempt = 0;
    copy.ownership = how;
    copy.vertices = List.of();
    return copy.toRecord();
  }

  /** A record in which something is different. */
  private static final class Copy {
    private final CheckpointRecord original;
    private JobId job;
    private int attempt;
    private CheckpointStatus status;
    private long endedMillis;
    private String path;
    private long metadataBytes;
    private long stateBytes;
    private long writtenBytes;
    private String failureReason;
    private String failureMessage;
    private String explanation;
    private boolean isDiscarded;
    private Ownership ownership;
    private Verification verification;
    private boolean isPinned;
    private String label;
    private List<VertexRecord> vertices;

    Copy(CheckpointRecord original) {
      this.original = original;
      job = original.job;
      attempt = original.attempt;
      status = original.status;
      endedMillis = original.endedMillis;
      path = original.path;
      metadataBytes = original.metadataBytes;
      stateBytes = original.stateBytes;
      writtenBytes = original.writtenBytes;
      failureReason = original.failureReason;
      failureMessage = original.failureMessage;
      explanation = original.explanation;
      isDiscarded = original.isDiscarded;
      ownership = original.ownership;
      verification = original.verification;
      isPinned = original.isPinned;
      label = original.label;
      vertices = original.vertices;
    }

    CheckpointRecord toRecord() {
      return new CheckpointRecord(
          job,
          original.id,
          attempt,
          original.type,
          status,
          original.triggeredMillis,
          endedMillis,
          path,
          metadataBytes,
          stateBytes,
          writtenBytes,
          failureReason,
          failureMessage,
          explanation,
          isDiscarded,
          ownership,
          verification,
          isPinned,
          label,
          vertices);
    }
  }

  /**
   * Whether the job goes back to it when it fails. Not to a savepoint behind which it has gone on:
   * its user may take it away at any time.
   */
  public boolean isForRecovery() {
    return !ownership.isOutside() || type.isSynchronous();
  }

  /**
   * Whether the job that has taken it stops with it: once it is complete, that is settled, whatever
   * happens until the job has ended.
   */
  public boolean isStop() {
    return ownership == Ownership.USER && type.isSynchronous();
  }

  /** Why it cannot be used, as far as is known; null if nothing is. */
  public String damage() {
    return verification == null ? null : verification.damage();
  }

  /** From trigger to end; to the given time while it is in progress. */
  public long durationMillis(long nowMillis) {
    return (endedMillis < 0 ? nowMillis : endedMillis) - triggeredMillis;
  }

  public int subtasks() {
    return vertices.stream().mapToInt(vertex -> vertex.subtasks().size()).sum();
  }

  public int acknowledged() {
    return vertices.stream().mapToInt(VertexRecord::acknowledged).sum();
  }

  /** When the last subtask acknowledged, or -1. */
  public long latestAckMillis() {
    return vertices.stream().mapToLong(VertexRecord::latestAckMillis).max().orElse(-1);
  }
}
