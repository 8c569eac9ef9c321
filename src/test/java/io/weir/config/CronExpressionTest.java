package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronExpressionTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 2 * * *        | 2026-03-01T02:00:00Z | 2026-03-02T02:00:00Z
          0 2 * * *        | 2026-03-01T01:59:59Z | 2026-03-01T02:00:00Z
          */15 * * * *     | 2026-03-01T01:00:00Z | 2026-03-01T01:15:00Z
          5/20 * * * *     | 2026-03-01T01:26:00Z | 2026-03-01T01:45:00Z
          */10 * * * * *   | 2026-03-01T01:00:01Z | 2026-03-01T01:00:10Z
          0 0 1 * *        | 2026-03-01T00:00:00Z | 2026-04-01T00:00:00Z
          0 0 29 2 *       | 2026-03-01T00:00:00Z | 2028-02-29T00:00:00Z
          0 0 29 2 *       | 2096-03-01T00:00:00Z | 2104-02-29T00:00:00Z
          0 0 * * MON-FRI  | 2026-03-06T00:00:00Z | 2026-03-09T00:00:00Z
          0 0 * * 0        | 2026-03-02T00:00:00Z | 2026-03-08T00:00:00Z
          0 0 * * 7        | 2026-03-02T00:00:00Z | 2026-03-08T00:00:00Z
          0 0 * * sat-sun  | 2026-03-02T00:00:00Z | 2026-03-07T00:00:00Z
          0 0 13 * FRI     | 2026-03-07T00:00:00Z | 2026-03-13T00:00:00Z
          0 0 13 * FRI     | 2026-03-13T00:00:00Z | 2026-03-20T00:00:00Z
          30 4 1,15 jun *  | 2026-06-01T04:30:00Z | 2026-06-15T04:30:00Z
          59 23 31 12 *    | 2026-12-31T23:59:00Z | 2027-12-31T23:59:00Z
          """)
  void theNextTimeIsTheFirstBehind(String text, ZonedDateTime after, ZonedDateTime next) {
    assertThat(CronExpression.parse(text).next(after)).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30 2 * * *  | 2026-03-28T02:30:00+01:00 | 2026-03-29T03:30:00+02:00
          30 2 * * *  | 2026-03-29T03:30:00+02:00 | 2026-03-30T02:30:00+02:00
          30 2 * * *  | 2026-10-24T02:30:00+02:00 | 2026-10-25T02:30:00+02:00
          30 2 * * *  | 2026-10-25T02:30:00+02:00 | 2026-10-26T02:30:00+01:00
          30 2 * * *  | 2026-10-25T02:10:00+01:00 | 2026-10-25T02:30:00+01:00
          */30 * * * *| 2026-03-29T01:30:00+01:00 | 2026-03-29T03:00:00+02:00
          """)
  void whenClocksAreChangedEachTimeComesOnce(String text, String after, String next) {
    assertThat(CronExpression.parse(text).next(berlin(after))).isEqualTo(berlin(next));
  }

  private static ZonedDateTime berlin(String time) {
    return ZonedDateTime.parse(time.strip()).withZoneSameInstant(BERLIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 2 * *          | five fields are needed
          0 0 0 2 * * *    | five fields are needed
          60 2 * * *       | '60' is no minute
          0 24 * * *       | '24' is no hour
          0 2 0 * *        | '0' is no day of the month
          0 2 * 13 *       | '13' is no month
          0 2 * * 8        | '8' is no day of the week
          0 2 * * LUN      | 'LUN' is no day of the week
          0 2 * MON *      | 'MON' is no month
          5-1 2 * * *      | '5-1' is no minute
          */0 2 * * *      | '*/0' is no minute
          1, 2 * * *       | '' is no minute
          -1 2 * * *       | '' is no minute
          0 0 30 2 *       | there is no such day
          0 0 31 4,6 *     | there is no such day
          every day        | five fields are needed
          """)
  void whatCannotBeUnderstoodIsRefusedWithTheReason(String text, String reason) {
    assertThatThrownBy(() -> CronExpression.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void theTextIsKept() {
    assertThat(CronExpression.parse("  0 2 * * MON ")).hasToString("0 2 * * MON");
    assertThat(CronExpression.parse("0 2 * * MON"))
        .isEqualTo(CronExpression.parse("0 2 * * MON"))
        .isNotEqualTo(CronExpression.parse("0 2 * * 1"));
  }

  /** A field as text, and what it means. */
  private record Field(String text, Set<Integer> values) {

    /** No single value of it is one that some months do not have. */
    static Field draw(Random random, int min, int max) {
      int highest = max == 31 ? 28 : max;
      int low = min + random.nextInt(highest - min + 1);
      int high = low + random.nextInt(highest - low + 1);
      int step = 1 + random.nextInt(4);
      return switch (random.nextInt(6)) {
        case 0 -> new Field("" + low, Set.of(low));
        case 1 -> new Field(low + "-" + high, values(low, high, 1));
        case 2 -> new Field(low + "-" + high + "/" + step, values(low, high, step));
        case 3 -> new Field("*/" + step, values(min, max, step));
        case 4 -> new Field(high + "," + low, new TreeSet<>(List.of(low, high)));
        default -> new Field("*", values(min, max, 1));
      };
    }

    private static Set<Integer> values(int low, int high, int step) {
      return IntStream.rangeClosed(low, high)
          .filter(value -> (value - low) % step == 0)
          .boxed()
          .collect(Collectors.toSet());
    }

    boolean isAny() {
      return text.equals("*");
    }
  }

  /** Beside a reader that looks at one minute after the other. */
  @Test
  void whateverIsDrawn_theNextTimeIsTheFirstMinuteThatFits() {
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      Field minute = Field.draw(random, 0, 59);
      Field hour = Field.draw(random, 0, 23);
      Field day = Field.draw(random, 1, 31);
      Field month = Field.draw(random, 1, 12);
      Field weekday = Field.draw(random, 0, 6);
      String text =
          String.join(" ", minute.text(), hour.text(), day.text(), month.text(), weekday.text());
      LocalDateTime after =
          LocalDateTime.of(2024, 1, 1, 0, 0).plusMinutes(random.nextInt(4 * 365 * 24 * 60));
      LocalDateTime expected = after;
      do {
        expected = expected.plusMinutes(1);
      } while (!fits(expected, minute, hour, day, month, weekday));

      assertThat(CronExpression.parse(text).next(after.atZone(ZoneOffset.UTC)))
          .as("'%s' behind %s", text, after)
          .isEqualTo(expected.atZone(ZoneOffset.UTC));
    }
  }

  private static boolean fits(
      LocalDateTime time, Field minute, Field hour, Field day, Field month, Field weekday) {
    boolean fitsDay = day.values().contains(time.getDayOfMonth());
    boolean fitsWeekday = weekday.values().contains(time.getDayOfWeek().getValue() % 7);
    boolean isOneEnough = !day.isAny() && !weekday.isAny();
    return minute.values().contains(time.getMinute())
        && hour.values().contains(time.getHour())
        && month.values().contains(time.getMonthValue())
        && (isOneEnough ? (fitsDay || fitsWeekday) : (fitsDay && fitsWeekday));
  }
}
