package io.weir.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.checkpoint.VerificationSchedule.Retained;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerificationScheduleTest {
  private static final long DAY = 86_400_000;
  private static final VerificationSchedule DAILY = new VerificationSchedule(DAY);

  @Test
  void whatAUserHasTakenIsReadAtOnceAndThenOncePerInterval() {
    assertThat(next(100, savepoint(1, -1))).contains(1L);
    assertThat(next(DAY, savepoint(1, 100))).isEmpty();
    assertThat(next(DAY + 100, savepoint(1, 100))).contains(1L);
  }

  @Test
  void theNewestOfThoseThatComeAndGoIsReadOncePerInterval() {
    assertThat(next(DAY, checkpoint(7, DAY - 10, -1), checkpoint(8, DAY - 5, -1))).contains(8L);
    assertThat(next(DAY, checkpoint(8, DAY - 5, DAY - 1), checkpoint(9, DAY - 1, -1))).isEmpty();
  }

  @Test
  void theOneThatWasReadMayHaveGoneSince() {
    List<Retained> retained = List.of(checkpoint(9, DAY - 1, -1));

    assertThat(DAILY.next(retained, Map.of("job", 100L), DAY)).isEmpty();
    assertThat(DAILY.next(retained, Map.of("job", 100L), DAY + 100)).isPresent();
    assertThat(DAILY.next(retained, Map.of("other", 100L), DAY)).isPresent();
  }

  @Test
  void aCheckpointThatStaysIsReadLikeAnyOther() {
    assertThat(next(2 * DAY, checkpoint(3, 100, -1), checkpoint(4, 200, 2 * DAY - 1))).contains(3L);
  }

  @Test
  void theLongestUnreadComesFirst() {
    assertThat(next(3 * DAY, savepoint(1, 200), savepoint(2, 100), savepoint(3, 300))).contains(2L);
    assertThat(next(3 * DAY, savepoint(1, 200), savepoint(2, -1))).contains(2L);
  }

  @Test
  void anIntervalOfNothingMeansNever() {
    assertThat(new VerificationSchedule(0).next(List.of(savepoint(1, -1)), Map.of(), 5 * DAY))
        .isEmpty();
  }

  /** A job that takes a checkpoint a minute and keeps three, and a savepoint, for ten days. */
  @Test
  void inTenDaysEachIsReadTenTimes() {
    Map<String, Long> lastOfJob = new HashMap<>();
    Map<Long, Integer> reads = new HashMap<>();
    long savepointRead = -1;
    long minute = 60_000;
    for (long now = DAY; now < 11 * DAY; now += minute) {
      List<Retained> retained = new ArrayList<>();
      retained.add(savepoint(-5, savepointRead));
      for (long back = 0; back < 3; back++) {
        retained.add(checkpoint(now / minute - back, now - back * minute, -1));
      }
      Optional<Retained> next = DAILY.next(retained, lastOfJob, now);
      if (next.isPresent()) {
        boolean isSavepoint = !next.get().comesAndGoes();
        reads.merge(isSavepoint ? 1L : 2L, 1, Integer::sum);
        if (isSavepoint) {
          savepointRead = now;
        } else {
          lastOfJob.put("job", now);
        }
      }
    }
    assertThat(reads).isEqualTo(Map.of(1L, 10, 2L, 10));
  }

  private static Optional<Long> next(long now, Retained... retained) {
    return DAILY.next(List.of(retained), Map.of(), now).map(Retained::checkpointId);
  }

  private static Retained savepoint(long id, long verified) {
    return new Retained("file:///sp-" + id, "job", id, false, 50, verified);
  }

  private static Retained checkpoint(long id, long completed, long verified) {
    return new Retained("file:///chk-" + id, "job", id, true, completed, verified);
  }
}
