package io.weir.api.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.state.StateTtlConfig.CleanupStrategies;
import io.weir.api.state.StateTtlConfig.StateVisibility;
import io.weir.api.state.StateTtlConfig.UpdateType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StateTtlConfigTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void theDefaultsAreThoseOfFlink() {
    StateTtlConfig ttl = StateTtlConfig.newBuilder(HOUR).build();

    assertThat(ttl.isEnabled()).isTrue();
    assertThat(ttl.getTimeToLive()).isEqualTo(HOUR);
    assertThat(ttl.getUpdateType()).isEqualTo(UpdateType.OnCreateAndWrite);
    assertThat(ttl.getStateVisibility()).isEqualTo(StateVisibility.NeverReturnExpired);
    CleanupStrategies cleanup = ttl.getCleanupStrategies();
    assertThat(cleanup.isCleanupInBackground()).isTrue();
    assertThat(cleanup.inFullSnapshot()).isFalse();
    assertThat(cleanup.getIncrementalCleanupStrategy().getCleanupSize()).isEqualTo(5);
    assertThat(cleanup.getIncrementalCleanupStrategy().runCleanupForEveryRecord()).isFalse();
    assertThat(cleanup.getRocksdbCompactFilterCleanupStrategy().getQueryTimeAfterNumEntries())
        .isEqualTo(1000);
    assertThat(cleanup.getRocksdbCompactFilterCleanupStrategy().getPeriodicCompactionTime())
        .isEqualTo(Duration.ofDays(30));
  }

  @Test
  void everyChoiceIsKept() {
    StateTtlConfig ttl =
        StateTtlConfig.newBuilder(HOUR)
            .updateTtlOnReadAndWrite()
            .returnExpiredIfNotCleanedUp()
            .useProcessingTime()
            .cleanupFullSnapshot()
            .cleanupIncrementally(10, true)
            .cleanupInRocksdbCompactFilter(500)
            .setTimeToLive(Duration.ofHours(2))
            .build();

    assertThat(ttl.getTimeToLive()).isEqualTo(Duration.ofHours(2));
    assertThat(ttl.getUpdateType()).isEqualTo(UpdateType.OnReadAndWrite);
    assertThat(ttl.getStateVisibility()).isEqualTo(StateVisibility.ReturnExpiredIfNotCleanedUp);
    CleanupStrategies cleanup = ttl.getCleanupStrategies();
    assertThat(cleanup.inFullSnapshot()).isTrue();
    assertThat(cleanup.getIncrementalCleanupStrategy().getCleanupSize()).isEqualTo(10);
    assertThat(cleanup.getIncrementalCleanupStrategy().runCleanupForEveryRecord()).isTrue();
    assertThat(cleanup.getRocksdbCompactFilterCleanupStrategy().getQueryTimeAfterNumEntries())
        .isEqualTo(500);
  }

  @Test
  void whenBackgroundCleanupIsOff_thenOnlyWhatWasAskedForIsDone() {
    CleanupStrategies none =
        StateTtlConfig.newBuilder(HOUR).disableCleanupInBackground().build().getCleanupStrategies();
    CleanupStrategies one =
        StateTtlConfig.newBuilder(HOUR)
            .disableCleanupInBackground()
            .cleanupIncrementally(3, false)
            .build()
            .getCleanupStrategies();

    assertThat(none.getIncrementalCleanupStrategy()).isNull();
    assertThat(none.inRocksdbCompactFilter()).isFalse();
    assertThat(one.getIncrementalCleanupStrategy().getCleanupSize()).isEqualTo(3);
    assertThat(one.inRocksdbCompactFilter()).isFalse();
  }

  @Test
  void whenTheTimeIsNotGreaterThanZero_thenItIsRefused() {
    assertThatThrownBy(() -> StateTtlConfig.newBuilder(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("greater than 0");
    assertThatThrownBy(() -> StateTtlConfig.newBuilder(HOUR).cleanupIncrementally(0, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void disabledMeansThatNothingExpires() {
    assertThat(StateTtlConfig.DISABLED.isEnabled()).isFalse();
  }
}
