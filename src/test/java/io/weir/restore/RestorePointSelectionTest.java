package io.weir.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.DamagedCheckpoint;
import io.weir.snapshot.SnapshotKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestorePointSelectionTest {
  private static final long MIDNIGHT = 1_000_080_000_000L;

  @Test
  void theNewestIsChosenWhateverTheOrder() {
    RestoreDecision decision = select(List.of(point(4, 0), point(12, 60_000), point(7, 30_000)));

    assertThat(decision.chosen()).contains(point(12, 60_000));
    assertThat(decision.skipped()).isEmpty();
    assertThat(decision.loss()).isZero();
    assertThat(decision.sentence())
        .isEqualTo("Restoring checkpoint 12 of 2001-09-10T00:01:00Z from file:///chk-12.");
  }

  @Test
  void whenTheNewestIsDamaged_thenTheNextOlderOneIsChosenWithTheLossInTime() {
    RestoreDecision decision =
        select(
            List.of(
                point(11, 0),
                point(12, 65_000).damaged("_metadata is missing"),
                point(10, -60_000).damaged("irrelevant")));

    assertThat(decision.chosen()).contains(point(11, 0));
    assertThat(decision.skipped()).extracting(RestorePoint::checkpointId).containsExactly(12L);
    assertThat(decision.loss()).isEqualTo(Duration.ofSeconds(65));
    assertThat(decision.sentence())
        .isEqualTo(
            "Unusable: checkpoint 12 at file:///chk-12 (_metadata is missing). Restoring checkpoint 11 of 2001-09-10T00:00:00Z from file:///chk-11, which is"
                + " 1 min 5 s older: what was processed in that time is processed again.");
  }

  @Test
  void everySkippedOneIsNamedNewestFirst() {
    RestoreDecision decision =
        select(
            List.of(
                point(1, 0),
                point(2, 500).damaged("bad checksum"),
                point(3, 900).damaged("cut off")));

    assertThat(decision.skipped()).extracting(RestorePoint::checkpointId).containsExactly(3L, 2L);
    assertThat(decision.sentence())
        .contains(
            "checkpoint 3 at file:///chk-3 (cut off), checkpoint 2 at file:///chk-2 (bad checksum)",
            "900 ms older");
  }

  @Test
  void whenAllAreDamaged_thenNoneIsChosenAndAllReasonsAreGiven() {
    RestoreDecision decision =
        select(List.of(point(1, 0).damaged("cut off"), point(2, 1).damaged("missing")));

    assertThat(decision.chosen()).isEmpty();
    assertThat(decision.skipped()).hasSize(2);
    assertThat(decision.sentence())
        .startsWith("No snapshot can be used")
        .contains("cut off", "missing", "start the job without state");
  }

  @Test
  void whenThereIsNone_thenTheJobStartsFromItsBeginning() {
    RestoreDecision decision = select(List.of());

    assertThat(decision.chosen()).isEmpty();
    assertThat(decision.sentence()).contains("from its beginning");
  }

  @Test
  void aSavepointIsCalledOne() {
    RestorePoint savepoint =
        new RestorePoint(5, "file:///sp", MIDNIGHT, SnapshotKind.SAVEPOINT, null);

    assertThat(select(List.of(savepoint)).sentence()).startsWith("Restoring savepoint 5");
  }

  @Test
  void aClockThatWentBackLosesNoTime() {
    RestoreDecision decision = select(List.of(point(1, 5_000), point(2, 0).damaged("missing")));

    assertThat(decision.loss()).isZero();
  }

  @Test
  void whatTwoPhaseSinksRepeatIsSaid() {
    RestoreDecision decision =
        RestorePointSelection.select(
            List.of(point(11, 0), point(12, 65_000).damaged("cut off")),
            new FallBack(DamagedCheckpoint.FALL_BACK, List.of("orders", "invoices")));

    assertThat(decision.chosen()).contains(point(11, 0));
    assertThat(decision.sentence())
        .endsWith(
            "1 min 5 s older: what was processed in that time is processed again, and what orders,"
                + " invoices had committed in that time is committed once more.");
  }

  @Test
  void whereTwoPhaseSinksMayNotRepeat_theJobIsRefusedWithTheWayOut() {
    RestoreDecision decision =
        RestorePointSelection.select(
            List.of(point(11, 0), point(12, 65_000).damaged("cut off")),
            new FallBack(DamagedCheckpoint.FAIL, List.of("orders")));

    assertThat(decision.chosen()).isEmpty();
    assertThat(decision.skipped()).extracting(RestorePoint::checkpointId).containsExactly(12L);
    assertThat(decision.loss()).isEqualTo(Duration.ofSeconds(65));
    assertThat(decision.sentence())
        .contains(
            "checkpoint 12 at file:///chk-12 (cut off)",
            "checkpoint 11",
            "1 min 5 s older",
            "the sinks orders would commit once more",
            "weir.state-recovery.damaged-checkpoint=FALL_BACK",
            "verified again");
  }

  @Test
  void withoutTwoPhaseSinks_orWithoutDamage_nothingIsRefused() {
    FallBack noSinks = new FallBack(DamagedCheckpoint.FAIL, List.of());
    FallBack sinks = new FallBack(DamagedCheckpoint.FAIL, List.of("orders"));

    assertThat(
            RestorePointSelection.select(
                    List.of(point(11, 0), point(12, 1).damaged("cut off")), noSinks)
                .chosen())
        .contains(point(11, 0));
    assertThat(RestorePointSelection.select(List.of(point(11, 0), point(12, 1)), sinks).chosen())
        .contains(point(12, 1));
    assertThat(
            RestorePointSelection.select(
                    List.of(point(11, 0).damaged("cut off"), point(12, 1)), sinks)
                .chosen())
        .as("an older one that is damaged does not matter")
        .contains(point(12, 1));
    assertThat(RestorePointSelection.select(List.of(), sinks).sentence())
        .contains("from its beginning");
  }

  private static RestoreDecision select(List<RestorePoint> points) {
    return RestorePointSelection.select(
        points, new FallBack(DamagedCheckpoint.FALL_BACK, List.of()));
  }

  private static RestorePoint point(long id, long millisAfterMidnight) {
    return new RestorePoint(
        id, "file:///chk-" + id, MIDNIGHT + millisAfterMidnight, SnapshotKind.CHECKPOINT, null);
  }
}
