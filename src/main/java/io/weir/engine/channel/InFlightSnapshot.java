package io.weir.engine.channel;

import io.weir.serial.BinaryOutput;
import io.weir.serial.Serializer;
import io.weir.snapshot.ChannelStateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.snapshot.StateWriter;
import io.weir.state.PendingSnapshot;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Records that were in flight to one task, to be written: of each record a byte that says whether
 * it is null, its timestamp, and its value.
 */
public final class InFlightSnapshot implements PendingSnapshot<ChannelStateHandle> {
  private static final int FLUSH_BYTES = 1 << 14;

  private final int parallelism;
  private final List<InFlightCapture.Records> channels;
  private long processedBytes;

  InFlightSnapshot(int parallelism, List<InFlightCapture.Records> channels) {
    this.parallelism = parallelism;
    this.channels = channels;
  }

  @Override
  public ChannelStateHandle write(StateWriter writer) throws IOException {
    if (channels.isEmpty()) {
      return null;
    }
    try (StateOutput out = writer.create()) {
      List<ChannelStateHandle.Segment> segments = new ArrayList<>();
      for (InFlightCapture.Records records : channels) {
        segments.add(write(records, out));
      }
      return new ChannelStateHandle(parallelism, segments, out.finish());
    }
  }

  /** Once written, how many bytes were of records that the task has processed meanwhile. */
  public long processedBytes() {
    return processedBytes;
  }

  /** Holds nothing but memory of its own. */
  @Override
  public void discard() {}

  @SuppressWarnings("unchecked") // the edge's serializer is that of its records
  private ChannelStateHandle.Segment write(InFlightCapture.Records records, StateOutput out)
      throws IOException {
    InFlightEdge edge = records.origin().edge();
    Serializer<Object> serializer = (Serializer<Object>) edge.serializer();
    Sink sink = new Sink(out);
    for (int i = 0; i < records.size(); i++) {
      Object value = records.value(i);
      sink.buffer.writeBoolean(value != null);
      sink.buffer.writeVarLong(records.timestamp(i));
      if (value != null) {
        serializer.write(value, sink.buffer);
      }
      sink.flush(FLUSH_BYTES);
      if (i + 1 == records.processed()) {
        processedBytes += sink.position();
      }
    }
    sink.flush(0);
    return new ChannelStateHandle.Segment(
        edge.place(),
        edge.producer(),
        records.origin().subtask(),
        edge.mapping(),
        edge.records(),
        records.size(),
        sink.start,
        out.position() - sink.start,
        (int) sink.checksum.getValue());
  }

  /** Writes one segment. */
  private static final class Sink {
    private final StateOutput out;
    private final long start;
    private final BinaryOutput buffer = new BinaryOutput();
    private final CRC32C checksum = new CRC32C();

    Sink(StateOutput out) {
      this.out = out;
      this.start = out.position();
    }

    long position() {
      return out.position() - start + buffer.position();
    }

    void flush(int atLeast) throws IOException {
      if (buffer.position() < atLeast) {
        return;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("writing records in flight was interrupted");
      }
      checksum.update(buffer.array(), 0, buffer.position());
      buffer.flushTo(out);
    }
  }
}
