package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.functions.KeySelector;
import io.weir.engine.operator.function.KeyedBroadcastProcessOperator;
import io.weir.testkit.OperatorHarness;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JoinAirportTest {
  private static final long HOUR = 3_600_000;
  private static final Airport AAA = new Airport("AAA", "First", "Alpha", "AK");

  private OperatorHarness operator;

  @BeforeEach
  void open() throws Exception {
    operator = OperatorHarness.of(operator()).open();
  }

  private static KeyedBroadcastProcessOperator<String, AirportHour, Airport, AirportReport>
      operator() {
    KeySelector<AirportHour, String> key = AirportHour::iata;
    return new KeyedBroadcastProcessOperator<>(
        new JoinAirport(), key, List.of(JoinAirport.AIRPORTS));
  }

  @Test
  void theTotalOfAnAirportGoesOn() throws Exception {
    operator.second().element(AAA, 0);
    hour("AAA", 0, 2);
    hour("AAA", 3, 5);
    assertThat(lines())
        .containsExactly(
            "1970-01-01T00:00:00Z,AAA,First,Alpha,AK,2,0,0,2",
            "1970-01-01T03:00:00Z,AAA,First,Alpha,AK,5,0,0,7");
  }

  @Test
  void hoursWaitForTheirAirportAndKeepTheirOrder() throws Exception {
    hour("AAA", 0, 1);
    hour("AAA", 1, 1);
    assertThat(lines()).isEmpty();
    operator.second().element(AAA, 0);
    assertThat(lines()).isEmpty();
    hour("AAA", 2, 1);
    assertThat(lines())
        .containsExactly(
            "1970-01-01T00:00:00Z,AAA,First,Alpha,AK,1,0,0,1",
            "1970-01-01T01:00:00Z,AAA,First,Alpha,AK,1,0,0,2",
            "1970-01-01T02:00:00Z,AAA,First,Alpha,AK,1,0,0,3");
    operator.finish();
    assertThat(operator.values()).hasSize(3);
  }

  @Test
  void whatWaitsIsEmittedWhenAllAirportsHaveBeenRead() throws Exception {
    hour("AAA", 0, 1);
    hour("ZZZ", 0, 4);
    operator.first().watermark(10 * HOUR);
    operator.second().element(AAA, 0);
    assertThat(lines()).isEmpty();
    operator.second().watermark(Long.MAX_VALUE);
    assertThat(lines())
        .containsExactlyInAnyOrder(
            "1970-01-01T00:00:00Z,AAA,First,Alpha,AK,1,0,0,1",
            "1970-01-01T00:00:00Z,ZZZ,,,,4,0,0,4");
  }

  @Test
  void aRestoredJobWaitsAndCountsOn() throws Exception {
    hour("AAA", 0, 1);
    hour("BBB", 0, 3);
    operator.second().element(AAA, 0);
    OperatorHarness.Image image = operator.snapshot(1);
    operator = OperatorHarness.restored(operator(), image).open();
    hour("AAA", 1, 2);
    operator.finish();
    assertThat(lines())
        .containsExactlyInAnyOrder(
            "1970-01-01T00:00:00Z,AAA,First,Alpha,AK,1,0,0,1",
            "1970-01-01T01:00:00Z,AAA,First,Alpha,AK,2,0,0,3",
            "1970-01-01T00:00:00Z,BBB,,,,3,0,0,3");
  }

  private void hour(String iata, int hour, long flights) throws Exception {
    operator
        .first()
        .element(
            new AirportHour(iata, hour * HOUR, new Delays(flights, 0, 0)), (hour + 1) * HOUR - 1);
  }

  private List<String> lines() {
    return operator.values().stream().map(value -> ((AirportReport) value).toLine()).toList();
  }
}
