package io.weir.demo;

import io.weir.api.functions.AggregateFunction;

/**
 * The delays of some flights.
 *
 * @param flights how many flights
 * @param sumMinutes all delays together
 * @param maxMinutes the greatest delay
 */
public record Delays(long flights, long sumMinutes, long maxMinutes) {
  private static final Delays NONE = new Delays(0, 0, Long.MIN_VALUE);

  Delays plus(Delays other) {
    return new Delays(
        flights + other.flights,
        sumMinutes + other.sumMinutes,
        Math.max(maxMinutes, other.maxMinutes));
  }

  /** Sums up the flights of a window. */
  static final class Sum implements AggregateFunction<Flight, Delays, Delays> {
    private static final long serialVersionUID = 1L;

    @Override
    public Delays createAccumulator() {
      return NONE;
    }

    @Override
    public Delays add(Flight flight, Delays delays) {
      return delays.plus(new Delays(1, flight.delayMinutes(), flight.delayMinutes()));
    }

    @Override
    public Delays getResult(Delays delays) {
      return delays;
    }

    @Override
    public Delays merge(Delays a, Delays b) {
      return a.plus(b);
    }
  }
}
