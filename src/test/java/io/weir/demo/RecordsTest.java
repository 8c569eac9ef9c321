package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo's lines, in both directions. */
class RecordsTest {
  private static final Airport ANC =
      Airport.parse("ANC,Ted Stevens Anchorage International,Anchorage,AK,USA,61.17,-149.99");

  @Test
  void aFlightIsRead() {
    assertThat(Flight.parse("2001-01-01T00:01,ANC,LAX,-13,2345"))
        .isEqualTo(new Flight(Instant.parse("2001-01-01T00:01:00Z").toEpochMilli(), "ANC", -13));
  }

  @Test
  void aLineThatIsNoFlightIsRefusedWithTheReason() {
    assertThatThrownBy(() -> Flight.parse("2001-01-01T00:01,ANC,LAX,-13"))
        .hasMessage("4 fields instead of 5");
    assertThatThrownBy(() -> Flight.parse("2001-01-32T00:01,ANC,LAX,-13,1"))
        .hasMessageContaining("2001-01-32T00:01");
    assertThatThrownBy(() -> Flight.parse("2001-01-01T00:01,ANC,LAX,NA,1"))
        .hasMessageContaining("\"NA\"");
  }

  @Test
  void quotedFieldsMayHoldCommasAndQuotes() {
    assertThat(Csv.fields("\"a,b\",\"say \"\"c\"\"\",,\"\"", 4))
        .isEqualTo(List.of("a,b", "say \"c\"", "", ""));
    assertThatThrownBy(() -> Csv.fields("a,\"b", 2)).hasMessageContaining("not closed");
  }

  @Test
  void everyTextSurvivesAsField() {
    for (String text : List.of("", "plain", "a,b", "\"", "a\"\"b", ",", "é 日")) {
      assertThat(Csv.fields(Csv.field(text), 1)).containsExactly(text);
    }
  }

  @Test
  void aReportIsTheLineThatTheDocumentationShows() {
    long hour = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();
    AirportReport report =
        new AirportReport(new AirportHour("ANC", hour, new Delays(6, 148, 110)), 6, ANC);
    assertThat(report.toLine())
        .isEqualTo(
            "2001-01-01T00:00:00Z,ANC,Ted Stevens Anchorage International,Anchorage,AK,6,148,110,6");
  }

  @Test
  void anAirportThatIsNotKnownHasEmptyFields() {
    AirportReport report =
        new AirportReport(
            new AirportHour("ZZZ", 0, new Delays(1, -7, -7)), 3, Airport.unknown("ZZZ"));
    assertThat(report.toLine()).isEqualTo("1970-01-01T00:00:00Z,ZZZ,,,,1,-7,-7,3");
  }

  @Test
  void delaysAreSummedUpInAnyGrouping() {
    Delays.Sum sum = new Delays.Sum();
    Delays all = sum.createAccumulator();
    for (long delay : new long[] {-5, -9, -1}) {
      all = sum.add(new Flight(0, "A", delay), all);
    }
    assertThat(sum.getResult(all)).isEqualTo(new Delays(3, -15, -1));
    assertThat(sum.merge(sum.createAccumulator(), all)).isEqualTo(all);
    assertThat(sum.merge(all, all)).isEqualTo(new Delays(6, -30, -1));
  }
}
