package io.weir.sim;

import io.weir.api.functions.windowing.ProcessWindowFunction;
import io.weir.api.types.Collector;
import io.weir.api.windowing.windows.TimeWindow;

/** The sum of the key's values in a window. */
final class WindowSum extends ProcessWindowFunction<Event, Event, Integer, TimeWindow> {
  private static final long serialVersionUID = 1L;

  @Override
  public void process(
      Integer key, Context context, Iterable<Event> elements, Collector<Event> out) {
    World.here().mayFail(FaultKind.TIMER, "window");
    long sum = 0;
    for (Event event : elements) {
      sum += event.value();
    }
    out.collect(new Event(key, context.window().maxTimestamp(), sum));
  }
}
