package io.weir.serial;

import static io.weir.serial.Scalars.immutable;

import io.weir.snapshot.ScalarKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** The types of {@code java.time}. */
final class JavaTime {
  private JavaTime() {}

  static void register() {
    immutable(Instant.class, ScalarKind.INSTANT, JavaTime::write, JavaTime::readInstant);
    immutable(
        Duration.class,
        ScalarKind.DURATION,
        (v, out) -> {
          out.writeVarLong(v.getSeconds());
          out.writeVarInt(v.getNano());
        },
        in -> Duration.ofSeconds(in.readVarLong(), in.readVarInt()));
    immutable(
        Period.class,
        ScalarKind.PERIOD,
        (v, out) -> {
          out.writeVarInt(v.getYears());
          out.writeVarInt(v.getMonths());
          out.writeVarInt(v.getDays());
        },
        in -> Period.of(in.readVarInt(), in.readVarInt(), in.readVarInt()));
    immutable(LocalDate.class, ScalarKind.LOCAL_DATE, JavaTime::write, JavaTime::readDate);
    immutable(LocalTime.class, ScalarKind.LOCAL_TIME, JavaTime::write, JavaTime::readTime);
    immutable(
        LocalDateTime.class, ScalarKind.LOCAL_DATE_TIME, JavaTime::write, JavaTime::readDateTime);
    immutable(ZoneOffset.class, ScalarKind.ZONE_OFFSET, JavaTime::write, JavaTime::readOffset);
    immutable(ZoneId.class, ScalarKind.ZONE_ID, JavaTime::write, JavaTime::readZone);
    immutable(
        OffsetTime.class,
        ScalarKind.OFFSET_TIME,
        (v, out) -> {
          write(v.toLocalTime(), out);
          write(v.getOffset(), out);
        },
        in -> OffsetTime.of(readTime(in), readOffset(in)));
    immutable(
        OffsetDateTime.class,
        ScalarKind.OFFSET_DATE_TIME,
        (v, out) -> {
          write(v.toLocalDateTime(), out);
          write(v.getOffset(), out);
        },
        in -> OffsetDateTime.of(readDateTime(in), readOffset(in)));
    immutable(
        ZonedDateTime.class,
        ScalarKind.ZONED_DATE_TIME,
        (v, out) -> {
          write(v.toLocalDateTime(), out);
          write(v.getOffset(), out);
          write(v.getZone(), out);
        },
        // the instant counts: the zone's rules may have changed since the value was written
        in -> ZonedDateTime.ofInstant(readDateTime(in), readOffset(in), readZone(in)));
    immutable(
        Year.class,
        ScalarKind.YEAR,
        (v, out) -> out.writeVarInt(v.getValue()),
        in -> Year.of(in.readVarInt()));
    immutable(
        YearMonth.class,
        ScalarKind.YEAR_MONTH,
        (v, out) -> {
          out.writeVarInt(v.getYear());
          out.writeByte(v.getMonthValue());
        },
        in -> YearMonth.of(in.readVarInt(), in.readByte()));
    immutable(
        MonthDay.class,
        ScalarKind.MONTH_DAY,
        (v, out) -> {
          out.writeByte(v.getMonthValue());
          out.writeByte(v.getDayOfMonth());
        },
        in -> MonthDay.of(in.readByte(), in.readByte()));
  }

  private static void write(Instant value, BinaryOutput out) {
    out.writeVarLong(value.getEpochSecond());
    out.writeVarInt(value.getNano());
  }

  private static Instant readInstant(BinaryInput in) {
    return Instant.ofEpochSecond(in.readVarLong(), in.readVarInt());
  }

  private static void write(LocalDate value, BinaryOutput out) {
    out.writeVarLong(value.toEpochDay());
  }

  private static LocalDate readDate(BinaryInput in) {
    return LocalDate.ofEpochDay(in.readVarLong());
  }

  private static void write(LocalTime value, BinaryOutput out) {
    out.writeVarLong(value.toNanoOfDay());
  }

  private static LocalTime readTime(BinaryInput in) {
    return LocalTime.ofNanoOfDay(in.readVarLong());
  }

  private static void write(LocalDateTime value, BinaryOutput out) {
    write(value.toLocalDate(), out);
    write(value.toLocalTime(), out);
  }

  private static LocalDateTime readDateTime(BinaryInput in) {
    return LocalDateTime.of(readDate(in), readTime(in));
  }

  private static void write(ZoneOffset value, BinaryOutput out) {
    out.writeVarInt(value.getTotalSeconds());
  }

  private static ZoneOffset readOffset(BinaryInput in) {
    return ZoneOffset.ofTotalSeconds(in.readVarInt());
  }

  private static void write(ZoneId value, BinaryOutput out) {
    out.writeUtf8(value.getId());
  }

  private static ZoneId readZone(BinaryInput in) {
    return ZoneId.of(in.readUtf8());
  }
}
