package io.weir.connector.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {
  private static final long START = 1_700_000_000_000L;

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 7, 999, 2_500, 1_000_000, 40_000_000})
  void theRateIsNeitherExceededNorMissed(double rate) {
    RateLimiter limiter = new RateLimiter(rate);
    long now = START;
    long end = START + (rate < 1 ? 100_000 : 2_000);
    long taken = 0;
    while (now < end) {
      while (limiter.tryAcquire(now)) {
        taken++;
        double due = 1 + rate * (now - START) / 1_000;
        assertThat((double) taken).isLessThanOrEqualTo(due + 1e-6 * due);
      }
      now = limiter.nextTry(now);
    }
    double due = rate * (end - START) / 1_000;
    double ofOnePause = rate * RateLimiter.MIN_PAUSE_MILLIS / 1_000;
    assertThat((double) taken).isGreaterThanOrEqualTo((due - ofOnePause - 1) * (1 - 1e-6));
  }

  @Test
  void nothingIsDueBeforeTheTimeToTryAgain() {
    RateLimiter limiter = new RateLimiter(4);
    assertThat(limiter.tryAcquire(START)).isTrue();
    assertThat(limiter.tryAcquire(START)).isFalse();
    assertThat(limiter.nextTry(START)).isEqualTo(START + 250);
    assertThat(limiter.tryAcquire(START + 249)).isFalse();
    assertThat(limiter.tryAcquire(START + 250)).isTrue();
  }

  @Test
  void afterALongPauseOnlyTheLastSecondIsCaughtUpOn() {
    RateLimiter limiter = new RateLimiter(100);
    limiter.tryAcquire(START);
    long later = START + 3_600_000;
    int burst = 0;
    while (limiter.tryAcquire(later)) {
      burst++;
    }
    assertThat(burst).isBetween(100, 102);
  }

  @Test
  void aClockThatIsSetBackDoesNotStopTheSource() {
    RateLimiter limiter = new RateLimiter(10);
    limiter.tryAcquire(START);
    long earlier = START - 3_600_000;
    assertThat(limiter.tryAcquire(earlier)).isTrue();
    assertThat(limiter.tryAcquire(earlier)).isFalse();
    assertThat(limiter.nextTry(earlier)).isEqualTo(earlier + 100);
  }

  @Test
  void noWindowOfTimeSeesMoreThanItsShareAndOneBurst() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      double rate = 1 + random.nextInt(5_000);
      RateLimiter limiter = new RateLimiter(rate);
      long now = START;
      long windowStart = START;
      long inWindow = 0;
      for (int i = 0; i < 200; i++) {
        while (limiter.tryAcquire(now)) {
          inWindow++;
        }
        double most = rate * (now - windowStart + RateLimiter.MAX_BURST_MILLIS) / 1_000 + 1;
        assertThat((double) inWindow).isLessThanOrEqualTo(most + 1e-3);
        now += random.nextInt(10) == 0 ? random.nextInt(5_000) : random.nextInt(30);
        if (random.nextInt(20) == 0) {
          windowStart = now;
          inWindow = 0;
        }
      }
    }
  }
}
