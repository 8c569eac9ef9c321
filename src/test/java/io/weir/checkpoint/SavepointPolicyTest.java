package io.weir.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.checkpoint.SavepointPolicy.Taken;
import io.weir.config.CronExpression;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SavepointPolicyTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final CronExpression NIGHTLY = CronExpression.parse("0 2 * * *");

  /** How many savepoints there are at most where all cases are tried, and how many kinds. */
  private static final int MOST = 4;

  private static final int KINDS = 4;

  private static SavepointPolicy nightly(int numRetained, long retainForMillis) {
    return new SavepointPolicy(NIGHTLY, ZoneOffset.UTC, numRetained, retainForMillis);
  }

  private static long at(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  @Test
  void theNextIsDueAtTheFirstTimeBehindTheLast() {
    SavepointPolicy policy = nightly(1, 0);
    long due = at("2026-03-02T02:00:00Z");

    assertThat(policy.dueMillis(at("2026-03-01T02:00:00Z"), at("2026-03-01T02:00:30Z")))
        .isEqualTo(due);
    assertThat(policy.dueMillis(at("2026-03-01T02:00:30Z"), at("2026-03-01T09:00:00Z")))
        .isEqualTo(due);
    assertThat(policy.dueMillis(due - 1, due)).isEqualTo(due);
  }

  @Test
  void whatWasMissedIsTakenOnce() {
    SavepointPolicy policy = nightly(1, 0);
    long last = at("2026-03-01T02:00:00Z");
    long back = at("2026-03-09T11:15:00Z");

    assertThat(policy.dueMillis(last, back)).isLessThanOrEqualTo(back);
    assertThat(policy.dueMillis(back, back)).isEqualTo(at("2026-03-10T02:00:00Z"));
  }

  @Test
  void behindAClockThatIsPutBackThereIsANextOne() {
    assertThat(nightly(1, 0).dueMillis(at("2031-01-01T00:00:00Z"), at("2026-03-01T00:00:00Z")))
        .isEqualTo(at("2026-03-01T02:00:00Z"));
  }

  @Test
  void theScheduleIsMeantInItsZone() {
    SavepointPolicy policy =
        new SavepointPolicy(NIGHTLY, ZoneId.of("America/New_York"), 1, /* retainForMillis= */ 0);

    assertThat(policy.dueMillis(at("2026-01-10T06:59:59Z"), at("2026-01-10T06:59:59Z")))
        .isEqualTo(at("2026-01-10T07:00:00Z"));
  }

  @Test
  void theNewestStay() {
    assertThat(surplus(nightly(2, 0), taken(1), taken(2), taken(3), taken(4)))
        .containsExactly("1", "2");
    assertThat(surplus(nightly(5, 0), taken(1), taken(2), taken(3), taken(4))).isEmpty();
  }

  @Test
  void theYoungStayAsWell() {
    assertThat(surplus(nightly(1, 7 * DAY), taken(1), taken(2), taken(3), taken(4)))
        .as("on day 10 the second one is 8 days old, the third one 7")
        .containsExactly("1", "2", "3");
  }

  @Test
  void damagedOnesDoNotCountAndTheNewestGoodOneStays() {
    assertThat(surplus(nightly(1, 0), taken(1), taken(2), damaged(3), damaged(4)))
        .containsExactly("1");
    assertThat(surplus(nightly(1, 0), damaged(1), damaged(2))).isEmpty();
    assertThat(surplus(nightly(1, 0), damaged(1), taken(2))).containsExactly("1");
  }

  @Test
  void whatIsNeededStaysAndKeepsNoOther() {
    assertThat(surplus(nightly(1, 0), taken(1), needed(2), taken(3))).containsExactly("1");
  }

  @Test
  void atLeastOneIsRetained() {
    assertThatThrownBy(() -> nightly(0, 0)).hasMessageContaining("at least one");
  }

  /** Every mixture of a few savepoints, for every number and age to keep. */
  @Test
  void inNoCaseIsSomethingRemovedThatHasToStayOrKeptThatHasNot() {
    for (int count = 0; count <= MOST; count++) {
      for (int mixture = 0; mixture < Math.pow(KINDS, count); mixture++) {
        List<Taken> all = mixture(count, mixture);
        for (int numRetained = 1; numRetained <= MOST + 1; numRetained++) {
          for (int days = 0; days <= MOST + 1; days++) {
            check(all, numRetained, days);
          }
        }
      }
    }
  }

  private static List<Taken> mixture(int count, int mixture) {
    List<Taken> all = new ArrayList<>();
    int rest = mixture;
    for (int i = 0; i < count; i++) {
      int kind = rest % KINDS;
      all.add(new Taken(String.valueOf(i), i * DAY, (kind & 1) == 1, (kind & 2) == 2));
      rest /= KINDS;
    }
    return all;
  }

  private static void check(List<Taken> all, int numRetained, int days) {
    long now = MOST * DAY;
    List<String> surplus = nightly(numRetained, days * DAY).surplus(all, now);
    for (Taken each : all) {
      long newerGood =
          all.stream()
              .filter(other -> other.takenMillis() > each.takenMillis() && !other.isDamaged())
              .count();
      boolean isOld = now - each.takenMillis() >= days * DAY;
      assertThat(surplus.contains(each.path()))
          .as("%s of %s, keeping %d for %d days", each, all, numRetained, days)
          .isEqualTo(newerGood >= numRetained && isOld && !each.isNeeded());
    }
  }

  private static List<String> surplus(SavepointPolicy policy, Taken... taken) {
    return policy.surplus(List.of(taken), 10 * DAY);
  }

  private static Taken taken(int day) {
    return new Taken(String.valueOf(day), day * DAY, /* isDamaged= */ false, /* isNeeded= */ false);
  }

  private static Taken damaged(int day) {
    return new Taken(String.valueOf(day), day * DAY, /* isDamaged= */ true, /* isNeeded= */ false);
  }

  private static Taken needed(int day) {
    return new Taken(String.valueOf(day), day * DAY, /* isDamaged= */ false, /* isNeeded= */ true);
  }
}
