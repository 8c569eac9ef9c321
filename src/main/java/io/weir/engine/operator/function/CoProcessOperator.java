package io.weir.engine.operator.function;

import io.weir.api.functions.TimerService;
import io.weir.api.functions.co.CoProcessFunction;
import io.weir.api.types.OutputTag;
import io.weir.engine.operator.OperatorContext;

/** Calls a process function of two inputs, which has no timers: the streams are not keyed. */
public final class CoProcessOperator<A, B, O>
    extends TwoInputFunctionOperator<A, B, O, CoProcessFunction<A, B, O>> {
  private UnkeyedTimerService timerService;
  private RecordContext recordContext;

  public CoProcessOperator(CoProcessFunction<A, B, O> function) {
    super(function, null, null);
  }

  @Override
  public void initialize(OperatorContext context) throws Exception {
    super.initialize(context);
    timerService = new UnkeyedTimerService(context.processingTime());
    recordContext = new RecordContext(function);
  }

  @Override
  protected void processFirst(A value, long timestamp) throws Exception {
    function.processElement1(value, recordContext, collector);
  }

  @Override
  protected void processSecond(B value, long timestamp) throws Exception {
    function.processElement2(value, recordContext, collector);
  }

  @Override
  protected void advanceWatermark(long timestamp) throws Exception {
    timerService.advanceWatermark(timestamp);
    super.advanceWatermark(timestamp);
  }

  private final class RecordContext extends CoProcessFunction<A, B, O>.Context {
    RecordContext(CoProcessFunction<A, B, O> function) {
      function.super();
    }

    @Override
    public Long timestamp() {
      return collector.timestampOrNull();
    }

    @Override
    public TimerService timerService() {
      return timerService;
    }

    @Override
    public <X> void output(OutputTag<X> outputTag, X value) {
      collector.collectSide(outputTag, value);
    }
  }
}
