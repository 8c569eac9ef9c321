package io.weir.demo;

import io.weir.api.functions.windowing.WindowFunction;
import io.weir.api.types.Collector;
import io.weir.api.windowing.windows.TimeWindow;

/**
 * The flights that left an airport in an hour.
 *
 * @param iata code of the airport
 * @param hourMillis start of the hour in milliseconds since 1970
 * @param delays their delays
 */
public record AirportHour(String iata, long hourMillis, Delays delays) {

  /** Adds airport and hour to what a window has summed up. */
  static final class OfWindow implements WindowFunction<Delays, AirportHour, String, TimeWindow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void apply(
        String iata, TimeWindow window, Iterable<Delays> sums, Collector<AirportHour> out) {
      sums.forEach(sum -> out.collect(new AirportHour(iata, window.getStart(), sum)));
    }
  }
}
