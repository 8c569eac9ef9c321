package io.weir.config;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * Points in time that come again, in the form that cron has made known: minute, hour, day of the
 * month, month and day of the week, with spaces between them; a sixth field in front has seconds. A
 * field has {@code *}, a value, a range {@code 1-5}, steps {@code *}{@code /10}, or several of
 * these with commas. Months and days of the week may be named ({@code JAN}, {@code MON}); Sunday is
 * 0 and 7. If both kinds of days are limited, a day counts that fits either, as for cron and for
 * timers of enterprise beans.
 *
 * <p>A time that the clocks of a zone skip comes as much later as they are put forward; one that
 * they repeat comes once. An immutable value.
 */
public final class CronExpression {
  /** No day comes more seldom than February 29th, and no leap year is farther than this. */
  private static final int MOST_DAYS = 8 * 366;

  private static final int WITH_SECONDS = 6;

  /** Sundays may be written at either end of the week. */
  private static final int OTHER_SUNDAY = 7;

  private static final List<String> MONTHS =
      List.of(
          "", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private final String text;
  private final CronField seconds;
  private final CronField minutes;
  private final CronField hours;
  private final CronField daysOfMonth;
  private final CronField months;
  private final CronField daysOfWeek;

  private CronExpression(String text, List<String> fields) {
    this.text = text;
    seconds = CronField.parse("second", fields.get(0), 0, 59, List.of());
    minutes = CronField.parse("minute", fields.get(1), 0, 59, List.of());
    hours = CronField.parse("hour", fields.get(2), 0, 23, List.of());
    daysOfMonth = CronField.parse("day of the month", fields.get(3), 1, 31, List.of());
    months = CronField.parse("month", fields.get(4), 1, 12, MONTHS);
    daysOfWeek = CronField.parse("day of the week", fields.get(5), 0, OTHER_SUNDAY, DAYS);
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException with the reason, if {@code text} is none, or its time never
   *     comes
   */
  public static CronExpression parse(String text) {
    List<String> fields = List.of(text.strip().split("\\s+"));
    if (fields.size() == WITH_SECONDS - 1) {
      fields = List.of(("0 " + text.strip()).split("\\s+"));
    }
    if (fields.size() != WITH_SECONDS) {
      throw new IllegalArgumentException(
          "five fields are needed, or six with seconds, and there are " + fields.size());
    }
    CronExpression expression = new CronExpression(text.strip(), fields);
    if (expression.dayFrom(LocalDate.EPOCH) == null) {
      throw new IllegalArgumentException("there is no such day in these months");
    }
    return expression;
  }

  /** The first time of the expression behind a time, in its zone. */
  public ZonedDateTime next(ZonedDateTime after) {
    LocalDateTime local = nextLocal(after.toLocalDateTime());
    ZonedDateTime next = local.atZone(after.getZone());
    // of the two times with one name that follow each other when clocks are put back
    return next.isAfter(after) ? next : next.withLaterOffsetAtOverlap();
  }

  private LocalDateTime nextLocal(LocalDateTime after) {
    LocalDateTime from = after.withNano(0).plusSeconds(1);
    LocalDate day = dayFrom(from.toLocalDate());
    LocalTime time = timeFrom(day.equals(from.toLocalDate()) ? from.toLocalTime() : LocalTime.MIN);
    return time == null
        ? dayFrom(day.plusDays(1)).atTime(timeFrom(LocalTime.MIN))
        : day.atTime(time);
  }

  /** The first day that fits, not before this one; null if none ever does. */
  private LocalDate dayFrom(LocalDate first) {
    for (int i = 0; i < MOST_DAYS; i++) {
      LocalDate day = first.plusDays(i);
      if (isFit(day)) {
        return day;
      }
    }
    return null;
  }

  private boolean isFit(LocalDate day) {
    int dayOfWeek = day.getDayOfWeek().getValue();
    boolean fitsMonth = daysOfMonth.has(day.getDayOfMonth());
    boolean fitsWeek =
        daysOfWeek.has(dayOfWeek) || (dayOfWeek == OTHER_SUNDAY && daysOfWeek.has(0));
    boolean isEither = !daysOfMonth.isAny() && !daysOfWeek.isAny();
    return months.has(day.getMonthValue())
        && (isEither ? fitsMonth || fitsWeek : fitsMonth && fitsWeek);
  }

  /** The first time of a day that fits, not before this one; null if there is none. */
  private LocalTime timeFrom(LocalTime first) {
    int hour = hours.from(first.getHour());
    if (hour == first.getHour()) {
      int minute = minutes.from(first.getMinute());
      if (minute == first.getMinute()) {
        int second = seconds.from(first.getSecond());
        if (second >= 0) {
          return LocalTime.of(hour, minute, second);
        }
        minute = minutes.from(first.getMinute() + 1);
      }
      if (minute >= 0) {
        return LocalTime.of(hour, minute, seconds.from(0));
      }
      hour = hours.from(first.getHour() + 1);
    }
    return hour < 0 ? null : LocalTime.of(hour, minutes.from(0), seconds.from(0));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronExpression expression && text.equals(expression.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return text;
  }
}
