package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.JobStatus;
import io.weir.inspect.SnapshotVerification;
import io.weir.job.CountingJob.Trouble;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.local.InMemoryCatalog;
import io.weir.job.snapshots.RefusedException;
import io.weir.job.surroundings.CatalogException;
import io.weir.snapshot.JobId;
import io.weir.storage.ObjectStorages;
import io.weir.storage.SnapshotReader;
import io.weir.storage.file.FileStorageProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint that is pinned while its job, which retains one, takes others. */
class PinnedCheckpointTest {
  private static final int WITHOUT_END = 100_000_000;

  @TempDir private Path directory;

  private final InMemoryCatalog catalog = new InMemoryCatalog();

  private TestServer server() {
    return new TestServer(catalog, directory.resolve("checkpoints"))
        .with(
            new CountingJob(directory.resolve("out"), 1, WITHOUT_END, Trouble.NONE, 0)
                .retainingOne());
  }

  /** Pins the newest one that is not being subsumed at this moment. */
  private long pinNewest(TestServer server, JobId id) throws Exception {
    long[] pinned = {0};
    TestServer.until(
        () -> {
          List<CheckpointRecord> points = catalog.restorePoints(id);
          if (points.isEmpty()) {
            return false;
          }
          try {
            server.dispatcher().restorePoints().pin(id, points.get(0).id());
            pinned[0] = points.get(0).id();
            return true;
          } catch (RefusedException e) {
            assertThat(e.getMessage()).contains("being removed");
            return false;
          } catch (CatalogException e) {
            assertThat(e.getMessage()).contains("removed");
            return false;
          }
        });
    return pinned[0];
  }

  /** Waits until everything that was older is subsumed. */
  private void awaitNewer(JobId id, long than) throws Exception {
    TestServer.until(
        () ->
            catalog.restorePoints(id).stream()
                .allMatch(each -> each.isPinned() || each.id() > than + 2));
  }

  private void assertSound(CheckpointRecord checkpoint) throws Exception {
    assertThat(
            new SnapshotVerification(
                    new SnapshotReader(ObjectStorages.of(new FileStorageProvider())), bytes -> {})
                .verify(checkpoint.path())
                .damages())
        .isEmpty();
  }

  private CheckpointRecord record(JobId id, long checkpoint) throws Exception {
    return catalog.checkpoint(id, checkpoint).orElseThrow();
  }

  @Test
  void aPinnedOneStaysUntilItIsUnpinned() throws Exception {
    try (TestServer server = server()) {
      JobId id = server.dispatcher().start("counting");
      long pinned = pinNewest(server, id);
      awaitNewer(id, pinned);
      assertThat(record(id, pinned).isDiscarded()).isFalse();
      assertSound(record(id, pinned));

      server.dispatcher().restorePoints().pin(id, pinned);
      server.dispatcher().restorePoints().unpin(id, pinned);
      TestServer.until(() -> record(id, pinned).isDiscarded());

      assertThatThrownBy(() -> server.dispatcher().restorePoints().pin(id, pinned))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("removed");
      server.cancel(id);
    }
  }

  @Test
  void aPinnedOneOutlivesARestartAndItsJobAndCannotBeDisposedOf() throws Exception {
    JobId id;
    long pinned;
    try (TestServer server = server()) {
      id = server.dispatcher().start("counting");
      pinned = pinNewest(server, id);
      assertThat(server.suspend(id)).isEqualTo(JobStatus.SUSPENDED);
      server.awaitBlockingWork();
    }
    try (TestServer server = server()) {
      server.dispatcher().start("counting");
      awaitNewer(id, pinned);
      server.cancel(id);

      assertThat(catalog.restorePoints(id))
          .extracting(CheckpointRecord::id)
          .containsExactly(pinned);
      assertSound(record(id, pinned));
      String path = record(id, pinned).path();
      assertThatThrownBy(
              () ->
                  server
                      .dispatcher()
                      .restorePoints()
                      .dispose(path)
                      .get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .hasMessageContaining("it is pinned");
      server.dispatcher().restorePoints().unpin(id, pinned);
      server
          .dispatcher()
          .restorePoints()
          .dispose(path)
          .get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(catalog.restorePoints(id)).isEmpty();
    }
  }

  @Test
  void whoDoesNotRunTheJobDoesNotPin() throws Exception {
    try (TestServer server = server();
        TestServer other = server()) {
      JobId id = server.dispatcher().start("counting");
      TestServer.until(() -> server.statusInCatalog(id) == JobStatus.RUNNING);
      TestServer.until(() -> !catalog.restorePoints(id).isEmpty());

      TestServer.until(
          () -> {
            try {
              other.dispatcher().restorePoints().pin(id, catalog.restorePoints(id).get(0).id());
            } catch (RefusedException e) {
              return e.getMessage().contains("not in this server");
            }
            throw new AssertionError("it was pinned");
          });
      server.cancel(id);
    }
  }
}
