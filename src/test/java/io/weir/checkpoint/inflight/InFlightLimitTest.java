package io.weir.checkpoint.inflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Laws of the limit; batches hold up to 256 records, and 32 of them can be in flight. */
class InFlightLimitTest {
  private static final int MOST = 256;
  private static final int BATCHES = 32;
  private static final long MILLI = 1_000_000;
  private static final DebloatSettings SETTINGS = new DebloatSettings(1_000, 200, 20, 25);

  private static InFlightLimit begin() {
    return InFlightLimit.unmeasured(SETTINGS, MOST);
  }

  private static InFlightLimit atRate(InFlightLimit from, long perSecond, int measurements) {
    InFlightLimit limit = from;
    for (int i = 0; i < measurements; i++) {
      limit = limit.after(perSecond, 1_000 * MILLI, BATCHES);
    }
    return limit;
  }

  @Test
  void itBeginsWithAnEighthOfWhatFits() {
    assertThat(begin().records()).isEqualTo(MOST / 8);
    assertThat(InFlightLimit.unmeasured(SETTINGS, 1).records()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "128,2", "1280,20", "6400,100", "16384,256", "1000000,256"})
  void itConvergesToWhatIsProcessedInHalfTheTargetTime(long perSecond, int records) {
    InFlightLimit limit = atRate(begin(), perSecond, 200);

    assertThat((double) limit.records())
        .isBetween(records * 0.75, Math.max(records * 1.34, records));
    assertThat(limit.smoothed()).isBetween(records * 0.98, records * 1.02);
  }

  @Test
  void theFirstMeasurementIsBelieved() {
    InFlightLimit first = begin().after(1_280, 1_000 * MILLI, BATCHES);

    assertThat(first.records()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({"0,2.0", "25,1.5"})
  void theTargetIsKeptByATaskThatBecomesSlower(int thresholdPercent, double times) {
    DebloatSettings settings = new DebloatSettings(1_000, 200, 20, thresholdPercent);
    for (long rate = 1_280; rate < 1_000_000; rate += rate / 10) {
      InFlightLimit settled =
          atRate(atRate(InFlightLimit.unmeasured(settings, MOST), 2_000_000, 1), rate, 200);

      double millis = (double) settled.records() * BATCHES * 1_000 / (rate / times);

      // half a record of rounding in each of about 20
      assertThat(millis).as("full channels of %s", settled).isLessThanOrEqualTo(1_000 * 1.025);
    }
  }

  @Test
  void aTaskThatSeemedQuickAtFirstIsFoundOutSoon() {
    InFlightLimit quick = begin().after(1_000_000, 1_000 * MILLI, BATCHES);
    assertThat(quick.records()).isEqualTo(MOST);

    InFlightLimit found = atRate(quick, 1_280, SETTINGS.samples());

    assertThat(found.smoothed()).isBetween(20.0, 30.0);
  }

  @Test
  void tasksThatRecordsPassOneAfterAnotherShareTheTime() {
    assertThat(SETTINGS.sharedBy(4)).isEqualTo(new DebloatSettings(250, 200, 20, 25));
    assertThat(SETTINGS.sharedBy(3_000).targetMillis()).isEqualTo(1);
  }

  @Test
  void itGrowsAgainWhenTheTaskIsQuickAgain() {
    InFlightLimit slow = atRate(begin(), 128, 200);

    assertThat(atRate(slow, 1_000_000, 80).records()).isEqualTo(MOST);
  }

  @Test
  void itStaysWithinItsBoundsWhateverIsMeasured() {
    SplittableRandom random = new SplittableRandom(7);
    InFlightLimit limit = begin();
    for (int i = 0; i < 100_000; i++) {
      limit =
          limit.after(
              random.nextLong(-1, 1L << random.nextInt(1, 40)),
              random.nextLong(-1, 1L << random.nextInt(1, 40)),
              random.nextInt(0, 1_000));
      assertThat(limit.records()).isBetween(1, MOST);
      assertThat(limit.smoothed()).isBetween(1.0, (double) MOST);
    }
  }

  @Test
  void whatMeasuresNothingChangesNothing() {
    InFlightLimit limit = atRate(begin(), 640, 10);

    assertThat(limit.after(0, 1_000 * MILLI, BATCHES)).isEqualTo(limit);
    assertThat(limit.after(10, 0, BATCHES)).isEqualTo(limit);
    assertThat(limit.after(10, 1_000 * MILLI, 0)).isEqualTo(limit);
  }

  @Test
  void aRateThatSwaysALittleDoesNotMoveIt() {
    InFlightLimit limit = atRate(begin(), 6_400, 200);
    int settled = limit.records();
    for (int i = 0; i < 1_000; i++) {
      limit = limit.after(i % 2 == 0 ? 5_600 : 7_200, 1_000 * MILLI, BATCHES);
      assertThat(limit.records()).isEqualTo(settled);
    }
  }

  @Test
  void oneSampleOutOfLineMovesItByItsWeightAtMost() {
    InFlightLimit limit = atRate(begin(), 6_400, 200);

    double moved = limit.after(1, 1_000 * MILLI, BATCHES).smoothed();

    assertThat(limit.smoothed() - moved).isBetween(9.0, limit.smoothed() * 2 / 21 + 0.001);
  }

  @Test
  void itTellsHowLongItTakesToProcessWhatIsQueued() {
    InFlightLimit limit = begin();

    assertThat(limit.millisToProcess(1_000)).as("before any measurement").isZero();
    assertThat(limit.after(500, 250 * MILLI, BATCHES).millisToProcess(1_000)).isEqualTo(500);
  }

  @Test
  void settingsWithoutAMeaningAreRefused() {
    assertThatThrownBy(() -> new DebloatSettings(0, 200, 20, 25)).hasMessageContaining("target 0");
    assertThatThrownBy(() -> new DebloatSettings(1, 200, 0, 25)).hasMessageContaining("0 samples");
  }
}
