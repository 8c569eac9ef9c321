package io.weir.engine.operator.function;

import io.weir.api.functions.co.BroadcastProcessFunction;
import io.weir.api.state.BroadcastState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReadOnlyBroadcastState;
import io.weir.api.types.OutputTag;
import io.weir.engine.operator.OperatorContext;
import java.util.List;

/**
 * Calls a broadcast process function: the second input is broadcast and changes the broadcast
 * state, the first one reads it.
 */
public final class BroadcastProcessOperator<A, B, O>
    extends TwoInputFunctionOperator<A, B, O, BroadcastProcessFunction<A, B, O>> {
  private final List<MapStateDescriptor<?, ?>> descriptors;
  private BroadcastStates states;
  private long watermark = Long.MIN_VALUE;
  private ReadingContext readingContext;
  private WritingContext writingContext;

  public BroadcastProcessOperator(
      BroadcastProcessFunction<A, B, O> function, List<MapStateDescriptor<?, ?>> descriptors) {
    super(function, null, null);
    this.descriptors = List.copyOf(descriptors);
  }

  @Override
  public void initialize(OperatorContext context) throws Exception {
    super.initialize(context);
    states = new BroadcastStates(context, descriptors);
    readingContext = new ReadingContext(function);
    writingContext = new WritingContext(function);
  }

  @Override
  protected void processFirst(A value, long timestamp) throws Exception {
    function.processElement(value, readingContext, collector);
  }

  @Override
  protected void processSecond(B value, long timestamp) throws Exception {
    function.processBroadcastElement(value, writingContext, collector);
  }

  @Override
  protected void advanceWatermark(long timestamp) throws Exception {
    watermark = timestamp;
    super.advanceWatermark(timestamp);
  }

  private final class ReadingContext extends BroadcastProcessFunction<A, B, O>.ReadOnlyContext {
    ReadingContext(BroadcastProcessFunction<A, B, O> function) {
      function.super();
    }

    @Override
    public Long timestamp() {
      return collector.timestampOrNull();
    }

    @Override
    public <X> void output(OutputTag<X> outputTag, X value) {
      collector.collectSide(outputTag, value);
    }

    @Override
    public long currentProcessingTime() {
      return context.processingTime().now();
    }

    @Override
    public long currentWatermark() {
      return watermark;
    }

    @Override
    public <X, Y> ReadOnlyBroadcastState<X, Y> getBroadcastState(
        MapStateDescriptor<X, Y> stateDescriptor) {
      return states.get(stateDescriptor);
    }
  }

  private final class WritingContext extends BroadcastProcessFunction<A, B, O>.Context {
    WritingContext(BroadcastProcessFunction<A, B, O> function) {
      function.super();
    }

    @Override
    public Long timestamp() {
      return collector.timestampOrNull();
    }

    @Override
    public <X> void output(OutputTag<X> outputTag, X value) {
      collector.collectSide(outputTag, value);
    }

    @Override
    public long currentProcessingTime() {
      return context.processingTime().now();
    }

    @Override
    public long currentWatermark() {
      return watermark;
    }

    @Override
    public <X, Y> BroadcastState<X, Y> getBroadcastState(MapStateDescriptor<X, Y> stateDescriptor) {
      return states.get(stateDescriptor);
    }
  }
}
