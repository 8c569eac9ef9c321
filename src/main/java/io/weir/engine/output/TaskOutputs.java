package io.weir.engine.output;

import io.weir.engine.channel.Channel;
import io.weir.engine.channel.ChannelEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * All channels that a task feeds, and whether they have room. While one has none, the task polls no
 * input.
 */
public final class TaskOutputs {
  private final List<Channel> channels = new ArrayList<>();
  private boolean full;

  /** Adds a channel; before the task's first step. */
  public void add(Channel channel) {
    channels.add(channel);
  }

  public boolean isEmpty() {
    return channels.isEmpty();
  }

  void markFull() {
    full = true;
  }

  /** Whether some channel had no room when it was last used. */
  public boolean isFull() {
    return full;
  }

  /** Moves what it can from overdrafts, and says whether every channel has room now. */
  public boolean makeRoom() {
    if (full) {
      boolean room = true;
      for (int i = 0; i < channels.size(); i++) {
        room &= channels.get(i).hasRoom();
      }
      full = !room;
    }
    return !full;
  }

  /** Hands over unfinished batches to consumers that have nothing else to read. */
  public void flushToIdleConsumers() {
    for (int i = 0; i < channels.size(); i++) {
      channels.get(i).flushIfConsumerIsIdle();
    }
  }

  /** Hands everything over. */
  public void flush() {
    for (int i = 0; i < channels.size(); i++) {
      full |= !channels.get(i).flush();
    }
  }

  /** Sends an event into every channel, behind all that has been emitted. */
  public void broadcast(ChannelEvent event) {
    for (int i = 0; i < channels.size(); i++) {
      full |= !channels.get(i).emitEvent(event);
    }
  }

  /** Share of the fullest channel that is filled, from 0 to 1; an estimate. */
  public double fillRatio() {
    double most = 0;
    for (Channel channel : channels) {
      most = Math.max(most, channel.fillRatio());
    }
    return most;
  }
}
