package io.weir.engine.operator.function;

import io.weir.api.functions.KeySelector;
import io.weir.api.functions.TimeDomain;
import io.weir.api.functions.TimerService;
import io.weir.api.functions.co.KeyedBroadcastProcessFunction;
import io.weir.api.state.BroadcastState;
import io.weir.api.state.KeyedStateFunction;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReadOnlyBroadcastState;
import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.types.OutputTag;
import io.weir.engine.operator.OperatorContext;
import java.util.List;

/**
 * Calls a keyed broadcast process function: the first input is keyed and has timers, the second is
 * broadcast and changes the broadcast state.
 */
public final class KeyedBroadcastProcessOperator<K, A, B, O>
    extends TimerTwoInputFunctionOperator<K, A, B, O, KeyedBroadcastProcessFunction<K, A, B, O>> {
  private final List<MapStateDescriptor<?, ?>> descriptors;
  private BroadcastStates states;
  private ReadingContext readingContext;
  private WritingContext writingContext;
  private TimerContext timerContext;

  public KeyedBroadcastProcessOperator(
      KeyedBroadcastProcessFunction<K, A, B, O> function,
      KeySelector<A, K> keySelector,
      List<MapStateDescriptor<?, ?>> descriptors) {
    super(function, keySelector, null);
    this.descriptors = List.copyOf(descriptors);
  }

  @Override
  public void initialize(OperatorContext context) throws Exception {
    super.initialize(context);
    states = new BroadcastStates(context, descriptors);
    readingContext = new ReadingContext(function);
    writingContext = new WritingContext(function);
    timerContext = new TimerContext(function);
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
  protected void fire(long timestamp, TimeDomain timeDomain) throws Exception {
    timerContext.fire(timestamp, timeDomain);
  }

  private final class ReadingContext
      extends KeyedBroadcastProcessFunction<K, A, B, O>.ReadOnlyContext {
    ReadingContext(KeyedBroadcastProcessFunction<K, A, B, O> function) {
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
    public K getCurrentKey() {
      return backend.currentKey();
    }

    @Override
    public <X> void output(OutputTag<X> outputTag, X value) {
      collector.collectSide(outputTag, value);
    }

    @Override
    public long currentProcessingTime() {
      return timerService.currentProcessingTime();
    }

    @Override
    public long currentWatermark() {
      return timerService.currentWatermark();
    }

    @Override
    public <X, Y> ReadOnlyBroadcastState<X, Y> getBroadcastState(
        MapStateDescriptor<X, Y> stateDescriptor) {
      return states.get(stateDescriptor);
    }
  }

  private final class TimerContext
      extends KeyedBroadcastProcessFunction<K, A, B, O>.OnTimerContext {
    private long timestamp;
    private TimeDomain timeDomain;

    TimerContext(KeyedBroadcastProcessFunction<K, A, B, O> function) {
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
    public K getCurrentKey() {
      return backend.currentKey();
    }

    @Override
    public <X> void output(OutputTag<X> outputTag, X value) {
      collector.collectSide(outputTag, value, timestamp);
    }

    @Override
    public long currentProcessingTime() {
      return timerService.currentProcessingTime();
    }

    @Override
    public long currentWatermark() {
      return timerService.currentWatermark();
    }

    @Override
    public <X, Y> ReadOnlyBroadcastState<X, Y> getBroadcastState(
        MapStateDescriptor<X, Y> stateDescriptor) {
      return states.get(stateDescriptor);
    }
  }

  private final class WritingContext extends KeyedBroadcastProcessFunction<K, A, B, O>.Context {
    WritingContext(KeyedBroadcastProcessFunction<K, A, B, O> function) {
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
      return timerService.currentProcessingTime();
    }

    @Override
    public long currentWatermark() {
      return timerService.currentWatermark();
    }

    @Override
    public <X, Y> BroadcastState<X, Y> getBroadcastState(MapStateDescriptor<X, Y> stateDescriptor) {
      return states.get(stateDescriptor);
    }

    @Override
    public <VS, S extends State> void applyToKeyedState(
        StateDescriptor<S, VS> stateDescriptor, KeyedStateFunction<K, S> function)
        throws Exception {
      S state = backend.state(stateDescriptor);
      new KeyVisit<>(function, state).over(backend, stateDescriptor);
    }
  }
}
