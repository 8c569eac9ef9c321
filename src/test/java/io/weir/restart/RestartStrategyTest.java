package io.weir.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.restart.RestartStrategy.ExponentialDelay;
import io.weir.restart.RestartStrategy.FailureRate;
import io.weir.restart.RestartStrategy.FixedDelay;
import io.weir.restart.RestartStrategy.NoRestart;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RestartStrategyTest {
  private static final int UNLIMITED = RestartStrategy.UNLIMITED_ATTEMPTS;

  /** Half of the range: no jitter. */
  private static final double MIDDLE = 0.5;

  /**
   * Lets one job fail at the given times and writes the delays; {@code x} when the job is given up.
   */
  private static String delays(RestartStrategy strategy, String failures) {
    RestartBackoff backoff = strategy.start();
    StringBuilder delays = new StringBuilder();
    for (String millis : failures.split(" ", -1)) {
      RestartVerdict verdict = backoff.onFailure(Long.parseLong(millis), MIDDLE);
      if (verdict instanceof RestartVerdict.Restart restart) {
        delays.append(restart.delayMillis()).append(' ');
        backoff = restart.next();
      } else {
        return delays.append('x').toString();
      }
    }
    return delays.toString().strip();
  }

  private static RestartVerdict.Restart restart(RestartVerdict verdict) {
    assertThat(verdict).isInstanceOf(RestartVerdict.Restart.class);
    return (RestartVerdict.Restart) verdict;
  }

  @Test
  void withoutAStrategyTheFirstFailureIsTheLast() {
    assertThat(delays(new NoRestart(), "5")).isEqualTo("x");
    RestartVerdict.GiveUp verdict = (RestartVerdict.GiveUp) new NoRestart().start().onFailure(0, 0);
    assertThat(verdict.why()).contains("restart-strategy.type");
  }

  @Test
  void whereNothingIsSaidCheckpointsDecide() {
    assertThat(RestartStrategy.byDefault(false)).isEqualTo(new NoRestart());
    assertThat(RestartStrategy.byDefault(true))
        .isEqualTo(new ExponentialDelay(1_000, 60_000, 1.5, 3_600_000, 0.1, UNLIMITED));
  }

  @Test
  void theDefaultsAreThoseOfFlink() {
    assertThat(FixedDelay.defaults()).isEqualTo(new FixedDelay(1, 1_000));
    assertThat(FailureRate.defaults()).isEqualTo(new FailureRate(1, 60_000, 1_000));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 100, '5', 'x'",
    "1, 100, '5 6', '100 x'",
    "3, 100, '0 200 400 600', '100 100 100 x'",
    "2, 0, '0 0 0', '0 0 x'",
    "2, 100, '0 99999999999 199999999999', '100 100 x'"
  })
  void aFixedDelayAllowsItsAttemptsOverTheWholeLifeOfAJob(
      int attempts, long delayMillis, String failures, String expected) {
    assertThat(delays(new FixedDelay(attempts, delayMillis), failures)).isEqualTo(expected);
  }

  @Test
  void givingUpAFixedDelayNamesTheKeyAndTheNumber() {
    RestartVerdict.GiveUp verdict =
        (RestartVerdict.GiveUp)
            restart(new FixedDelay(1, 0).start().onFailure(0, 0)).next().onFailure(1, 0);
    assertThat(verdict.why()).contains("1 times", "restart-strategy.fixed-delay.attempts");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000, '0 1001 2002', '7 7 7'",
    "1, 1000, '0 1000', '7 x'",
    "1, 1000, '0 5', '7 x'",
    "2, 1000, '0 500 1000', '7 7 x'",
    "2, 1000, '0 500 1001 1501', '7 7 7 7'",
    "2, 1000, '0 500 1001 1500', '7 7 7 x'",
    "3, 1000, '0 0 0 0', '7 7 7 x'",
    "3, 1000, '0 0 0 1001 1001 1001', '7 7 7 7 7 7'"
  })
  void aFailureRateBearsItsFailuresWithinTheInterval(
      int failures, long intervalMillis, String times, String expected) {
    assertThat(delays(new FailureRate(failures, intervalMillis, 7), times)).isEqualTo(expected);
  }

  @Test
  void aFailureRateRemembersNoMoreThanItMust() {
    RestartBackoff backoff = new FailureRate(5, 1_000, 0).start();
    for (long millis = 0; millis < 1_000_000; millis += 250) {
      backoff = restart(backoff.onFailure(millis, 0)).next();
    }
    assertThat(((FailureRateBackoff) backoff).failuresMillis()).hasSize(5);
  }

  @Nested
  class Exponential {
    private final ExponentialDelay doubling =
        new ExponentialDelay(1_000, 10_000, 2.0, 60_000, 0.0, UNLIMITED);

    @Test
    void theDelayGrowsUpToItsLimit() {
      assertThat(delays(doubling, "0 5000 10000 20000 30000 45000"))
          .isEqualTo("1000 2000 4000 8000 10000 10000");
    }

    @Test
    void failuresBeforeTheRestartAreOneFailure() {
      assertThat(delays(doubling, "0 1 400 1000 1001")).isEqualTo("1000 999 600 0 2000");
    }

    @Test
    void aJobThatRanForLongStartsFromTheFirstDelay() {
      // the second restart is at 7000: from there on the threshold counts
      assertThat(delays(doubling, "0 5000 66999")).isEqualTo("1000 2000 4000");
      assertThat(delays(doubling, "0 5000 67000")).isEqualTo("1000 2000 1000");
    }

    @Test
    void theFirstFailureIsNotDelayedMoreHoweverLateItComes() {
      assertThat(delays(doubling, "999999999")).isEqualTo("1000");
    }

    @Test
    void attemptsInARowMayBeLimited() {
      ExponentialDelay limited = new ExponentialDelay(1_000, 10_000, 2.0, 60_000, 0.0, 2);
      assertThat(delays(limited, "0 5000 10000")).isEqualTo("1000 2000 x");
    }

    @Test
    void aJobThatRanForLongHasAllItsAttemptsAgain() {
      ExponentialDelay limited = new ExponentialDelay(1_000, 10_000, 2.0, 60_000, 0.0, 2);
      assertThat(delays(limited, "0 5000 100000 110000 120000")).isEqualTo("1000 2000 1000 2000 x");
    }

    @Test
    void mergedFailuresUseUpNoAttempt() {
      ExponentialDelay limited = new ExponentialDelay(1_000, 10_000, 2.0, 60_000, 0.0, 1);
      assertThat(delays(limited, "0 10 20 30")).isEqualTo("1000 990 980 970");
    }

    @Test
    void aFactorThatRoundsDownStillLetsTheDelayGrow() {
      assertThat(
              delays(new ExponentialDelay(1, 5, 1.1, 60_000, 0.0, UNLIMITED), "0 10 20 30 40 50"))
          .isEqualTo("1 2 3 4 5 5");
    }

    @Test
    void aFactorOfOneKeepsTheDelay() {
      assertThat(delays(new ExponentialDelay(50, 500, 1.0, 60_000, 0.0, UNLIMITED), "0 100 200"))
          .isEqualTo("50 50 50");
    }

    @ParameterizedTest
    @CsvSource({"0.0, 900", "0.25, 950", "0.5, 1000", "0.75, 1050"})
    void jitterLengthensOrShortens(double random, long expected) {
      ExponentialDelay jittering = new ExponentialDelay(1_000, 10_000, 2.0, 60_000, 0.1, UNLIMITED);
      assertThat(restart(jittering.start().onFailure(0, random)).delayMillis()).isEqualTo(expected);
    }

    @Test
    void jitterNeverLeavesTheLimitsAndDoesNotAddUp() {
      SplittableRandom random = new SplittableRandom(7);
      ExponentialDelay wild =
          new ExponentialDelay(1_000, 10_000, 2.0, Long.MAX_VALUE, 1.0, UNLIMITED);
      RestartBackoff backoff = wild.start();
      long nowMillis = 0;
      for (int failure = 0; failure < 1_000; failure++) {
        RestartVerdict.Restart verdict = restart(backoff.onFailure(nowMillis, random.nextDouble()));
        assertThat(verdict.delayMillis()).isBetween(0L, 10_000L);
        assertThat(((ExponentialDelayBackoff) verdict.next()).backoffMillis())
            .isEqualTo(Math.min(10_000, 1_000L << Math.min(failure + 1, 20)));
        backoff = verdict.next();
        nowMillis += verdict.delayMillis() + 1;
      }
    }

    @Test
    void askingTwiceGivesTheSameAnswer() {
      RestartBackoff backoff = doubling.start();
      assertThat(backoff.onFailure(3, MIDDLE)).isEqualTo(backoff.onFailure(3, MIDDLE));
    }
  }

  static Stream<Arguments> badSettings() {
    return Stream.of(
        bad("fixed-delay.attempts", () -> new FixedDelay(-1, 0)),
        bad("fixed-delay.delay", () -> new FixedDelay(1, -1)),
        bad("failure-rate.max-failures-per-interval", () -> new FailureRate(0, 1, 1)),
        bad("failure-rate.failure-rate-interval", () -> new FailureRate(1, 0, 1)),
        bad("failure-rate.delay", () -> new FailureRate(1, 1, -1)),
        bad("exponential-delay.initial-backoff", () -> new ExponentialDelay(0, 1, 1, 1, 0, 1)),
        bad("exponential-delay.max-backoff", () -> new ExponentialDelay(2, 1, 1, 1, 0, 1)),
        bad("exponential-delay.backoff-multiplier", () -> new ExponentialDelay(1, 1, 0.9, 1, 0, 1)),
        bad(
            "exponential-delay.backoff-multiplier",
            () -> new ExponentialDelay(1, 1, Double.NaN, 1, 0, 1)),
        bad(
            "exponential-delay.reset-backoff-threshold",
            () -> new ExponentialDelay(1, 1, 1, 0, 0, 1)),
        bad("exponential-delay.jitter-factor", () -> new ExponentialDelay(1, 1, 1, 1, 1.1, 1)),
        bad(
            "exponential-delay.attempts-before-reset-backoff",
            () -> new ExponentialDelay(1, 1, 1, 1, 0, 0)));
  }

  private static Arguments bad(String key, Supplier<RestartStrategy> strategy) {
    return Arguments.of(key, strategy);
  }

  @ParameterizedTest
  @MethodSource("badSettings")
  void aBadSettingIsRefusedWithItsKeyAndWhatIsAllowed(
      String key, Supplier<RestartStrategy> strategy) {
    assertThatThrownBy(strategy::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("restart-strategy." + key)
        .hasMessageContaining("must be");
  }

  @Test
  void everyStrategyDescribesItself() {
    assertThat(new NoRestart().describe()).isEqualTo("none");
    assertThat(FixedDelay.defaults().describe()).contains("fixed-delay", "1 attempts");
    assertThat(FailureRate.defaults().describe()).contains("failure-rate", "60000");
    assertThat(ExponentialDelay.defaults().describe())
        .contains("exponential-delay", "1.5")
        .doesNotContain("attempts");
    assertThat(new ExponentialDelay(1, 1, 1, 1, 0, 4).describe()).contains("4 attempts");
  }
}
