package io.weir.demo;

import io.weir.api.functions.OpenContext;
import io.weir.api.functions.co.KeyedBroadcastProcessFunction;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;

/**
 * Counts the flights of each airport on, and adds what is known about it. Hours of an airport that
 * is not known yet wait for it: at the latest until all airports have been read, which is when the
 * watermark goes beyond their time.
 */
final class JoinAirport
    extends KeyedBroadcastProcessFunction<String, AirportHour, Airport, AirportReport> {
  private static final long serialVersionUID = 1L;

  /** All airports by their code. */
  static final MapStateDescriptor<String, Airport> AIRPORTS =
      new MapStateDescriptor<>("airports", String.class, Airport.class);

  private transient ValueState<Long> flightsSoFar;
  private transient ListState<AirportReport> waiting;

  @Override
  public void open(OpenContext openContext) {
    flightsSoFar =
        getRuntimeContext().getState(new ValueStateDescriptor<>("flights-so-far", Long.class));
    waiting =
        getRuntimeContext().getListState(new ListStateDescriptor<>("waiting", AirportReport.class));
  }

  @Override
  public void processElement(AirportHour hour, ReadOnlyContext ctx, Collector<AirportReport> out)
      throws Exception {
    AirportReport report =
        new AirportReport(hour, countOn(hour.delays().flights()), Airport.unknown(hour.iata()));
    Airport airport = ctx.getBroadcastState(AIRPORTS).get(hour.iata());
    if (airport == null) {
      waiting.add(report);
      ctx.timerService().registerEventTimeTimer(ctx.timestamp());
    } else {
      emitWaiting(airport, out);
      out.collect(report.of(airport));
    }
  }

  private long countOn(long flights) throws Exception {
    Long before = flightsSoFar.value();
    long now = before == null ? flights : before + flights;
    flightsSoFar.update(now);
    return now;
  }

  @Override
  public void processBroadcastElement(Airport airport, Context ctx, Collector<AirportReport> out)
      throws Exception {
    ctx.getBroadcastState(AIRPORTS).put(airport.iata(), airport);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<AirportReport> out)
      throws Exception {
    Airport airport = ctx.getBroadcastState(AIRPORTS).get(ctx.getCurrentKey());
    emitWaiting(airport == null ? Airport.unknown(ctx.getCurrentKey()) : airport, out);
  }

  private void emitWaiting(Airport airport, Collector<AirportReport> out) throws Exception {
    for (AirportReport report : waiting.get()) {
      out.collect(report.of(airport));
    }
    waiting.clear();
  }
}
