package io.weir.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Durations as people write them: {@code 60s}, {@code 10 min}, {@code PT1.5S}. */
final class DurationText {
  private record Unit(ChronoUnit unit, String label, List<String> names) {}

  /** From the largest, so that formatting finds the largest unit that divides. */
  private static final List<Unit> UNITS =
      List.of(
          new Unit(ChronoUnit.DAYS, "d", List.of("d", "day", "days")),
          new Unit(ChronoUnit.HOURS, "h", List.of("h", "hour", "hours")),
          new Unit(ChronoUnit.MINUTES, "min", List.of("min", "m", "minute", "minutes")),
          new Unit(ChronoUnit.SECONDS, "s", List.of("s", "sec", "secs", "second", "seconds")),
          new Unit(
              ChronoUnit.MILLIS,
              "ms",
              List.of("", "ms", "milli", "millis", "millisecond", "milliseconds")),
          new Unit(
              ChronoUnit.MICROS,
              "us",
              List.of("us", "µs", "micro", "micros", "microsecond", "microseconds")),
          new Unit(
              ChronoUnit.NANOS, "ns", List.of("ns", "nano", "nanos", "nanosecond", "nanoseconds")));

  private DurationText() {}

  static Duration parse(String text) {
    if (text.regionMatches(true, 0, "P", 0, 1)) {
      return parseIso(text);
    }
    QuantityText quantity = QuantityText.parse(text);
    Unit unit =
        UNITS.stream()
            .filter(candidate -> candidate.names.contains(quantity.unit()))
            .findFirst()
            .orElseThrow(quantity::unknownUnit);
    try {
      return Duration.of(quantity.number(), unit.unit);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the number is too large", e);
    }
  }

  private static Duration parseIso(String text) {
    Duration duration;
    try {
      duration = Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("it is not an ISO-8601 duration", e);
    }
    if (duration.isNegative()) {
      throw new IllegalArgumentException("it is negative");
    }
    return duration;
  }

  /** In the largest unit that gives a whole number, for example {@code 90 s}. */
  static String format(Duration duration) {
    if (duration.isZero()) {
      return "0 ms";
    }
    for (Unit unit : UNITS) {
      Duration one = unit.unit.getDuration();
      long count = duration.dividedBy(one);
      if (one.multipliedBy(count).equals(duration)) {
        return count + " " + unit.label;
      }
    }
    throw new IllegalStateException("nanoseconds divide every duration, but not " + duration);
  }
}
