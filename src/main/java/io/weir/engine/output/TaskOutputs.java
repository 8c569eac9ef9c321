package io.weir.engine.output;

import io.weir.barrier.Barrier;
import io.weir.engine.channel.Channel;
import io.weir.engine.channel.ChannelEvent;
import io.weir.snapshot.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All channels that a task feeds, and whether they have room. While one has none, the task polls no
 * input.
 */
public final class TaskOutputs {
  private final List<Channel> channels = new ArrayList<>();

  /** By channel: who hears of its barriers ahead of them, or null. */
  private final List<BarrierAnnouncement> announcements = new ArrayList<>();

  /** By channel. */
  private final List<TaskId> consumers = new ArrayList<>();

  private boolean full;

  /** Tells the consumer of a channel of a barrier that is queued in it. */
  @FunctionalInterface
  public interface BarrierAnnouncement {
    void announce(Barrier barrier, long position);
  }

  /**
   * Adds a channel; before the task's first step.
   *
   * @param announcement null if no barrier may overtake records in this channel
   */
  public void add(Channel channel, TaskId consumer, BarrierAnnouncement announcement) {
    channels.add(channel);
    consumers.add(consumer);
    announcements.add(announcement);
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

  /** Whether every channel has room now. */
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

  /**
   * Sends a barrier into every channel, behind all that has been emitted, and announces it where it
   * may overtake that.
   */
  public void broadcastBarrier(Barrier barrier) {
    boolean overtakes = barrier.options().mayOvertake();
    for (int i = 0; i < channels.size(); i++) {
      long position = channels.get(i).emitBarrier(barrier);
      full |= !channels.get(i).hasRoom();
      if (overtakes && announcements.get(i) != null) {
        announcements.get(i).announce(barrier, position);
      }
    }
  }

  /** The task whose channel holds the most, if any is fed; an estimate, for any thread. */
  public Optional<TaskId> fullestConsumer() {
    return IntStream.range(0, channels.size())
        .boxed()
        .max(Comparator.comparing(i -> channels.get(i).queuedItems()))
        .map(consumers::get);
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
