package io.weir.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.snapshot.CheckpointType;
import java.util.ArrayList;
import java.util.List;

/**
 * Feeds a script of events to a barrier handler and compares what the handler does, call by call.
 */
final class Scenario implements BarrierController {
  private final List<String> calls = new ArrayList<>();
  private final BarrierHandler handler;

  private Scenario(int channels, AlignmentMode mode) {
    handler = new BarrierHandler(channels, mode, this);
  }

  static Scenario exactlyOnce(int channels) {
    return new Scenario(channels, AlignmentMode.EXACTLY_ONCE);
  }

  static Scenario atLeastOnce(int channels) {
    return new Scenario(channels, AlignmentMode.AT_LEAST_ONCE);
  }

  static Barrier barrierOf(long checkpointId) {
    return new Barrier(checkpointId, 1_000 * checkpointId, CheckpointOptions.alignedCheckpoint());
  }

  static Barrier savepointOf(long checkpointId) {
    return new Barrier(
        checkpointId,
        1_000 * checkpointId,
        new CheckpointOptions(CheckpointType.SAVEPOINT, CheckpointOptions.Alignment.ALIGNED));
  }

  Scenario barrier(int channel, long checkpointId) {
    handler.onBarrier(channel, barrierOf(checkpointId));
    return this;
  }

  Scenario savepoint(int channel, long checkpointId) {
    handler.onBarrier(channel, savepointOf(checkpointId));
    return this;
  }

  Scenario trigger(long checkpointId) {
    handler.onTrigger(barrierOf(checkpointId));
    return this;
  }

  Scenario end(int channel) {
    handler.onEndOfChannel(channel);
    return this;
  }

  Scenario abort(long checkpointId) {
    handler.onAbort(checkpointId);
    return this;
  }

  /** Exactly these calls since the last comparison. */
  Scenario does(String... expected) {
    assertThat(calls).containsExactly(expected);
    calls.clear();
    return this;
  }

  Scenario doesNothing() {
    return does();
  }

  Scenario isAligning(boolean expected) {
    assertThat(handler.isAligning()).isEqualTo(expected);
    return this;
  }

  Scenario currentIs(long checkpointId) {
    assertThat(handler.currentCheckpointId()).isEqualTo(checkpointId);
    return this;
  }

  @Override
  public void blockChannel(int channel) {
    calls.add("block " + channel);
  }

  @Override
  public void unblockChannels() {
    calls.add("unblock");
  }

  @Override
  public void alignmentStarted(Barrier barrier) {
    calls.add("start " + barrier.checkpointId());
  }

  @Override
  public void triggerCheckpoint(Barrier barrier, AlignmentFacts facts) {
    String kind = barrier.options().type().isSavepoint() ? "savepoint " : "trigger ";
    calls.add(
        kind
            + barrier.checkpointId()
            + " aligned="
            + facts.alignedChannels()
            + " ended="
            + facts.endedChannels());
  }

  @Override
  public void abortCheckpoint(long checkpointId, AbortReason reason) {
    calls.add("abort " + checkpointId + " " + reason);
  }
}
