package io.weir.sim;

import io.weir.api.functions.OpenContext;
import io.weir.api.functions.co.KeyedBroadcastProcessFunction;
import io.weir.api.state.BroadcastState;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.types.Collector;
import java.util.Map;

/** Each key's values, weighed with all rules, when all rules are there. */
final class Ruled extends KeyedBroadcastProcessFunction<Integer, Event, Event, Event>
    implements FaultPoints {
  private static final long serialVersionUID = 1L;
  private static final long COUNT = 4;
  private transient ListState<Long> values;

  static long rule(Event event) {
    return Math.floorMod(event.value(), COUNT);
  }

  @Override
  public void open(OpenContext context) {
    values = getRuntimeContext().getListState(new ListStateDescriptor<>("values", Long.class));
  }

  @Override
  public void processElement(Event event, ReadOnlyContext ctx, Collector<Event> out)
      throws Exception {
    processing();
    values.add(event.value());
    ctx.timerService().registerEventTimeTimer(Event.END);
  }

  @Override
  public void processBroadcastElement(Event event, Context ctx, Collector<Event> out)
      throws Exception {
    processing();
    BroadcastState<Long, Long> rules = ctx.getBroadcastState(Functions.RULES);
    Long before = rules.get(rule(event));
    rules.put(rule(event), (before == null ? 0 : before) + event.value());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<Event> out) throws Exception {
    timerFires();
    long weight = 0;
    for (Map.Entry<Long, Long> rule : ctx.getBroadcastState(Functions.RULES).immutableEntries()) {
      weight += (rule.getKey() + 1) * rule.getValue();
    }
    long sum = 0;
    for (long value : values.get()) {
      sum += value;
    }
    out.collect(new Event(ctx.getCurrentKey(), timestamp, sum + weight));
    values.clear();
  }
}
