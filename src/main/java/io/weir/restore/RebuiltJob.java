package io.weir.restore;

import io.weir.snapshot.JobId;
import io.weir.snapshot.SnapshotKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A job as its snapshots alone tell of it.
 *
 * @param isToGoOn whether its next start goes on as this job; else it is a run of the past, from
 *     whose snapshots a new run may begin
 * @param snapshots newest first
 */
public record RebuiltJob(JobId id, String name, boolean isToGoOn, List<Snapshot> snapshots) {

  /**
   * A snapshot that was found in storage.
   *
   * @param directory in which it was found, as it was configured
   */
  public record Snapshot(
      String path,
      String directory,
      JobId job,
      String jobName,
      long checkpointId,
      SnapshotKind kind,
      long timestampMillis,
      long sizeBytes) {}

  private static final Comparator<Snapshot> NEWEST_FIRST =
      Comparator.comparingLong(Snapshot::timestampMillis)
          .thenComparingLong(Snapshot::checkpointId)
          .reversed()
          .thenComparing(Snapshot::path);

  public RebuiltJob {
    snapshots = List.copyOf(snapshots);
  }

  /**
   * The jobs to whom snapshots belong, oldest first: of the runs of one name the youngest comes
   * last, and goes on if it has left a checkpoint. One that has left savepoints only was ended by
   * its user.
   */
  public static List<RebuiltJob> of(Collection<Snapshot> found) {
    Map<JobId, List<Snapshot>> byJob = new LinkedHashMap<>();
    found.stream()
        .sorted(NEWEST_FIRST)
        .forEach(each -> byJob.computeIfAbsent(each.job(), id -> new ArrayList<>()).add(each));
    Map<String, JobId> youngest = new LinkedHashMap<>();
    List<RebuiltJob> jobs = new ArrayList<>();
    byJob.forEach(
        (id, snapshots) -> {
          String name = snapshots.get(0).jobName();
          boolean isYoungest = youngest.putIfAbsent(name, id) == null;
          boolean hasCheckpoint =
              snapshots.stream().anyMatch(each -> each.kind() == SnapshotKind.CHECKPOINT);
          jobs.add(0, new RebuiltJob(id, name, isYoungest && hasCheckpoint, snapshots));
        });
    return List.copyOf(jobs);
  }
}
