package io.weir.engine.channel;

import io.weir.barrier.Barrier;

/** What travels in a channel, in order with the records, besides them. */
public sealed interface ChannelEvent extends ChannelItem {

  /** Hands itself to the method for its kind. */
  void dispatchTo(int channel, Receiver receiver) throws Exception;

  /** Takes events from channels. */
  interface Receiver {
    void onWatermark(int channel, long timestamp) throws Exception;

    void onIdleness(int channel, boolean idle) throws Exception;

    void onBarrier(int channel, Barrier barrier, int itemsInFront) throws Exception;

    void onCancelBarrier(int channel, long checkpointId) throws Exception;

    void onEndOfInput(int channel) throws Exception;
  }

  /** No record with this or a smaller timestamp follows. */
  record Watermark(long timestamp) implements ChannelEvent {
    @Override
    public void dispatchTo(int channel, Receiver receiver) throws Exception {
      receiver.onWatermark(channel, timestamp);
    }
  }

  /** The producer has become idle or active. */
  record Idleness(boolean idle) implements ChannelEvent {
    @Override
    public void dispatchTo(int channel, Receiver receiver) throws Exception {
      receiver.onIdleness(channel, idle);
    }
  }

  /**
   * What is in front of it belongs to the checkpoint, what is behind does not.
   *
   * @param itemsInFront how many items the channel held when it was sent
   */
  record CheckpointBarrier(Barrier barrier, int itemsInFront) implements ChannelEvent {
    @Override
    public void dispatchTo(int channel, Receiver receiver) throws Exception {
      receiver.onBarrier(channel, barrier, itemsInFront);
    }
  }

  /** The producer has given this checkpoint up; no barrier of it will come. */
  record CancelBarrier(long checkpointId) implements ChannelEvent {
    @Override
    public void dispatchTo(int channel, Receiver receiver) throws Exception {
      receiver.onCancelBarrier(channel, checkpointId);
    }
  }

  /** Nothing follows. */
  record EndOfInput() implements ChannelEvent {
    @Override
    public void dispatchTo(int channel, Receiver receiver) throws Exception {
      receiver.onEndOfInput(channel);
    }
  }
}
