package io.weir.api.windowing.time;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A length of time, as in {@code Time.seconds(10)}. Wherever it is accepted, {@link Duration} is,
 * too.
 *
 * @param size how many units
 * @param unit the unit
 */
public record Time(long size, TimeUnit unit) {
  public Time {
    Objects.requireNonNull(unit, "unit");
  }

  public static Time of(long size, TimeUnit unit) {
    return new Time(size, unit);
  }

  public static Time milliseconds(long milliseconds) {
    return of(milliseconds, TimeUnit.MILLISECONDS);
  }

  public static Time seconds(long seconds) {
    return of(seconds, TimeUnit.SECONDS);
  }

  public static Time minutes(long minutes) {
    return of(minutes, TimeUnit.MINUTES);
  }

  public static Time hours(long hours) {
    return of(hours, TimeUnit.HOURS);
  }

  public static Time days(long days) {
    return of(days, TimeUnit.DAYS);
  }

  public long getSize() {
    return size;
  }

  public TimeUnit getUnit() {
    return unit;
  }

  public long toMilliseconds() {
    return unit.toMillis(size);
  }

  public Duration toDuration() {
    return Duration.of(size, unit.toChronoUnit());
  }
}
