package io.weir.checkpoint.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.checkpoint.advice.Situation.Backend;
import io.weir.checkpoint.advice.Situation.BarrierMode;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviserTest {
  private static final long SECOND = 1_000;
  private static final long HOUR = 3_600 * SECOND;
  private static final long GIB = 1L << 30;

  /** Worked by hand: √(2·2·86400) s = 587.88 s. */
  @Test
  void youngsOptimumIsTheRootOfTwiceCostTimesTimeBetweenFailures() {
    assertThat(CheckpointInterval.young(2 * SECOND, 24 * HOUR)).isCloseTo(587_878, within(1.0));
  }

  /**
   * Worked by hand for C = 5 min, M = 25 min: √(2·5·25) = 15.811; C/2M = 0.1; 15.811 · (1 + 0.10541
   * + 0.01111) − 5 = 12.654 min.
   */
  @Test
  void dalysOptimumHasTwoMoreTerms() {
    assertThat(CheckpointInterval.daly(300, 1_500)).isCloseTo(12.654 * 60, within(0.1));
  }

  @Test
  void whenACheckpointCostsMoreThanTwiceTheTimeBetweenFailures_thenThatTimeIsTheInterval() {
    assertThat(CheckpointInterval.daly(20, 10)).isEqualTo(10);
    assertThat(CheckpointInterval.daly(19.999, 10)).isCloseTo(10, within(4.5));
  }

  @Test
  void youngAndDalyAgreeWhereACheckpointCostsLittle() {
    double young = CheckpointInterval.young(10, 24 * HOUR);
    assertThat(CheckpointInterval.daly(10, 24 * HOUR)).isCloseTo(young, within(young / 1_000));
  }

  /** No other interval costs less, by the model that it is the optimum of. */
  @Test
  void thereIsNoCheaperInterval() {
    double cost = 50;
    double between = HOUR;
    double best = CheckpointInterval.young(cost, between);
    double least = CheckpointInterval.overhead(cost, best, between);
    IntStream.rangeClosed(1, 400)
        .mapToDouble(percent -> best * percent / 100)
        .forEach(
            other ->
                assertThat(CheckpointInterval.overhead(cost, other, between))
                    .isGreaterThanOrEqualTo(least));
  }

  @Test
  void aJobWhoseCheckpointsCostLittleGetsDalysInterval() {
    // √(2 · 8 ms · 1 h) = 7589 ms; Daly adds 2.7 ms; 200 ms twice and 1 min − 200 ms are no bounds
    Advice advice = Adviser.advise(situation(sameEach(200, 8, 20), 60 * SECOND, HOUR));
    assertThat(advice.interval().millis()).isEqualTo(7_500);
    assertThat(advice.keepsAllowedLoss()).isTrue();
    assertThat(advice.interval().overhead()).isCloseTo(8 / 7500.0 + 7500 / 7.2e6, within(1e-9));
    assertThat(step(advice, "Young")).isEqualTo(7_589);
    assertThat(step(advice, "Daly")).isEqualTo(7_592);
    assertThat(step(advice, "Loss at worst")).isEqualTo(7_700);
  }

  @Test
  void theAllowedLossBoundsTheInterval() {
    Advice advice = Adviser.advise(situation(sameEach(200, 8, 20), 5 * SECOND, HOUR));
    assertThat(advice.interval().millis()).isEqualTo(4_800);
    assertThat(advice.keepsAllowedLoss()).isTrue();
  }

  @Test
  void thereIsRoomForACheckpointThatTakesTwiceAsLong() {
    Advice advice = Adviser.advise(situation(sameEach(10 * SECOND, 8, 20), 60 * SECOND, HOUR));
    assertThat(advice.interval().millis()).isEqualTo(20 * SECOND);
  }

  @Test
  void whatCannotBeKeptIsSaid() {
    Advice advice = Adviser.advise(situation(sameEach(10 * SECOND, 8, 20), 15 * SECOND, HOUR));
    assertThat(advice.interval().millis()).as("one behind the other").isEqualTo(10 * SECOND);
    assertThat(advice.keepsAllowedLoss()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 20", "999, 1000", "1000, 86400000", "123456, 1000000"})
  void anIntervalIsNeverShorterThanACheckpoint(long duration, long allowedLoss) {
    long interval =
        Adviser.advise(situation(sameEach(duration, 0, 0), allowedLoss, HOUR)).interval().millis();
    assertThat(interval).isGreaterThanOrEqualTo(duration).isPositive();
  }

  @Test
  void slowCheckpointsCountAndTheSlowestFewDoNot() {
    List<MeasuredCheckpoint> mostly = sameEach(100, 1, 1, 96);
    List<MeasuredCheckpoint> slow = sameEach(9_000, 1, 1, 4);
    assertThat(Adviser.advise(situation(join(mostly, slow), 60 * SECOND, HOUR)).interval().millis())
        .isLessThan(9_000);
    List<MeasuredCheckpoint> more = sameEach(9_000, 1, 1, 10);
    assertThat(Adviser.advise(situation(join(mostly, more), 60 * SECOND, HOUR)).interval().millis())
        .isEqualTo(18_000);
  }

  @Test
  void quickBarriersStayAligned() {
    assertThat(barriers(BarrierMode.ALIGNED, sameEach(200, 8, 20)).mode())
        .isEqualTo(BarrierMode.ALIGNED);
  }

  @Test
  void barriersThatAreSlowNowAndThenGetATimeout() {
    List<MeasuredCheckpoint> each = join(sameEach(200, 8, 20, 80), sameEach(9_000, 8, 8_000, 20));
    Advice.BarrierAdvice advice = barriers(BarrierMode.ALIGNED, each);
    assertThat(advice.mode()).isEqualTo(BarrierMode.ALIGNED_WITH_TIMEOUT);
    assertThat(advice.timeoutMillis()).isBetween(1_000L, 8_000L);
  }

  @Test
  void barriersThatAreAlwaysSlowOvertake() {
    assertThat(barriers(BarrierMode.ALIGNED, sameEach(9_000, 8, 8_000)).mode())
        .isEqualTo(BarrierMode.UNALIGNED);
  }

  @Test
  void barriersThatOvertakeNothingNeedNot() {
    assertThat(barriers(BarrierMode.UNALIGNED, sameEach(200, 8, 20)).mode())
        .isEqualTo(BarrierMode.ALIGNED_WITH_TIMEOUT);
  }

  @Test
  void barriersThatOvertakeGoOnDoingSo() {
    List<MeasuredCheckpoint> each =
        Collections.nCopies(20, new MeasuredCheckpoint(200, 2, 3, 100, 1_000, 50_000));
    assertThat(barriers(BarrierMode.UNALIGNED, each).mode()).isEqualTo(BarrierMode.UNALIGNED);
    assertThat(barriers(BarrierMode.ALIGNED_WITH_TIMEOUT, each).mode())
        .isEqualTo(BarrierMode.ALIGNED_WITH_TIMEOUT);
  }

  @ParameterizedTest
  @CsvSource({
    // state in MiB, of a heap of 1 GiB
    "HASHMAP, 20, HASHMAP",
    "HASHMAP, 100, HASHMAP",
    "HASHMAP, 200, ROCKSDB",
    "ROCKSDB, 20, HASHMAP",
    "ROCKSDB, 100, ROCKSDB",
    "ROCKSDB, 200, ROCKSDB",
  })
  void stateThatFillsTheHeapBelongsIntoRocksDb(Backend now, long mebibytes, Backend advised) {
    List<MeasuredCheckpoint> each =
        List.of(new MeasuredCheckpoint(200, 8, 20, 20, mebibytes << 20, 0));
    assertThat(
            Adviser.advise(
                    new Situation(each, true, BarrierMode.ALIGNED, now, GIB, 60 * SECOND, HOUR))
                .backend()
                .backend())
        .isEqualTo(advised);
  }

  @Test
  void stateWhoseWritingTakesTooLongIsWrittenIncrementally() {
    List<MeasuredCheckpoint> each =
        List.of(new MeasuredCheckpoint(10_000, 8, 20, 9_000, 1 << 20, 0));
    assertThat(Adviser.advise(situation(each, 15 * SECOND, HOUR)).backend().backend())
        .isEqualTo(Backend.ROCKSDB);
    assertThat(Adviser.advise(situation(each, 60 * SECOND, HOUR)).backend().backend())
        .isEqualTo(Backend.HASHMAP);
  }

  @Test
  void withoutMeasurementsOrBoundsThereIsNoAdvice() {
    assertThatThrownBy(() -> situation(List.of(), SECOND, HOUR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> situation(sameEach(1, 1, 1), 0, HOUR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0");
  }

  private static long step(Advice advice, String name) {
    return advice.interval().steps().stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow()
        .millis();
  }

  private static Advice.BarrierAdvice barriers(
      BarrierMode mode, List<MeasuredCheckpoint> checkpoints) {
    return Adviser.advise(
            new Situation(checkpoints, true, mode, Backend.HASHMAP, GIB, 60 * SECOND, HOUR))
        .barriers();
  }

  private static Situation situation(
      List<MeasuredCheckpoint> checkpoints, long allowedLoss, long betweenFailures) {
    return new Situation(
        checkpoints, true, BarrierMode.ALIGNED, Backend.HASHMAP, GIB, allowedLoss, betweenFailures);
  }

  private static List<MeasuredCheckpoint> sameEach(long duration, long heldUp, long barrier) {
    return sameEach(duration, heldUp, barrier, 10);
  }

  private static List<MeasuredCheckpoint> sameEach(
      long duration, long heldUp, long barrier, int count) {
    return Collections.nCopies(
        count, new MeasuredCheckpoint(duration, heldUp, barrier, 10, 1_000, 0));
  }

  private static List<MeasuredCheckpoint> join(
      List<MeasuredCheckpoint> some, List<MeasuredCheckpoint> others) {
    return java.util.stream.Stream.concat(some.stream(), others.stream()).toList();
  }
}
