package io.weir.barrier;

import static io.weir.barrier.CheckpointOptions.NO_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.snapshot.CheckpointType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Feeds a script of events to a barrier handler and compares what the handler does, call by call.
 */
final class Scenario implements BarrierController {
  /** After its trigger, a checkpoint of {@link #timed} turns unaligned. */
  static final long TIMEOUT = 500;

  private final List<String> calls = new ArrayList<>();
  private final BarrierHandler handler;

  private Scenario(int channels, BitSet capturable, AlignmentMode mode) {
    handler = new BarrierHandler(channels, capturable, mode, this);
  }

  /** All channels can be captured. */
  static Scenario exactlyOnce(int channels) {
    return new Scenario(channels, range(0, channels), AlignmentMode.EXACTLY_ONCE);
  }

  /** The channels from this one on can be captured, those before it have to stay aligned. */
  static Scenario mixed(int channels, int firstCapturable) {
    return new Scenario(channels, range(firstCapturable, channels), AlignmentMode.EXACTLY_ONCE);
  }

  static Scenario atLeastOnce(int channels) {
    return new Scenario(channels, range(0, channels), AlignmentMode.AT_LEAST_ONCE);
  }

  private static BitSet range(int from, int to) {
    BitSet set = new BitSet();
    set.set(from, Math.max(from, to));
    return set;
  }

  static Barrier barrierOf(long checkpointId) {
    return new Barrier(checkpointId, 1_000 * checkpointId, CheckpointOptions.alignedCheckpoint());
  }

  static Barrier unalignedOf(long checkpointId) {
    return barrierOf(checkpointId, CheckpointOptions.Alignment.UNALIGNED, NO_TIMEOUT);
  }

  static Barrier timedOf(long checkpointId) {
    return barrierOf(checkpointId, CheckpointOptions.Alignment.ALIGNED, TIMEOUT);
  }

  private static Barrier barrierOf(
      long checkpointId, CheckpointOptions.Alignment alignment, long timeoutMillis) {
    return new Barrier(
        checkpointId,
        1_000 * checkpointId,
        new CheckpointOptions(CheckpointType.CHECKPOINT, alignment, timeoutMillis));
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

  Scenario unaligned(int channel, long checkpointId) {
    handler.onBarrier(channel, unalignedOf(checkpointId));
    return this;
  }

  Scenario timed(int channel, long checkpointId) {
    handler.onBarrier(channel, timedOf(checkpointId));
    return this;
  }

  Scenario announceUnaligned(int channel, long checkpointId, long position) {
    handler.onAnnouncement(channel, unalignedOf(checkpointId), position);
    return this;
  }

  Scenario announceTimed(int channel, long checkpointId, long position) {
    handler.onAnnouncement(channel, timedOf(checkpointId), position);
    return this;
  }

  Scenario timeout(long checkpointId) {
    handler.onTimeout(checkpointId);
    return this;
  }

  Scenario triggerUnaligned(long checkpointId) {
    handler.onTrigger(unalignedOf(checkpointId));
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
    String kind =
        barrier.options().type().isSavepoint()
            ? "savepoint "
            : barrier.options().isUnaligned() ? "overtake " : "trigger ";
    calls.add(
        kind
            + barrier.checkpointId()
            + " aligned="
            + facts.alignedChannels()
            + " ended="
            + facts.endedChannels());
  }

  @Override
  public void startCapture(int channel) {
    calls.add("capture " + channel);
  }

  @Override
  public void endCapture(int channel, long position) {
    calls.add("until " + channel + (position == AT_BARRIER ? " here" : " @" + position));
  }

  @Override
  public void captureCompleted(long checkpointId) {
    calls.add("captured " + checkpointId);
  }

  @Override
  public void abortCheckpoint(long checkpointId, AbortReason reason) {
    calls.add("abort " + checkpointId + " " + reason);
  }
}
