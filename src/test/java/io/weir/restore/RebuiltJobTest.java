package io.weir.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.restore.RebuiltJob.Snapshot;
import io.weir.snapshot.JobId;
import io.weir.snapshot.SnapshotKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class RebuiltJobTest {
  private static final JobId OLD = new JobId(1, 1);
  private static final JobId NEW = new JobId(2, 2);

  @Test
  void theYoungestRunOfANameComesLastAndGoesOn() {
    List<RebuiltJob> jobs =
        RebuiltJob.of(
            List.of(
                checkpoint(NEW, "flights", 3, 500),
                checkpoint(OLD, "flights", 9, 100),
                checkpoint(NEW, "flights", 4, 600)));

    assertThat(jobs).extracting(RebuiltJob::id).containsExactly(OLD, NEW);
    assertThat(jobs).extracting(RebuiltJob::isToGoOn).containsExactly(false, true);
    assertThat(jobs.get(1).snapshots())
        .extracting(Snapshot::checkpointId)
        .as("newest first")
        .containsExactly(4L, 3L);
  }

  @Test
  void jobsOfSeveralNamesGoOnEach() {
    assertThat(
            RebuiltJob.of(
                List.of(checkpoint(OLD, "flights", 1, 100), checkpoint(NEW, "trains", 1, 200))))
        .extracting(RebuiltJob::isToGoOn)
        .containsExactly(true, true);
  }

  @Test
  void oneThatHasLeftSavepointsOnlyDoesNotGoOnAndNeitherDoWhatWasBefore() {
    List<RebuiltJob> jobs =
        RebuiltJob.of(
            List.of(
                checkpoint(OLD, "flights", 1, 100),
                snapshot(NEW, "flights", 7, 200, SnapshotKind.SAVEPOINT)));

    assertThat(jobs).extracting(RebuiltJob::isToGoOn).containsExactly(false, false);
  }

  @Test
  void ofNothingNothingIsRebuilt() {
    assertThat(RebuiltJob.of(List.of())).isEmpty();
  }

  private static Snapshot checkpoint(JobId job, String name, long id, long timestamp) {
    return snapshot(job, name, id, timestamp, SnapshotKind.CHECKPOINT);
  }

  private static Snapshot snapshot(
      JobId job, String name, long id, long timestamp, SnapshotKind kind) {
    return new Snapshot(
        "file:///c/" + job + "/" + id, "file:///c", job, name, id, kind, timestamp, 10);
  }
}
