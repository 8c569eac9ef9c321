package io.weir.engine;

import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.barrier.AbortReason;
import io.weir.barrier.AlignmentFacts;
import io.weir.barrier.Barrier;
import io.weir.barrier.BarrierController;
import io.weir.barrier.CheckpointOptions;
import io.weir.engine.channel.ChannelEvent;
import io.weir.engine.output.TaskOutputs;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

/**
 * Takes one task's part of each checkpoint: carries out what the barrier machine decides, snapshots
 * the operators (synchronous part, on the task's thread), and has the snapshot written
 * (asynchronous part, on another thread), which ends in an acknowledgement or a decline.
 */
final class SubtaskCheckpointCoordinator implements BarrierController {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final TaskAttempt attempt;
  private final TaskEnvironment environment;
  private final OperatorChain chain;
  private final TaskOutputs outputs;
  private final InputChannels channels;

  /** Null for a source. */
  private final TaskInput input;

  private final Timeouts timeouts;
  private final TaskStop stop;
  private final CheckpointMarks marks;
  private final Runnable whenWritten;

  /**
   * The asynchronous parts that have not ended, by checkpoint. Used by the task's thread alone; an
   * entry may stay a little longer than its write.
   */
  private final Map<Long, SnapshotWrite> writing = new HashMap<>();

  /** What was snapshotted while records in flight are still to be captured, or null. */
  private Captured capturing;

  private long alignmentStartNanos;
  private long startDelayNanos;
  private long lastTriggered = -1;

  /** Calls the barrier handler back when the time for an alignment is over. */
  @FunctionalInterface
  interface Timeouts {
    void callAt(long checkpointId, long deadlineMillis);
  }

  /** Of a checkpoint, all but the records in flight. */
  private record Captured(
      long checkpointId, TaskSnapshot snapshot, long startDelayNanos, long syncNanos) {}

  /**
   * @param whenWritten called from any thread when the writing of a snapshot has ended
   */
  SubtaskCheckpointCoordinator(
      TaskAttempt attempt,
      TaskEnvironment environment,
      OperatorChain chain,
      TaskOutputs outputs,
      InputChannels channels,
      TaskInput input,
      Timeouts timeouts,
      TaskStop stop,
      CheckpointMarks marks,
      Runnable whenWritten) {
    this.attempt = attempt;
    this.environment = environment;
    this.chain = chain;
    this.outputs = outputs;
    this.channels = channels;
    this.input = input;
    this.timeouts = timeouts;
    this.stop = stop;
    this.marks = marks;
    this.whenWritten = whenWritten;
  }

  /** The newest checkpoint that was snapshotted here, or -1. */
  long lastTriggered() {
    return lastTriggered;
  }

  @Override
  public void blockChannel(int channel) {
    channels.block(channel);
  }

  @Override
  public void unblockChannels() {
    channels.unblockAll();
  }

  @Override
  public void alignmentStarted(Barrier barrier) {
    marks.started(barrier.checkpointId());
    alignmentStartNanos = environment.clock().nanoTime();
    startDelayNanos =
        Math.max(0, environment.clock().nowMillis() - barrier.timestampMillis()) * NANOS_PER_MILLI;
    long timeout = barrier.options().alignedTimeoutMillis();
    if (timeout != CheckpointOptions.NO_TIMEOUT) {
      timeouts.callAt(barrier.checkpointId(), barrier.timestampMillis() + timeout);
    }
  }

  @Override
  public void triggerCheckpoint(Barrier barrier, AlignmentFacts facts) {
    if (!stop.postpones(barrier)) {
      snapshot(barrier);
    }
  }

