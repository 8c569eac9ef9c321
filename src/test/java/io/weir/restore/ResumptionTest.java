package io.weir.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.StartFrom;
import io.weir.snapshot.SnapshotKind;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ResumptionTest {
  private static final RestorePoint CHECKPOINT =
      new RestorePoint(5, "file:/chk-5", 100, SnapshotKind.CHECKPOINT, null);
  private static final RestorePoint SAVEPOINT =
      new RestorePoint(4, "file:/savepoint", 90, SnapshotKind.SAVEPOINT, null);

  private static PreviousRun failed(RestorePoint... left) {
    return new PreviousRun("a failed run", false, false, List.of(left));
  }

  private static PreviousRun finished(RestorePoint... left) {
    return new PreviousRun("a finished run", true, false, List.of(left));
  }

  private static PreviousRun fresh(RestorePoint... left) {
    return new PreviousRun("a fresh run", false, true, List.of(left));
  }

  @Test
  void theNewestRunThatHasLeftSomethingIsGoneOnWith() {
    Resumption resumption =
        Resumption.choose(
            List.of(failed(), failed(CHECKPOINT), failed(SAVEPOINT)), StartFrom.LATEST);

    assertThat(resumption.run()).isEqualTo(OptionalInt.of(1));
    assertThat(resumption.points()).containsExactly(CHECKPOINT);
    assertThat(resumption.reason()).contains("a failed run");
  }

  @Test
  void aRunThatWasStoppedWithASavepointIsGoneOnWithAlthoughItIsFinished() {
    assertThat(Resumption.choose(List.of(finished(SAVEPOINT)), StartFrom.LATEST).points())
        .containsExactly(SAVEPOINT);
  }

  @Test
  void nobodyGoesBackBehindARunThatCameToItsEndOrBeganWithNothing() {
    for (PreviousRun last : List.of(finished(), fresh())) {
      Resumption resumption =
          Resumption.choose(List.of(last, failed(CHECKPOINT)), StartFrom.LATEST);

      assertThat(resumption.run()).isEmpty();
      assertThat(resumption.points()).isEmpty();
      assertThat(resumption.reason()).contains(last.description());
    }
    assertThat(Resumption.choose(List.of(fresh(CHECKPOINT)), StartFrom.LATEST).points())
        .containsExactly(CHECKPOINT);
  }

  @Test
  void onlyWhatIsAskedForIsTaken() {
    List<PreviousRun> runs = List.of(failed(CHECKPOINT), failed(SAVEPOINT));

    assertThat(Resumption.choose(runs, StartFrom.LATEST_SAVEPOINT).points())
        .containsExactly(SAVEPOINT);
    assertThat(Resumption.choose(runs, StartFrom.LATEST_CHECKPOINT).points())
        .containsExactly(CHECKPOINT);
    assertThat(Resumption.choose(runs, StartFrom.NOTHING).points()).isEmpty();
    assertThat(Resumption.choose(runs, StartFrom.NOTHING).reason()).contains("asked");
  }

  @Test
  void theFirstRunBeginsWithNothing() {
    assertThat(Resumption.choose(List.of(), StartFrom.LATEST).reason()).contains("first run");
  }
}
