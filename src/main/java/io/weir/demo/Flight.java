package io.weir.demo;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A flight that left.
 *
 * @param departureMillis local time of departure, read as UTC, in milliseconds since 1970
 * @param origin code of the airport
 * @param delayMinutes how late it was; negative if early
 */
public record Flight(long departureMillis, String origin, long delayMinutes) {
  private static final int COLUMNS = 5;

  /** Reads a line {@code time,origin,destination,delay_minutes,distance_miles}. */
  static Flight parse(String line) {
    List<String> fields = Csv.fields(line, COLUMNS);
    return new Flight(
        LocalDateTime.parse(fields.get(0)).toInstant(ZoneOffset.UTC).toEpochMilli(),
        fields.get(1),
        Long.parseLong(fields.get(3)));
  }
}
