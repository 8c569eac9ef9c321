package io.weir.barrier;

import java.util.BitSet;
import java.util.Objects;

/**
 * Decides for one task what barriers, triggers, aborts and ends of input mean. Owned by the task's
 * thread.
 *
 * <p>Barriers of one channel arrive in the order of their ids. A checkpoint that was completed,
 * given up or overtaken here never comes back: its late and duplicate barriers are ignored.
 */
public final class BarrierHandler {
  /** What {@link #currentCheckpointId()} says before the first checkpoint. */
  public static final long NO_CHECKPOINT = -1;

  private final Gate gate;
  private BarrierState state;

  /**
   * @param channels number of input channels; 0 for a source, which is only ever {@link #onTrigger
   *     triggered}
   * @param capturable the channels on which barriers may overtake records; on others they stay
   *     aligned even in an unaligned checkpoint
   */
  public BarrierHandler(
      int channels, BitSet capturable, AlignmentMode mode, BarrierController controller) {
    this.gate =
        new Gate(
            new Channels(channels, capturable), Objects.requireNonNull(controller, "controller"));
    this.state =
        switch (mode) {
          case EXACTLY_ONCE -> new WaitingForFirstBarrier(gate);
          case AT_LEAST_ONCE -> new CountingBarriers(gate);
        };
  }

  /** The channel delivered a barrier. */
  public void onBarrier(int channel, Barrier barrier) {
    gate.channels().requireOpen(channel);
    state = state.onBarrier(channel, barrier);
  }

  /**
   * The channel has a barrier in its queue, of a checkpoint that {@link
   * CheckpointOptions#mayOvertake() may overtake} what stands in front of it. May come before or
   * after the channel delivers the barrier; the announcements of one channel come in the order of
   * its barriers.
   *
   * @param position of the barrier in the channel
   */
  public void onAnnouncement(int channel, Barrier barrier, long position) {
    gate.channels().requireCapturable(channel);
    if (gate.channels().isOpen(channel)) {
      state = state.onAnnouncement(channel, barrier, position);
    }
  }

  /** The time that a checkpoint may take for its alignment is over. May come late. */
  public void onTimeout(long checkpointId) {
    state = state.onTimeout(checkpointId);
  }

  /**
   * The coordinator starts a checkpoint at this very task, because it is a source or because every
   * task in front of it has finished. Channels that have not delivered their end of input yet are
   * waited for: what they still hold belongs into the snapshot.
   */
  public void onTrigger(Barrier barrier) {
    state = state.onTrigger(barrier);
  }

  /** The channel delivered its end of input; it takes no part in any alignment from now on. */
  public void onEndOfChannel(int channel) {
    gate.channels().end(channel);
    state = state.onEndOfChannel(channel);
  }

  /**
   * A checkpoint was given up elsewhere. Also for ids that were not seen yet: their late barriers
   * will be ignored. May be repeated.
   */
  public void onAbort(long checkpointId) {
    state = state.onAbort(checkpointId);
  }

  /** Whether a checkpoint waits for barriers, its snapshot taken or not. */
  public boolean isAligning() {
    return state.isAligning();
  }

  /**
   * The newest checkpoint of which a barrier or trigger has been seen, or {@link #NO_CHECKPOINT}.
   */
  public long currentCheckpointId() {
    return gate.seen().newest();
  }
}
