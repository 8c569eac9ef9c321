package io.weir.catalog;

import io.weir.job.history.CheckpointRecord;
import io.weir.job.surroundings.JobCatalog;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Completes checkpoints in a catalog, as fast as it can, until it is killed. On its standard output
 * it says which is the newest that it found at its start, and then each one whose commit has been
 * acknowledged.
 */
final class CommittingProcess {
  static final JobId JOB = new JobId(1, 1);
  private static final int KEPT = 20;

  private CommittingProcess() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments the URL of the database
   */
  public static void main(String[] arguments) throws Exception {
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl(arguments[0]);
    CatalogSchema.migrate(database);
    JobCatalog catalog = new JpaJobCatalog(new LocalTransactions(database));
    if (catalog.job(JOB).isEmpty()) {
      catalog.register(JOB, "killed", Map.of(), 0);
    }
    long newest =
        catalog.restorePoints(JOB).stream().mapToLong(CheckpointRecord::id).max().orElse(0);
    System.out.println("found " + newest);
    long token = catalog.lease(JOB, "server", OptionalLong.empty(), 0, Long.MAX_VALUE);
    prolongBesides(catalog, token);
    for (long id = catalog.nextCheckpointId(JOB); ; id++) {
      CheckpointRecord started =
          CheckpointRecord.started(
              JOB, id, 0, CheckpointType.CHECKPOINT, id, "file:///chk-" + id, List.of());
      catalog.checkpointStarted(started);
      catalog.checkpointCompleted(started.completed(id, started.path(), 1, 1), token);
      System.out.println("completed " + id);
      if (id > KEPT) {
        catalog.checkpointDiscarded(JOB, id - KEPT);
      }
    }
  }

  private static void prolongBesides(JobCatalog catalog, long token) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  catalog.lease(JOB, "server", OptionalLong.of(token), 0, Long.MAX_VALUE);
                }
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
