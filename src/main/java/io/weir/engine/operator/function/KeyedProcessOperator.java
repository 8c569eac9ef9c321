package io.weir.engine.operator.function;

import io.weir.api.functions.KeySelector;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.TimeDomain;
import io.weir.api.functions.TimerService;
import io.weir.api.types.OutputTag;
import io.weir.engine.operator.OperatorContext;

/** Calls a keyed process function for each record and each timer. */
public final class KeyedProcessOperator<K, I, O>
    extends TimerFunctionOperator<K, I, O, KeyedProcessFunction<K, I, O>> {
  private RecordContext recordContext;
  private TimerContext timerContext;

  public KeyedProcessOperator(
      KeyedProcessFunction<K, I, O> function, KeySelector<I, K> keySelector) {
    super(function, keySelector);
  }

  @Override
  public void initialize(OperatorContext context) throws Exception {
    super.initialize(context);
    recordContext = new RecordContext(function);
    timerContext = new TimerContext(function);
  }

  @Override
  protected void process(I value, long timestamp) throws Exception {
    collector.setTimestamp(timestamp);
    function.processElement(value, recordContext, collector);
  }

  @Override
  protected void fire(long timestamp, TimeDomain timeDomain) throws Exception {
    timerContext.fire(timestamp, timeDomain);
  }

  private final class RecordContext extends KeyedProcessFunction<K, I, O>.Context {
    RecordContext(KeyedProcessFunction<K, I, O> function) {
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

    @Override
    public K getCurrentKey() {
      return backend.currentKey();
    }
  }

  private final class TimerContext extends KeyedProcessFunction<K, I, O>.OnTimerContext {
    private long timestamp;
    private TimeDomain timeDomain;

    TimerContext(KeyedProcessFunction<K, I, O> function) {
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

    @Override
    public K getCurrentKey() {
      return backend.currentKey();
    }
  }
}
