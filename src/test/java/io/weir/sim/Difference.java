package io.weir.sim;

import io.weir.api.functions.OpenContext;
import io.weir.api.functions.co.KeyedCoProcessFunction;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;

/** First minus second input, by key, when all are there. */
final class Difference extends KeyedCoProcessFunction<Integer, Event, Event, Event>
    implements FaultPoints {
  private static final long serialVersionUID = 1L;
  private transient ValueState<Long> difference;

  @Override
  public void open(OpenContext context) {
    difference = getRuntimeContext().getState(new ValueStateDescriptor<>("difference", Long.class));
  }

  private void add(long value, Context ctx) throws Exception {
    processing();
    Long before = difference.value();
    difference.update((before == null ? 0 : before) + value);
    ctx.timerService().registerEventTimeTimer(Event.END);
  }

  @Override
  public void processElement1(Event event, Context ctx, Collector<Event> out) throws Exception {
    add(event.value(), ctx);
  }

  @Override
  public void processElement2(Event event, Context ctx, Collector<Event> out) throws Exception {
    add(-event.value(), ctx);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<Event> out) throws Exception {
    timerFires();
    out.collect(new Event(ctx.getCurrentKey(), timestamp, difference.value()));
    difference.clear();
  }
}
