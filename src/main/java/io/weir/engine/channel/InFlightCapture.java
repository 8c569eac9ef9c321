package io.weir.engine.channel;

import io.weir.serial.Serializer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects, for one checkpoint, the records that were in flight to one task. Used by the task's
 * thread alone.
 */
public final class InFlightCapture {

  /** The captured records of one channel, in their order. */
  static final class Records {
    private final InFlightEdge.Origin origin;
    private Object[] values = new Object[RecordBatch.CAPACITY];
    private long[] timestamps = new long[RecordBatch.CAPACITY];
    private int size;

    /** How many of them were processed while the capture went on; they are the first. */
    private int processed;

    private Records(InFlightEdge.Origin origin) {
      this.origin = origin;
    }

    InFlightEdge.Origin origin() {
      return origin;
    }

    int size() {
      return size;
    }

    int processed() {
      return processed;
    }

    Object value(int index) {
      return values[index];
    }

    long timestamp(int index) {
      return timestamps[index];
    }

    /** Mutable records are copied, since the task goes on with those of the batch. */
    @SuppressWarnings("unchecked") // the edge's serializer is that of its records
    private void add(RecordBatch batch, int from) {
      Serializer<Object> serializer = (Serializer<Object>) origin.edge().serializer();
      int added = batch.size() - from;
      if (size + added > values.length) {
        int capacity = Math.max(2 * values.length, size + added);
        values = Arrays.copyOf(values, capacity);
        timestamps = Arrays.copyOf(timestamps, capacity);
      }
      System.arraycopy(batch.values, from, values, size, added);
      System.arraycopy(batch.timestamps, from, timestamps, size, added);
      if (!serializer.isImmutable()) {
        for (int i = size; i < size + added; i++) {
          values[i] = values[i] == null ? null : serializer.copy(values[i]);
        }
      }
      size += added;
    }
  }

  private final Map<Integer, Records> captured = new TreeMap<>();
  private final BitSet open = new BitSet();

  /**
   * What is polled from this channel from now on belongs to the checkpoint.
   *
   * @param origin of the channel's records
   */
  public void start(int channel, InFlightEdge.Origin origin) {
    captured.put(channel, new Records(origin));
    open.set(channel);
  }

  /** A batch was polled, and its records from this one on are to be processed now. */
  public void polled(int channel, RecordBatch batch, int from) {
    if (open.get(channel)) {
      Records records = captured.get(channel);
      records.add(batch, from);
      records.processed = records.size;
    }
  }

  /** The item stands in front of the barrier. */
  public void queued(int channel, ChannelItem item) {
    if (item instanceof RecordBatch batch) {
      captured.get(channel).add(batch, 0);
    }
  }

  /** Nothing behind belongs to the checkpoint. */
  public void end(int channel) {
    open.clear(channel);
  }

  /**
   * What has been captured, when all channels have come to their end.
   *
   * @param parallelism of the task's operators
   */
  public InFlightSnapshot snapshot(int parallelism) {
    return new InFlightSnapshot(
        parallelism, captured.values().stream().filter(records -> records.size > 0).toList());
  }
}
