package io.weir.engine.operator.sink;

import io.weir.api.connector.Sink;
import io.weir.api.connector.SinkWriter;
import io.weir.api.connector.SupportsWriterState;
import io.weir.api.eventtime.Watermark;
import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.engine.operator.OneInputOperator;
import io.weir.engine.operator.OperatorContext;
import io.weir.engine.operator.Output;

/**
 * Gives the records to a sink's writer, and flushes it in front of every barrier and at the end of
 * the input.
 *
 * @param <I> the type of record
 */
public class SinkOperator<I> extends OneInputOperator<I> {
  private final Sink<I> sink;
  private final RecordContext recordContext = new RecordContext();
  private WriterStates<I, ?> writerStates;
  private boolean inputEnded;

  /** Made by {@link #open}. */
  protected SinkWriter<I> writer;

  protected OperatorContext context;
  protected SinkContext sinkContext;

  /**
   * Takes the sink to write to.
   *
   * @param sink this operator's own copy
   */
  public SinkOperator(Sink<I> sink) {
    this.sink = sink;
  }

  /** Whether {@link #finish} has been called. */
  protected final boolean inputEnded() {
    return inputEnded;
  }

  /**
   * Called when the writer has been flushed: in front of a barrier, and at the end of the input.
   */
  protected void writerFlushed() throws Exception {}

  @Override
  @SuppressWarnings(
      "unchecked") // a sink that supports writer state does so for the type of its own records
  public void initialize(OperatorContext context) throws Exception {
    this.context = context;
    context.inject(sink);
    sinkContext = new SinkContext(context, sink.getClass().getClassLoader());
    if (sink instanceof SupportsWriterState) {
      writerStates = new WriterStates<>((SupportsWriterState<I, ?>) sink, context);
    }
  }

  @Override
  public void open() throws Exception {
    if (writerStates != null && context.restoredCheckpointId().isPresent()) {
      writer = writerStates.restoreWriter(sinkContext);
    } else {
      writer = sink.createWriter(sinkContext);
      if (writerStates != null) {
        writerStates.setWriter(writer);
      }
    }
  }

  @Override
  public void element(I value, long timestamp) throws Exception {
    recordContext.timestamp = timestamp;
    writer.write(value, recordContext);
  }

  @Override
  public void watermark(long timestamp) throws Exception {
    recordContext.watermark = timestamp;
    writer.writeWatermark(new Watermark(timestamp));
  }

  @Override
  public void idleness(boolean idle) throws Exception {}

  @Override
  public void beforeBarrier(long checkpointId) throws Exception {
    if (!inputEnded) {
      writer.flush(false);
      writerFlushed();
    }
  }

  @Override
  public void snapshot(FunctionSnapshotContext snapshotContext) throws Exception {
    if (writerStates != null) {
      writerStates.snapshot(snapshotContext.getCheckpointId());
    }
  }

  @Override
  public void finish() throws Exception {
    inputEnded = true;
    writer.flush(true);
    writerFlushed();
  }

  @Override
  public void close() throws Exception {
    if (writer != null) {
      writer.close();
    }
  }

  private static final class RecordContext implements SinkWriter.Context {
    private long watermark = Long.MIN_VALUE;
    private long timestamp;

    @Override
    public long currentWatermark() {
      return watermark;
    }

    @Override
    public Long timestamp() {
      return timestamp == Output.NO_TIMESTAMP ? null : timestamp;
    }
  }
}
