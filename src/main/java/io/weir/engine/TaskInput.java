package io.weir.engine;

import io.weir.barrier.Barrier;
import io.weir.barrier.BarrierHandler;
import io.weir.engine.channel.ChannelEvent;
import io.weir.engine.channel.ChannelItem;
import io.weir.engine.channel.RecordBatch;
import io.weir.engine.operator.Input;
import io.weir.engine.output.RecordCounter;
import io.weir.engine.output.TaskOutputs;

/** Where a task's records come from: its input channels. Used by the task's thread alone. */
final class TaskInput implements ChannelEvent.Receiver {
  private final InputChannels channels;
  private final OperatorChain chain;
  private final TaskOutputs outputs;
  private final BarrierHandler barriers;
  private final RecordCounter counter;
  private final WatermarkMerger[] mergers;

  /** The place of each channel among those of its input. */
  private final int[] placeInInput;

  private final long[] emittedWatermark;
  private final boolean[] emittedIdleness;

  /** The batch that is being processed, or null. */
  private RecordBatch batch;

  private int batchChannel;
  private int position;

  TaskInput(
      InputChannels channels,
      OperatorChain chain,
      TaskOutputs outputs,
      BarrierHandler barriers,
      RecordCounter counter) {
    this.channels = channels;
    this.chain = chain;
    this.outputs = outputs;
    this.barriers = barriers;
    this.counter = counter;
    int[] sizes = new int[chain.inputCount()];
    placeInInput = new int[channels.count()];
    for (int channel = 0; channel < placeInInput.length; channel++) {
      placeInInput[channel] = sizes[channels.inputOf(channel)]++;
    }
    mergers = new WatermarkMerger[sizes.length];
    emittedWatermark = new long[sizes.length];
    emittedIdleness = new boolean[sizes.length];
    for (int input = 0; input < mergers.length; input++) {
      mergers[input] = new WatermarkMerger(sizes[input]);
      emittedWatermark[input] = Long.MIN_VALUE;
    }
  }

  /**
   * Processes one event, or one batch as far as the outputs have room.
   *
   * @return whether there was anything to process
   */
  boolean process() throws Exception {
    if (batch == null) {
      int channel = channels.next();
      if (channel < 0) {
        return false;
      }
      ChannelItem item = channels.poll(channel);
      if (item instanceof ChannelEvent event) {
        event.dispatchTo(channel, this);
        return true;
      }
      batch = (RecordBatch) item;
      batchChannel = channel;
      position = 0;
    }
    processBatch();
    return true;
  }

  private void processBatch() {
    RecordBatch current = batch;
    Input<Object> input = chain.input(channels.inputOf(batchChannel));
    int size = current.size();
    int from = position;
    int next = from;
    try {
      input.expect(current, from);
      while (next < size && !outputs.isFull()) {
        input.element(current.value(next), current.timestamp(next));
        next++;
      }
    } catch (Exception e) {
      throw chain.failureOfHead(e);
    } finally {
      position = next;
      counter.addIn(next - from);
    }
    if (next == size) {
      batch = null;
      channels.channel(batchChannel).recycle(current);
    }
  }

  /** Whether all channels have ended and everything has been processed. */
  boolean hasEnded() {
    return batch == null && channels.allEnded();
  }

  /** The smallest merged watermark of all inputs. */
  long watermark() {
    long least = Long.MAX_VALUE;
    for (WatermarkMerger merger : mergers) {
      least = Math.min(least, merger.merged());
    }
    return least;
  }

  /** Names the record at hand, for messages. */
  String describePosition() {
    return "record "
        + (counter.in() + 1)
        + " of this task's input"
        + (batch == null ? "" : ", from " + channels.producerOf(batchChannel));
  }

  @Override
  public void onWatermark(int channel, long timestamp) {
    int input = channels.inputOf(channel);
    mergers[input].onWatermark(placeInInput[channel], timestamp);
    passOn(input);
  }

  @Override
  public void onIdleness(int channel, boolean idle) {
    int input = channels.inputOf(channel);
    mergers[input].onIdleness(placeInInput[channel], idle);
    passOn(input);
  }

  private void passOn(int input) {
    try {
      passOn(input, mergers[input]);
    } catch (Exception e) {
      throw chain.failureOfHead(e);
    }
  }

  private void passOn(int input, WatermarkMerger merger) throws Exception {
    if (merger.merged() > emittedWatermark[input]) {
      emittedWatermark[input] = merger.merged();
      chain.input(input).watermark(merger.merged());
    }
    if (merger.isIdle() != emittedIdleness[input]) {
      emittedIdleness[input] = merger.isIdle();
      chain.input(input).idleness(merger.isIdle());
    }
  }

  @Override
  public void onBarrier(int channel, Barrier barrier) {
    barriers.onBarrier(channel, barrier);
  }

  @Override
  public void onCancelBarrier(int channel, long checkpointId) {
    barriers.onAbort(checkpointId);
  }

  @Override
  public void onEndOfInput(int channel) {
    int input = channels.inputOf(channel);
    channels.end(channel);
    mergers[input].onEnd(placeInInput[channel]);
    passOn(input);
    barriers.onEndOfChannel(channel);
  }
}
