package io.weir.engine;

import io.weir.snapshot.StateWriter;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The asynchronous part of one task's part of a checkpoint: ends in an acknowledgement or a
 * decline, or, if it was cancelled before it began, in nothing.
 */
final class SnapshotWrite extends FutureTask<Void> {
  private final TaskSnapshot snapshot;

  private final Runnable whenDone;

  /**
   * Set once, by whoever may use up the snapshot: the writing thread, or the one that cancels
   * before it.
   */
  private final AtomicBoolean claimed;

  SnapshotWrite(
      TaskAttempt attempt,
      TaskEnvironment environment,
      long checkpointId,
      TaskSnapshot snapshot,
      CheckpointMetrics soFar,
      CheckpointMarks marks,
      Runnable whenDone) {
    this(new AtomicBoolean(), attempt, environment, checkpointId, snapshot, soFar, marks, whenDone);
  }

  private SnapshotWrite(
      AtomicBoolean claimed,
      TaskAttempt attempt,
      TaskEnvironment environment,
      long checkpointId,
      TaskSnapshot snapshot,
      CheckpointMetrics soFar,
      CheckpointMarks marks,
      Runnable whenDone) {
    super(
        () -> {
          if (claimed.compareAndSet(false, true)) {
            write(attempt, environment, checkpointId, snapshot, soFar, marks);
          }
        },
        null);
    this.claimed = claimed;
    this.snapshot = snapshot;
    this.whenDone = whenDone;
  }

  @Override
  protected void done() {
    if (isCancelled() && claimed.compareAndSet(false, true)) {
      snapshot.discard();
    }
    whenDone.run();
  }

  private static void write(
      TaskAttempt attempt,
      TaskEnvironment environment,
      long checkpointId,
      TaskSnapshot snapshot,
      CheckpointMetrics soFar,
      CheckpointMarks marks) {
    long startNanos = environment.clock().nanoTime();
    TaskSnapshot.Written written;
    try {
      StateWriter writer = environment.writers().writerOf(checkpointId);
      written = snapshot.write(writer, environment.clock());
      writer.subtaskWritten();
    } catch (Throwable e) {
      // an error, too: nobody looks at what this task throws, and the checkpoint would wait for it
      snapshot.discard();
      environment.listener().declined(attempt, checkpointId, DeclineReason.ASYNC_FAILED, e);
      return;
    }
    marks.written(checkpointId);
    environment
        .listener()
        .acknowledged(
            attempt,
            checkpointId,
            written.states(),
            soFar.written(
                environment.clock().nanoTime() - startNanos,
                snapshot.processedBytes(),
                written.sizes()));
  }
}
