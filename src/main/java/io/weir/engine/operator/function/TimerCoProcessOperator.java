package io.weir.engine.operator.function;

import io.weir.api.functions.KeySelector;
import io.weir.api.functions.TimeDomain;
import io.weir.api.functions.TimerService;
import io.weir.api.functions.co.CoProcessFunction;
import io.weir.api.types.OutputTag;
import io.weir.engine.operator.OperatorContext;

/** Calls a process function of two inputs on keyed streams for each record and each timer. */
public final class TimerCoProcessOperator<K, A, B, O>
    extends TimerTwoInputFunctionOperator<K, A, B, O, CoProcessFunction<A, B, O>> {
  private RecordContext recordContext;
  private TimerContext timerContext;

  public TimerCoProcessOperator(
      CoProcessFunction<A, B, O> function,
      KeySelector<A, K> firstKeySelector,
      KeySelector<B, K> secondKeySelector) {
    super(function, firstKeySelector, secondKeySelector);
  }

  @Override
  public void initialize(OperatorContext context) throws Exception {
    super.initialize(context);
    recordContext = new RecordContext(function);
    timerContext = new TimerContext(function);
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
  protected void fire(long timestamp, TimeDomain timeDomain) throws Exception {
    timerContext.fire(timestamp, timeDomain);
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

  private final class TimerContext extends CoProcessFunction<A, B, O>.OnTimerContext {
    private long timestamp;
    private TimeDomain timeDomain;

    TimerContext(CoProcessFunction<A, B, O> function) {
      function.super();
    }

    void fire(long timestamp, TimeDomain timeDomain) throws Exception {
      this.timestamp = timestamp;
      this.timeDomain = timeDomain;
      function.onTimer(timestamp, this, collector);
    }

    @Override
    public TimeDomain timeDomain() {
      return timeDomain;
    }

    @Override
    public Long timestamp() {
      return timestamp;
    }

    @Override
    public TimerService timerService() {
      return timerService;
    }

    @Override
    public <X> void output(OutputTag<X> outputTag, X value) {
      collector.collectSide(outputTag, value, timestamp);
    }
  }
}
