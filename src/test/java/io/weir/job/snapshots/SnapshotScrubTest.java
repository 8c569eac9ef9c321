package io.weir.job.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.engine.Clock;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.DecisionRecord;
import io.weir.job.history.Ownership;
import io.weir.job.history.Verification;
import io.weir.job.local.InMemoryCatalog;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotScrubTest {
  private static final JobId JOB = new JobId(1, 2);
  private static final long DAY = 86_400_000;
  private static final long LATER = SnapshotScrub.ROUND_MILLIS;

  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private final Map<String, List<String>> damages = new HashMap<>();
  private final Set<String> unreachable = new HashSet<>();
  private final List<String> read = new ArrayList<>();
  private long now = 5 * DAY;
  private boolean stops;

  private final SnapshotScrub scrub =
      new SnapshotScrub(
          catalog,
          new Clock() {
            @Override
            public long nowMillis() {
              return now;
            }

            @Override
            public long nanoTime() {
              throw new UnsupportedOperationException();
            }
          },
          this::look,
          DAY);

  private List<String> look(String path) throws IOException {
    if (stops) {
      throw new CancellationException("the server stops");
    }
    read.add(path);
    if (unreachable.contains(path)) {
      throw new IOException("storage is away");
    }
    return damages.getOrDefault(path, List.of());
  }

  @BeforeEach
  void register() throws Exception {
    catalog.register(JOB, "flights", Map.of(), 1);
  }

  private void retain(long id, CheckpointType type) throws Exception {
    catalog.snapshotAdopted(
        CheckpointRecord.found(JOB, id, type, now, "file:/" + id, 1, Ownership.of(type)));
  }

  private List<String> round() {
    read.clear();
    scrub.run();
    return List.copyOf(read);
  }

  private Verification verification(long id) throws Exception {
    return catalog.checkpoint(JOB, id).orElseThrow().verification();
  }

  @Test
  void whatIsDueIsReadOnceAndNoted() throws Exception {
    retain(1, CheckpointType.SAVEPOINT);
    retain(2, CheckpointType.CHECKPOINT);
    retain(3, CheckpointType.CHECKPOINT);

    assertThat(round()).containsExactly("file:/1", "file:/3");
    assertThat(verification(1)).isEqualTo(new Verification(now, null));
    assertThat(verification(2)).isNull();
    assertThat(verification(3).isSound()).isTrue();
    assertThat(round()).isEmpty();

    now += DAY;
    assertThat(round()).containsExactlyInAnyOrder("file:/1", "file:/2", "file:/3");
  }

  @Test
  void roundsComeOneAfterTheOther() {
    assertThat(scrub.isDue()).isTrue();
    round();
    assertThat(scrub.isDue()).isFalse();
    now += LATER;
    assertThat(scrub.isDue()).isTrue();
  }

  @Test
  void aDamagedOneIsLookedAtTwiceAndThenOnRecordWithTheNextStep() throws Exception {
    retain(1, CheckpointType.SAVEPOINT);
    damages.put("file:/1", List.of("The state file x is missing.", "The state file y is short."));

    assertThat(round()).containsExactly("file:/1");
    assertThat(verification(1)).as("perhaps it is just being removed").isNull();
    assertThat(round()).isEmpty();
    now += LATER - 1;
    scrub.verifySoon("file:/1");
    assertThat(round()).containsExactly("file:/1");
    assertThat(verification(1)).as("asked too soon").isNull();

    now += 1;
    assertThat(round()).containsExactly("file:/1");
    assertThat(verification(1))
        .isEqualTo(
            new Verification(now, "The state file x is missing. The state file y is short."));
    assertThat(catalog.decisions(JOB, 10))
        .singleElement()
        .extracting(DecisionRecord::why)
        .asString()
        .contains("Savepoint 1", "file x", "POST /weir/v1/checkpoints/" + JOB + "/1/verification");

    now += DAY;
    assertThat(round()).containsExactly("file:/1");
    assertThat(catalog.decisions(JOB, 10)).as("said once").hasSize(1);
  }

  @Test
  void whatWasJustBeingRemovedIsNotCalledDamaged() throws Exception {
    retain(1, CheckpointType.CHECKPOINT);
    damages.put("file:/1", List.of("It is missing."));
    round();
    catalog.checkpointDiscarded(JOB, 1);

    now += LATER;
    assertThat(round()).isEmpty();
    assertThat(catalog.decisions(JOB, 10)).isEmpty();
  }

  @Test
  void whenItsFilesAreBack_thenItIsSoundAgain() throws Exception {
    retain(1, CheckpointType.CHECKPOINT);
    damages.put("file:/1", List.of("It is missing."));
    round();
    now += LATER;
    round();
    assertThat(verification(1).isSound()).isFalse();
    damages.clear();

    scrub.verifySoon("file:/1");
    assertThat(scrub.isDue()).isTrue();
    assertThat(round()).containsExactly("file:/1");

    assertThat(verification(1)).isEqualTo(new Verification(now, null));
  }

  @Test
  void whatNobodyRetainsIsNotReadEvenIfAskedFor() {
    scrub.verifySoon("file:/elsewhere");

    assertThat(round()).isEmpty();
  }

  @Test
  void aStorageThatIsAwaySaysNothingAndKeepsNobodyBack() throws Exception {
    retain(1, CheckpointType.SAVEPOINT);
    retain(2, CheckpointType.SAVEPOINT);
    unreachable.add("file:/1");

    assertThat(round()).containsExactlyInAnyOrder("file:/1", "file:/2");
    assertThat(verification(1)).isNull();
    assertThat(round()).isEmpty();

    now += SnapshotScrub.RETRY_MILLIS;
    assertThat(round()).containsExactly("file:/1");
  }

  @Test
  void whenTheServerStops_thenTheRoundEnds() throws Exception {
    retain(1, CheckpointType.SAVEPOINT);
    stops = true;

    assertThat(round()).isEmpty();
    assertThat(verification(1)).isNull();
  }
}
