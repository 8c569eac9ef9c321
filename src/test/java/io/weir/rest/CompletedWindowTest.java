package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.job.history.CheckpointRecord;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CompletedWindowTest {
  private final NavigableMap<Long, CheckpointRecord> catalog = new TreeMap<>();
  private final List<Integer> asked = new ArrayList<>();
  private final CompletedWindow window = new CompletedWindow();

  @Test
  void theSummaryHasAllCompletedCheckpoints() {
    complete(1, 10);
    complete(2, 30);
    fail(3);

    assertThat(greatest()).isEqualTo(30);
    assertThat(mean()).isEqualTo(20);
  }

  @Test
  void manyCheckpointsAreReadOnceAndThenOnlyWhatIsNew() {
    for (int id = 1; id <= 1_000; id++) {
      complete(id, 10);
    }
    assertThat(greatest()).isEqualTo(10);
    asked.clear();
    complete(1_001, 5_000);

    assertThat(greatest()).isEqualTo(5_000);
    assertThat(asked).containsExactly(16);
    assertThat(mean()).isEqualTo((10L * 1_000 + 5_000) / 1_001);
  }

  @Test
  void aCheckpointThatIsCompletedAfterANewerOneIsNotMissed() {
    start(1);
    complete(2, 20);
    assertThat(greatest()).isEqualTo(20);
    complete(1, 70);
    for (int id = 3; id < 100; id++) {
      complete(id, 20);
    }

    assertThat(greatest()).isEqualTo(70);
  }

  @Test
  void noCheckpointIsCountedTwice() {
    complete(1, 10);
    mean();
    complete(2, 20);

    assertThat(mean()).isEqualTo(15);
    assertThat(mean()).isEqualTo(15);
  }

  private long greatest() {
    return figure("max");
  }

  private long mean() {
    return figure("avg");
  }

  private long figure(String name) {
    return window.summary(this::newest).get("state_size").get(name).longValue();
  }

  private List<CheckpointRecord> newest(int most) {
    asked.add(most);
    return catalog.descendingMap().values().stream().limit(most).toList();
  }

  private CheckpointRecord start(long id) {
    CheckpointRecord started =
        CheckpointRecord.started(
            new JobId(1, 1), id, 0, CheckpointType.CHECKPOINT, 100, "file:/to-be", List.of());
    catalog.put(id, started);
    return started;
  }

  private void complete(long id, long stateBytes) {
    catalog.put(id, start(id).completed(200, "file:/chk-" + id, 1, stateBytes));
  }

  private void fail(long id) {
    catalog.put(id, start(id).failed(200, "EXPIRED", "too slow"));
  }
}
