package io.weir.bench;

import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Sink;
import io.weir.api.connector.SinkWriter;
import io.weir.api.connector.StatefulSinkWriter;
import io.weir.api.connector.SupportsWriterState;
import io.weir.api.connector.WriterInitContext;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import peers.SinkLogic;
import peers.Spec;

/**
 * The benchmark's sink: count and checksum are its state.
 *
 * @param <T> type of the records
 */
final class ChecksumSink<T> implements Sink<T>, SupportsWriterState<T, ChecksumSink.Sums> {
  private static final long serialVersionUID = 1L;

  private final Spec spec;
  private final Accept<T> accept;

  ChecksumSink(Spec spec, Accept<T> accept) {
    this.spec = spec;
    this.accept = accept;
  }

  /** Takes one record. */
  interface Accept<T> extends Serializable {
    void accept(SinkLogic logic, T value);
  }

  /** What a writer has seen. */
  record Sums(long count, long checksum) {}

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<T, Sums> restoreWriter(
      WriterInitContext context, Collection<Sums> restored) {
    long count = restored.stream().mapToLong(Sums::count).sum();
    long checksum = restored.stream().mapToLong(Sums::checksum).sum();
    return new Writer<>(
        new SinkLogic(spec, context.getTaskInfo().getIndexOfThisSubtask(), count, checksum),
        accept);
  }

  @Override
  public SimpleVersionedSerializer<Sums> getWriterStateSerializer() {
    return new SimpleVersionedSerializer<>() {
      @Override
      public int getVersion() {
        return 1;
      }

      @Override
      public byte[] serialize(Sums sums) {
        return ByteBuffer.allocate(16).putLong(sums.count()).putLong(sums.checksum()).array();
      }

      @Override
      public Sums deserialize(int version, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Sums(buffer.getLong(), buffer.getLong());
      }
    };
  }

  private static final class Writer<T> implements StatefulSinkWriter<T, Sums> {
    private final SinkLogic logic;
    private final Accept<T> accept;

    Writer(SinkLogic logic, Accept<T> accept) {
      this.logic = logic;
      this.accept = accept;
    }

    @Override
    public void write(T element, Context context) {
      accept.accept(logic, element);
    }

    @Override
    public void flush(boolean endOfInput) {
      if (endOfInput) {
        logic.finish();
      }
    }

    @Override
    public List<Sums> snapshotState(long checkpointId) {
      return List.of(new Sums(logic.count(), logic.checksum()));
    }

    @Override
    public void close() {}
  }
}
