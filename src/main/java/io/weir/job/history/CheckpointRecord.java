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
        vertices);
  }

  /** The same with newer figures. */
  public CheckpointRecord withVertices(List<VertexRecord> newer) {
    long written = newer.stream().mapToLong(VertexRecord::stateBytes).sum();
    return new CheckpointRecord(
        job,
        id,
        attempt,
        type,
        status,
        triggeredMillis,
        endedMillis,
        path,
        metadataBytes,
        stateBytes,
        written,
        failureReason,
        failureMessage,
        explanation,
        isDiscarded,
        ownership,
        newer);
  }

  /** The same with the sentence that explains it. */
  public CheckpointRecord explained(String sentence) {
    return new CheckpointRecord(
        job,
        id,
        attempt,
        type,
        status,
        triggeredMillis,
        endedMillis,
        path,
        metadataBytes,
        stateBytes,
        writtenBytes,
        failureReason,
        failureMessage,
        sentence,
        isDiscarded,
        ownership,
        vertices);
  }

  /** The same, completed. */
  public CheckpointRecord completed(
      long nowMillis, String where, long sizeOfMetadata, long fullStateBytes) {
    return new CheckpointRecord(
        job,
        id,
        attempt,
        type,
        CheckpointStatus.COMPLETED,
        triggeredMillis,
        nowMillis,
        where,
        sizeOfMetadata,
        fullStateBytes,
        writtenBytes,
        null,
        null,
        explanation,
        false,
        ownership,
        vertices);
  }

  /** The same, given up; something of it may be left. */
  public CheckpointRecord failed(long nowMillis, String reason, String message) {
    return new CheckpointRecord(
        job,
        id,
        attempt,
        type,
        CheckpointStatus.FAILED,
        triggeredMillis,
        nowMillis,
        path,
        0,
        0,
        writtenBytes,
        reason,
        message,
        explanation,
        false,
        ownership,
        vertices);
  }

  /** The same, with its files removed. */
  public CheckpointRecord discarded() {
    return new CheckpointRecord(
        job,
        id,
        attempt,
        type,
        status,
        triggeredMillis,
        endedMillis,
        path,
        metadataBytes,
        stateBytes,
        writtenBytes,
        failureReason,
        failureMessage,
        explanation,
        true,
        ownership,
        vertices);
  }

  /** The same, as another job begins with it. */
  public CheckpointRecord adoptedBy(JobId other, Ownership how) {
    return new CheckpointRecord(
        other,
        id,
        0,
        type,
        status,
        triggeredMillis,
        endedMillis,
        path,
        metadataBytes,
        stateBytes,
        writtenBytes,
        failureReason,
        failureMessage,
        explanation,
        isDiscarded,
        how,
        List.of());
  }

  /**
   * Whether the job goes back to it when it fails. Not to a savepoint behind which it has gone on:
   * its user may take it away at any time.
   */
  public boolean isForRecovery() {
    return ownership != Ownership.USER || type.isSynchronous();
  }

  /**
   * Whether the job that has taken it stops with it: once it is complete, that is settled, whatever
   * happens until the job has ended.
   */
  public boolean isStop() {
    return ownership == Ownership.USER && type.isSynchronous();
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
