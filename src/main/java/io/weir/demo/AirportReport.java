package io.weir.demo;

import java.time.Instant;

/**
 * A line of the output.
 *
 * @param hour the flights of an hour
 * @param flightsSoFar how many flights have left the airport, those of the hour included
 * @param airport where they left
 */
public record AirportReport(AirportHour hour, long flightsSoFar, Airport airport) {

  AirportReport of(Airport known) {
    return new AirportReport(hour, flightsSoFar, known);
  }

  /**
   * The line {@code hour,iata,name,city,state,flights,delay_sum,delay_max,total_flights_so_far}.
   */
  String toLine() {
    Delays delays = hour.delays();
    return String.join(
        ",",
        Instant.ofEpochMilli(hour.hourMillis()).toString(),
        Csv.field(airport.iata()),
        Csv.field(airport.name()),
        Csv.field(airport.city()),
        Csv.field(airport.state()),
        String.valueOf(delays.flights()),
        String.valueOf(delays.sumMinutes()),
        String.valueOf(delays.maxMinutes()),
        String.valueOf(flightsSoFar));
  }
}
