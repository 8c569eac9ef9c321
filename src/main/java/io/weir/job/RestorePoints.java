package io.weir.job;

import io.weir.config.SavepointOptions;
import io.weir.job.description.JobDefinitions;
import io.weir.job.snapshots.CatalogRebuild;
import io.weir.job.snapshots.OrphanRemoval;
import io.weir.job.snapshots.OrphanReport;
import io.weir.job.snapshots.OrphanSearch;
import io.weir.job.snapshots.RebuildReport;
import io.weir.job.snapshots.RefusedException;
import io.weir.job.snapshots.SavepointDisposal;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.snapshot.JobId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * The checkpoints and savepoints that jobs have left: keeps, names and disposes of them, and finds
 * what belongs to none of them, or to none that the catalog knows. Safe for use by several threads.
 * Methods that throw {@link CatalogException} may block.
 */
public final class RestorePoints {
  private final JobSurroundings surroundings;
  private final JobDefinitions definitions;
  private final SnapshotPins pins;

  /**
   * @param masters those of the jobs that this server runs or has run
   */
  RestorePoints(
      JobSurroundings surroundings,
      JobDefinitions definitions,
      Function<JobId, Optional<JobMaster>> masters) {
    this.surroundings = surroundings;
    this.definitions = definitions;
    this.pins = new SnapshotPins(surroundings.catalog(), masters);
  }

  /**
   * Removes a savepoint, or a retained checkpoint, for good.
   *
   * @param path its directory, or the {@code _metadata} in it
   * @return fails with the reason if it was not removed: a job needs it, or it is no snapshot
   */
  public CompletableFuture<Void> dispose(String path) {
    SavepointDisposal disposal =
        new SavepointDisposal(surroundings.catalog(), surroundings.storages());
    CompletableFuture<Void> answer = new CompletableFuture<>();
    surroundings
        .blocking()
        .execute(
            () -> {
              try {
                disposal.dispose(path);
                answer.complete(null);
              } catch (Exception e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }

  /**
   * Keeps a completed checkpoint or savepoint until somebody unpins it: it is neither removed when
   * it is subsumed or its job ends, nor disposed of.
   *
   * @throws RefusedException if that cannot be; the message says why
   */
  public void pin(JobId id, long checkpointId) throws CatalogException, RefusedException {
    pins.pin(id, checkpointId);
  }

  /** Treats a pinned checkpoint or savepoint like any other again: it may be removed at once. */
  public void unpin(JobId id, long checkpointId) throws CatalogException, RefusedException {
    pins.unpin(id, checkpointId);
  }

  /**
   * Calls a completed checkpoint or savepoint something else.
   *
   * @param label null for nothing
   * @throws IllegalArgumentException if the label is none; the message says what to do
   * @throws CatalogException also if it is not complete, or removed
   */
  public void label(JobId id, long checkpointId, String label) throws CatalogException {
    if (label != null) {
      SavepointOptions.requireLabel(label);
    }
    surroundings.catalog().checkpointLabelled(id, checkpointId, label);
  }

  /**
   * What is in the directories of all known jobs' checkpoints and belongs to nothing. Changes
   * nothing. May block, for long on a large store.
   *
   * @param grace how long something must have been left alone
   */
  public OrphanReport orphans(Duration grace) throws CatalogException {
    return new OrphanSearch(surroundings).search(grace);
  }

  /**
   * Removes what {@link #orphans} finds now, slowly. May be repeated.
   *
   * @return what was removed in the end; fails if nothing could be searched
   */
  public CompletableFuture<OrphanReport> removeOrphans(Duration grace) {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return orphans(grace);
              } catch (CatalogException e) {
                throw new CompletionException(e);
              }
            },
            surroundings.blocking())
        .thenCompose(report -> OrphanRemoval.begin(surroundings, report));
  }

  /**
   * Writes into the catalog what storage alone tells of jobs, after the catalog's database was
   * lost. Starts nothing, changes nothing that the catalog knows, and may be repeated. May block,
   * for long on a large store.
   *
   * @param more directories to search, besides those that are configured
   */
  public RebuildReport rebuildCatalog(List<String> more) throws CatalogException {
    Set<String> directories = new LinkedHashSet<>(more);
    directories.addAll(definitions.snapshotDirectories());
    return new CatalogRebuild(surroundings).run(directories);
  }
}
