package io.weir.engine;

import io.weir.engine.channel.Channel;
import io.weir.engine.channel.ChannelItem;
import io.weir.engine.channel.InFlightEdge;
import io.weir.snapshot.TaskId;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The near ends of a task's input channels: polled in turn, except those that are blocked or have
 * ended.
 */
final class InputChannels {

  /**
   * One input channel.
   *
   * @param input which of the operator's inputs it feeds, 0 or 1
   * @param producer the task that feeds it
   * @param producerName shown in messages
   * @param origin of records that barriers may overtake; null if they may not
   */
  record InputChannel(
      Channel channel,
      int input,
      TaskId producer,
      String producerName,
      InFlightEdge.Origin origin) {}

  private final Channel[] channels;
  private final int[] inputs;
  private final TaskId[] producers;
  private final String[] producerNames;
  private final InFlightEdge.Origin[] origins;
  private final BitSet polled;
  private final BitSet open;
  private int cursor;

  InputChannels(List<InputChannel> inputChannels) {
    int count = inputChannels.size();
    channels = new Channel[count];
    inputs = new int[count];
    producers = new TaskId[count];
    producerNames = new String[count];
    origins = new InFlightEdge.Origin[count];
    for (int i = 0; i < count; i++) {
      channels[i] = inputChannels.get(i).channel();
      inputs[i] = inputChannels.get(i).input();
      producers[i] = inputChannels.get(i).producer();
      producerNames[i] = inputChannels.get(i).producerName();
      origins[i] = inputChannels.get(i).origin();
    }
    polled = new BitSet(count);
    polled.set(0, count);
    open = (BitSet) polled.clone();
  }

  int count() {
    return channels.length;
  }

  int inputOf(int channel) {
    return inputs[channel];
  }

  Channel channel(int channel) {
    return channels[channel];
  }

  String producerOf(int channel) {
    return producerNames[channel];
  }

  TaskId producer(int channel) {
    return producers[channel];
  }

  /** The channels that are not at their end. */
  BitSet open() {
    return open;
  }

  /** Limits the batches on all channels. */
  void limitBatches(int records) {
    for (Channel channel : channels) {
      channel.limitBatches(records);
    }
  }

  /** What has not been polled on all channels; an estimate, for any thread. */
  int queuedItems() {
    int items = 0;
    for (Channel channel : channels) {
      items += channel.queuedItems();
    }
    return items;
  }

  /** The one of these that holds the most, or -1. */
  int fullestOf(BitSet some) {
    return fullest(some.stream());
  }

  /** The one that holds the most, or -1; an estimate, for any thread. */
  int fullest() {
    return fullest(IntStream.range(0, channels.length));
  }

  private int fullest(IntStream among) {
    return among
        .boxed()
        .max(Comparator.comparing(channel -> channels[channel].queuedItems()))
        .orElse(-1);
  }

  /** Where the records of a channel come from, if barriers may overtake them; else null. */
  InFlightEdge.Origin originOf(int channel) {
    return origins[channel];
  }

  /** The channels in which barriers may overtake records. */
  BitSet capturable() {
    BitSet capturable = new BitSet();
    for (int channel = 0; channel < origins.length; channel++) {
      capturable.set(channel, origins[channel] != null);
    }
    return capturable;
  }

  void block(int channel) {
    polled.clear(channel);
  }

  void unblockAll() {
    polled.or(open);
  }

  void end(int channel) {
    open.clear(channel);
    polled.clear(channel);
  }

  boolean allEnded() {
    return open.isEmpty();
  }

  /** Whether no channel of this input is open. */
  boolean allEnded(int input) {
    for (int channel = open.nextSetBit(0); channel >= 0; channel = open.nextSetBit(channel + 1)) {
      if (inputs[channel] == input) {
        return false;
      }
    }
    return true;
  }

  /** The next channel that has something to poll, or -1. */
  int next() {
    int found = firstNonEmpty(cursor, channels.length);
    if (found < 0) {
      found = firstNonEmpty(0, cursor);
    }
    if (found >= 0) {
      cursor = found + 1;
    }
    return found;
  }

  private int firstNonEmpty(int from, int to) {
    for (int channel = polled.nextSetBit(from);
        channel >= 0 && channel < to;
        channel = polled.nextSetBit(channel + 1)) {
      if (!channels[channel].isEmpty()) {
        return channel;
      }
    }
    return -1;
  }

  ChannelItem poll(int channel) {
    return channels[channel].poll();
  }
}
