package io.weir.engine.operator.function;

import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.api.functions.KeySelector;
import io.weir.engine.channel.RecordBatch;
import io.weir.engine.operator.Input;
import io.weir.engine.operator.OperatorContext;
import io.weir.engine.operator.Output;
import io.weir.engine.operator.TwoInputOperator;
import io.weir.engine.operator.time.CombinedWatermark;

/**
 * An operator with two inputs and a function of the job's author. The smaller of the inputs'
 * watermarks counts; it is idle when both inputs are.
 *
 * @param <A> the type of record of the first input
 * @param <B> the type of record of the second input
 * @param <O> the type of record that goes out
 * @param <F> the type of function
 */
public abstract class TwoInputFunctionOperator<A, B, O, F> extends TwoInputOperator<A, B> {
  protected final F function;
  protected OperatorContext context;
  protected TimestampedCollector<O> collector;
  private final UserFunction userFunction;
  private final KeyContext<A> firstKeys;
  private final KeyContext<B> secondKeys;
  private final CombinedWatermark combinedWatermark = new CombinedWatermark();
  private final Input<A> first = new First();
  private final Input<B> second = new Second();
  private Output<O> output;
  private boolean idle;

  /**
   * Takes the function to call.
   *
   * @param function this operator's own copy
   * @param firstKeySelector of a keyed first input, else null
   * @param secondKeySelector of a keyed second input, else null
   */
  protected TwoInputFunctionOperator(
      F function, KeySelector<A, ?> firstKeySelector, KeySelector<B, ?> secondKeySelector) {
    this.function = function;
    this.userFunction = new UserFunction(function);
    this.firstKeys = new KeyContext<>(firstKeySelector);
    this.secondKeys = new KeyContext<>(secondKeySelector);
  }

  /**
   * Processes a record of the first input; if that is keyed, the record's key is the current one
   * and {@link #collector} has its timestamp.
   */
  protected abstract void processFirst(A value, long timestamp) throws Exception;

  /**
   * Processes a record of the second input; if that is keyed, the record's key is the current one
   * and {@link #collector} has its timestamp.
   */
  protected abstract void processSecond(B value, long timestamp) throws Exception;

  /** Takes in that the watermark of both inputs together has advanced, and sends it on. */
  protected void advanceWatermark(long timestamp) throws Exception {
    output.emitWatermark(timestamp);
  }

  @Override
  public final Input<A> first() {
    return first;
  }

  @Override
  public final Input<B> second() {
    return second;
  }

  @Override
  public final boolean opensFunction() {
    return userFunction.isOpened();
  }

  @Override
  public void initialize(OperatorContext context) throws Exception {
    this.context = context;
    output = context.output();
    collector = new TimestampedCollector<>(output);
    firstKeys.initialize(context);
    secondKeys.initialize(context);
    userFunction.initialize(context, firstKeys.isKeyed() || secondKeys.isKeyed());
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

  private void watermark(int input, long timestamp) throws Exception {
    boolean advanced = combinedWatermark.advance(input, timestamp);
    progress(advanced);
  }

  private void idleness(int input, boolean isIdle) throws Exception {
    boolean advanced = combinedWatermark.setIdle(input, isIdle);
    progress(advanced);
  }

  private void progress(boolean advanced) throws Exception {
    if (advanced) {
      advanceWatermark(combinedWatermark.combined());
    }
    if (idle != combinedWatermark.isIdle()) {
      idle = !idle;
      output.emitIdleness(idle);
    }
  }

  private final class First implements Input<A> {
    @Override
    public void expect(RecordBatch batch, int from) {
      firstKeys.expect(batch, from);
    }

    @Override
    public void element(A value, long timestamp) throws Exception {
      firstKeys.setKeyOf(value);
      collector.setTimestamp(timestamp);
      processFirst(value, timestamp);
    }

    @Override
    public void watermark(long timestamp) throws Exception {
      TwoInputFunctionOperator.this.watermark(0, timestamp);
    }

    @Override
    public void idleness(boolean isIdle) throws Exception {
      TwoInputFunctionOperator.this.idleness(0, isIdle);
    }
  }

  private final class Second implements Input<B> {
    @Override
    public void expect(RecordBatch batch, int from) {
      secondKeys.expect(batch, from);
    }

    @Override
    public void element(B value, long timestamp) throws Exception {
      secondKeys.setKeyOf(value);
      collector.setTimestamp(timestamp);
      processSecond(value, timestamp);
    }

    @Override
    public void watermark(long timestamp) throws Exception {
      TwoInputFunctionOperator.this.watermark(1, timestamp);
    }

    @Override
    public void idleness(boolean isIdle) throws Exception {
      TwoInputFunctionOperator.this.idleness(1, isIdle);
    }
  }
}