  /** Sends the barrier on and takes the snapshot. */
  void snapshot(Barrier barrier) {
    long id = barrier.checkpointId();
    long syncStartNanos = environment.clock().nanoTime();
    marks.aligned(id);
    forgetWritten();
    chain.beforeBarrier(id);
    outputs.broadcastBarrier(barrier);
    TaskSnapshot snapshot = new TaskSnapshot();
    try {
      FunctionSnapshotContext context = new SnapshotContext(id, barrier.timestampMillis());
      for (ChainedOperator each : chain.operators()) {
        OperatorChain.run(each, () -> each.operator().snapshot(context));
        snapshot.add(each, id, barrier.options().type());
      }
    } catch (RuntimeException e) {
      snapshot.discard();
      throw e;
    }
    lastTriggered = id;
    stop.snapshotTaken(barrier);
    marks.snapshotted(id);
    long syncNanos = environment.clock().nanoTime() - syncStartNanos;
    if (barrier.options().isUnaligned()) {
      capturing = new Captured(id, snapshot, startDelayNanos, syncNanos);
      if (input != null) {
        input.beginCapture();
      }
    } else {
      writeInBackground(
          id,
          snapshot,
          CheckpointMetrics.ofSynchronousPart(
              startDelayNanos, syncStartNanos - alignmentStartNanos, syncNanos, false));
    }
  }

  @Override
  public void startCapture(int channel) {
    input.startCapture(channel);
    marks.captureStarted(channel);
  }

  @Override
  public void endCapture(int channel, long position) {
    if (position == AT_BARRIER) {
      input.endCapture(channel);
    } else {
      input.endCapture(channel, position);
    }
    marks.captureEnded(channel);
  }

  @Override
  public void captureCompleted(long checkpointId) {
    Captured captured = capturing;
    capturing = null;
    if (input != null && !chain.operators().isEmpty()) {
      captured.snapshot.addInFlight(
          input
              .takeCapture()
              .snapshot(chain.head().context().taskInfo().getNumberOfParallelSubtasks()));
    }
    writeInBackground(
        checkpointId,
        captured.snapshot,
        CheckpointMetrics.ofSynchronousPart(
            captured.startDelayNanos,
            environment.clock().nanoTime() - alignmentStartNanos,
            captured.syncNanos,
            true));
  }

  /** Whether records in flight are being captured for this checkpoint. */
  boolean isCapturing(long checkpointId) {
    return capturing != null && capturing.checkpointId == checkpointId;
  }

  private void dropCapture() {
    if (capturing != null) {
      capturing.snapshot.discard();
      capturing = null;
      if (input != null) {
        input.takeCapture();
      }
    }
  }

  private void writeInBackground(long id, TaskSnapshot snapshot, CheckpointMetrics soFar) {
    SnapshotWrite write =
        new SnapshotWrite(attempt, environment, id, snapshot, soFar, marks, whenWritten);
    writing.put(id, write);
    marks.captured(id);
    try {
      environment.async().execute(write);
    } catch (RejectedExecutionException e) {
      cancelWriting(id);
      environment.listener().declined(attempt, id, DeclineReason.ASYNC_FAILED, e);
    }
  }

  @Override
  public void abortCheckpoint(long checkpointId, AbortReason reason) {
    if (isCapturing(checkpointId)) {
      dropCapture();
    }
    cancelWriting(checkpointId);
    outputs.broadcast(new ChannelEvent.CancelBarrier(checkpointId));
    if (reason.isNewToCoordinator()) {
      environment.listener().declined(attempt, checkpointId, DeclineReason.SUBSUMED, null);
    }
    chain.checkpointAborted(checkpointId);
  }

  /** Stops writing this checkpoint, if that is under way. */
  void cancelWriting(long checkpointId) {
    SnapshotWrite write = writing.remove(checkpointId);
    if (write != null) {
      write.cancel(true);
    }
  }

  /** Whether some snapshot is not complete or has not been written yet. */
  boolean isWriting() {
    forgetWritten();
    return capturing != null || !writing.isEmpty();
  }

  private void forgetWritten() {
    writing.values().removeIf(SnapshotWrite::isDone);
  }

  /** Stops all capturing and writing. */
  void close() {
    dropCapture();
    writing.values().forEach(write -> write.cancel(true));
    writing.clear();
  }

  private record SnapshotContext(long checkpointId, long timestamp)
      implements FunctionSnapshotContext {
    @Override
    public long getCheckpointId() {
      return checkpointId;
    }

    @Override
    public long getCheckpointTimestamp() {
      return timestamp;
    }
  }
}
