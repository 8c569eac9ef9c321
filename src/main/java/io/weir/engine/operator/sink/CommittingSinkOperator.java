package io.weir.engine.operator.sink;

import io.weir.api.connector.CommittingSinkWriter;
import io.weir.api.connector.Sink;
import io.weir.api.connector.SupportsCommitter;
import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.engine.operator.OperatorContext;
import java.io.IOException;

/**
 * The operator of a sink with two phases: what the writer prepares at the barrier of a checkpoint
 * is committed when that checkpoint, or a newer one, is complete.
 *
 * <p>After a restore, what the checkpoint holds is committed before anything new is written. After
 * the end of the input, one more checkpoint is awaited, unless there are none: then the rest is
 * committed at once.
 *
 * @param <I> the type of record
 * @param <C> what is committed
 */
public final class CommittingSinkOperator<I, C> extends SinkOperator<I> {
  private final Committables<C> committables;

  /**
   * Takes the sink to write to.
   *
   * @param sink this operator's own copy
   * @param committerSource the same sink
   * @param maxRetries how often a committable that is to be tried again is tried before the job
   *     fails
   */
  public CommittingSinkOperator(
      Sink<I> sink, SupportsCommitter<C> committerSource, int maxRetries) {
    super(sink);
    this.committables = new Committables<>(committerSource, maxRetries);
  }

  @Override
  public void initialize(OperatorContext context) throws Exception {
    super.initialize(context);
    committables.initialize(context);
  }

  @Override
  public void open() throws Exception {
    committables.open(context, sinkContext);
    super.open();
    if (!(writer instanceof CommittingSinkWriter)) {
      throw new IOException(
          "The sink of '%s' has a committer, so its writer %s must be a CommittingSinkWriter."
              .formatted(context.operatorName(), writer.getClass().getName()));
    }
  }

  @Override
  @SuppressWarnings(
      "unchecked") // a sink declares the type of its committables once, for writers and committer
  protected void writerFlushed() throws Exception {
    committables.prepare(((CommittingSinkWriter<I, C>) writer).prepareCommit());
  }

  @Override
  public void beforeBarrier(long checkpointId) throws Exception {
    super.beforeBarrier(checkpointId);
    committables.assign(checkpointId);
  }

  @Override
  public void snapshot(FunctionSnapshotContext snapshotContext) throws Exception {
    super.snapshot(snapshotContext);
    committables.snapshot();
  }

  @Override
  public void checkpointCompleted(long checkpointId) throws Exception {
    committables.commitUpTo(checkpointId);
  }

  @Override
  public void finish() throws Exception {
    super.finish();
    if (!context.checkpointingEnabled()) {
      committables.commitAll();
    }
  }

  @Override
  public boolean awaitsLastCheckpoint() {
    return inputEnded() && !committables.isEmpty();
  }

  @Override
  public void close() throws Exception {
    try {
      super.close();
    } finally {
      committables.close();
    }
  }
}
