package io.weir.engine.operator.function;

import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.api.functions.KeySelector;
import io.weir.engine.channel.RecordBatch;
import io.weir.engine.operator.OneInputOperator;
import io.weir.engine.operator.OperatorContext;
import io.weir.engine.operator.Output;

/**
 * An operator with one input and a function of the job's author. Watermarks and idleness go
 * through.
 *
 * @param <I> the type of record that comes in
 * @param <O> the type of record that goes out
 * @param <F> the type of function
 */
public abstract class FunctionOperator<I, O, F> extends OneInputOperator<I> {
  protected final F function;
  protected OperatorContext context;
  protected Output<O> output;
  private final UserFunction userFunction;
  private final KeyContext<I> keys;

  /**
   * Takes the function to call.
   *
   * @param function this operator's own copy
   * @param keySelector of a keyed stream, else null
   */
  protected FunctionOperator(F function, KeySelector<I, ?> keySelector) {
    this.function = function;
    this.userFunction = new UserFunction(function);
    this.keys = new KeyContext<>(keySelector);
  }

  /** Processes a record, whose key is the current one. */
  protected abstract void process(I value, long timestamp) throws Exception;

  @Override
  public final void expect(RecordBatch batch, int from) {
    keys.expect(batch, from);
  }

  @Override
  public final void element(I value, long timestamp) throws Exception {
    keys.setKeyOf(value);
    process(value, timestamp);
  }

  @Override
  public void watermark(long timestamp) throws Exception {
    output.emitWatermark(timestamp);
  }

  @Override
  public void idleness(boolean idle) throws Exception {
    output.emitIdleness(idle);
  }

  @Override
  public final boolean opensFunction() {
    return userFunction.isOpened();
  }

  @Override
  public void initialize(OperatorContext context) throws Exception {
    this.context = context;
    this.output = context.output();
    keys.initialize(context);
    userFunction.initialize(context, keys.isKeyed());
  }

  @Override
  public void open() throws Exception {
    userFunction.open();
  }

  @Override
  public void snapshot(FunctionSnapshotContext context) throws Exception {
    userFunction.snapshot(context);
  }

  @Override
  public void checkpointCompleted(long checkpointId) throws Exception {
    userFunction.checkpointCompleted(checkpointId);
  }

  @Override
  public void checkpointAborted(long checkpointId) throws Exception {
    userFunction.checkpointAborted(checkpointId);
  }

  @Override
  public void close() throws Exception {
    userFunction.close();
  }
}
