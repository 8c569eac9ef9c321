package io.weir.engine;

import io.weir.barrier.Barrier;
import io.weir.barrier.BarrierHandler;
import io.weir.checkpoint.explain.Activity.Doing;
import io.weir.engine.channel.ChannelEvent;
import io.weir.engine.channel.ChannelItem;
import io.weir.engine.channel.InFlightCapture;
import io.weir.engine.channel.RecordBatch;
import io.weir.engine.operator.Input;
import io.weir.engine.output.RecordCounter;
import io.weir.engine.output.TaskOutputs;

/** Where a task's records come from: its input channels. Used by the task's thread alone. */
final class TaskInput implements ChannelEvent.Receiver {
  /**
   * Records after which the mailbox is looked at: looking costs nothing then, and a barrier does
   * not wait for the rest of a batch when records are slow.
   */
  private static final int RECORDS_BETWEEN_LOOKS = 16;

  private final InputChannels channels;
  private final OperatorChain chain;
  private final TaskOutputs outputs;
  private final Mailbox mailbox;
  private final RecordCounter counter;
  private final TaskActivity activity;
  private final WatermarkMerger[] mergers;

  /** The place of each channel among those of its input. */
  private final int[] placeInInput;

  private final long[] emittedWatermark;
  private final boolean[] emittedIdleness;

  /** The batch that is being processed, or null. */
  private RecordBatch batch;

  private int batchChannel;
  private int position;

  /** Set once, before the first record. */
  private BarrierHandler barriers;

  /** Set with it. */
  private CheckpointMarks marks;

  /** Collects what is in flight, or null. */
  private InFlightCapture capture;

  TaskInput(
      InputChannels channels,
      OperatorChain chain,
      TaskOutputs outputs,
      Mailbox mailbox,
      RecordCounter counter,
      TaskActivity activity) {
    this.channels = channels;
    this.chain = chain;
    this.outputs = outputs;
    this.mailbox = mailbox;
    this.counter = counter;
    this.activity = activity;
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

  /** Barriers and ends of channels go to the handler. */
  void deliverBarriersTo(BarrierHandler handler, CheckpointMarks checkpointMarks) {
    barriers = handler;
    marks = checkpointMarks;
  }

  /** Begins to collect what is in flight, of the channels that are named from now on. */
  void beginCapture() {
    capture = new InFlightCapture();
  }

  void startCapture(int channel) {
    capture.start(channel, channels.originOf(channel));
    if (batch != null && batchChannel == channel) {
      capture.polled(channel, batch, position);
    }
  }

  /** Nothing that is polled from now on is collected. */
  void endCapture(int channel) {
    capture.end(channel);
  }

  /** What is queued in front of the position is collected, and nothing behind. */
  void endCapture(int channel, long barrierPosition) {
    InFlightCapture collecting = capture;
    channels
        .channel(channel)
        .forEachInFrontOf(barrierPosition, item -> collecting.queued(channel, item));
    capture.end(channel);
  }

  /** Ends all collecting, and gives what there is. */
  InFlightCapture takeCapture() {
    InFlightCapture taken = capture;
    capture = null;
    return taken;
  }

  /**
   * Processes one event, or one batch as far as the outputs have room and no letter has come.
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
      if (capture != null) {
        capture.polled(channel, batch, 0);
      }
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
      do {
        int pause = Math.min(size, next + RECORDS_BETWEEN_LOOKS);
        while (next < pause && !outputs.isFull()) {
          input.element(current.value(next), current.timestamp(next));
          next++;
        }
      } while (next < size && !outputs.isFull() && mailbox.isEmpty());
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
      activity.is(Doing.FIRING_TIMERS);
      chain.input(input).watermark(merger.merged());
      activity.is(Doing.PROCESSING);
    }
    if (merger.isIdle() != emittedIdleness[input]) {
      emittedIdleness[input] = merger.isIdle();
      chain.input(input).idleness(merger.isIdle());
    }
  }

  @Override
  public void onBarrier(int channel, Barrier barrier, int itemsInFront) {
    marks.barrierDelivered(channel, itemsInFront);
    barriers.onBarrier(channel, barrier);
  }

  @Override
  public void onCancelBarrier(int channel, long checkpointId) {
    barriers.onAbort(checkpointId);
  }

  @Override
  public void onEndOfInput(int channel) {
    int input = channels.inputOf(channel);
    marks.ended(channel);
    channels.end(channel);
    mergers[input].onEnd(placeInInput[channel]);
    passOn(input);
    barriers.onEndOfChannel(channel);
  }
}
