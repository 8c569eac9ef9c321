package io.weir.engine.operator.function;

import io.weir.api.functions.ProcessFunction;
import io.weir.api.functions.TimerService;
import io.weir.api.types.OutputTag;
import io.weir.engine.operator.OperatorContext;

/** Calls a process function, which has no timers: the stream is not keyed. */
public final class ProcessOperator<I, O> extends FunctionOperator<I, O, ProcessFunction<I, O>> {
  private TimestampedCollector<O> collector;
  private UnkeyedTimerService timerService;
  private RecordContext recordContext;

  public ProcessOperator(ProcessFunction<I, O> function) {
    super(function, null);
  }

  @Override
  public void initialize(OperatorContext context) throws Exception {
    super.initialize(context);
    collector = new TimestampedCollector<>(output);
    timerService = new UnkeyedTimerService(context.processingTime());
    recordContext = new RecordContext(function);
  }

  @Override
  protected void process(I value, long timestamp) throws Exception {
    collector.setTimestamp(timestamp);
    function.processElement(value, recordContext, collector);
  }

  @Override
  public void watermark(long timestamp) throws Exception {
    timerService.advanceWatermark(timestamp);
    super.watermark(timestamp);
  }

  private final class RecordContext extends ProcessFunction<I, O>.Context {
    RecordContext(ProcessFunction<I, O> function) {
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
