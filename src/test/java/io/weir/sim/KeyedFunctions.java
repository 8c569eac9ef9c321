package io.weir.sim;

import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReducingState;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;

/** Functions with keyed state, timers and one input. */
final class KeyedFunctions {
  private KeyedFunctions() {}

  /** How many records of the key there have been so far. */
  static final class Counted extends KeyedProcessFunction<Integer, Event, Event>
      implements FaultPoints {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
    }

    @Override
    public void processElement(Event event, Context ctx, Collector<Event> out) throws Exception {
      processing();
      Long before = count.value();
      long now = before == null ? 1 : before + 1;
      count.update(now);
      out.collect(new Event(event.key(), 0, now));
    }
  }

  /** The sum of the key's values, when all are there. */
  static final class Summed extends KeyedProcessFunction<Integer, Event, Event>
      implements FaultPoints {
    private static final long serialVersionUID = 1L;
    private transient ReducingState<Long> sum;

    @Override
    public void open(OpenContext context) {
      sum =
          getRuntimeContext()
              .getReducingState(new ReducingStateDescriptor<>("sum", Long::sum, Long.class));
    }

    @Override
    public void processElement(Event event, Context ctx, Collector<Event> out) throws Exception {
      processing();
      sum.add(event.value());
      ctx.timerService().registerEventTimeTimer(Event.END);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<Event> out) throws Exception {
      timerFires();
      out.collect(new Event(ctx.getCurrentKey(), timestamp, sum.get()));
      sum.clear();
    }
  }

  /** Each of the key's records again, shortly after its time. */
  static final class Delayed extends KeyedProcessFunction<Integer, Event, Event>
      implements FaultPoints {
    private static final long serialVersionUID = 1L;
    static final long DELAY = 37;
    private transient MapState<Long, Long> sums;

    @Override
    public void open(OpenContext context) {
      sums =
          getRuntimeContext().getMapState(new MapStateDescriptor<>("sums", Long.class, Long.class));
    }

    @Override
    public void processElement(Event event, Context ctx, Collector<Event> out) throws Exception {
      processing();
      long due = event.time() + DELAY;
      Long before = sums.get(due);
      sums.put(due, (before == null ? 0 : before) + event.value());
      ctx.timerService().registerEventTimeTimer(due);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<Event> out) throws Exception {
      timerFires();
      out.collect(new Event(ctx.getCurrentKey(), timestamp, sums.get(timestamp)));
      sums.remove(timestamp);
    }
  }
}
