package io.weir.job.snapshots;

import io.weir.checkpoint.VerificationSchedule;
import io.weir.checkpoint.VerificationSchedule.Retained;
import io.weir.engine.Clock;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.DecisionRecord;
import io.weir.job.history.Ownership;
import io.weir.job.history.Verification;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is retained in the background, so that damage is known before a restore needs it. What
 * is damaged stays on record as such, and restores skip it.
 *
 * <p>A snapshot is called damaged when two looks at it, some seconds apart, have said so: its
 * removal, which takes its files first, may be in between.
 */
public final class SnapshotScrub {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotScrub.class);

  /** How often it is looked for what is due. */
  public static final long ROUND_MILLIS = 10_000;

  /** When a snapshot is read again whose storage could not be reached. */
  static final long RETRY_MILLIS = 600_000;

  /** Port: reads a snapshot from its first to its last byte. */
  @FunctionalInterface
  public interface Check {

    /**
     * What is wrong with the snapshot at a path, for people; empty if it is sound. May take as long
     * as it likes.
     *
     * @throws IOException if storage could not be read: that says nothing about the snapshot
     * @throws CancellationException if there is no time for it any more
     */
    List<String> damagesOf(String path) throws IOException;
  }

  private final JobCatalog catalog;
  private final Clock clock;
  private final Check check;
  private final VerificationSchedule schedule;

  /** What somebody wants to know now; by any thread. */
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  /** When a checkpoint of a job was read the last time, by job. Used by {@link #run} alone. */
  private final Map<String, Long> jobVerifiedMillis = new HashMap<>();

  /** When it was found damaged for the first time, by path. Used by {@link #run} alone. */
  private final Map<String, Long> suspects = new HashMap<>();

  /** When it may be tried again, by path. Used by {@link #run} alone. */
  private final Map<String, Long> unreadable = new HashMap<>();

  private volatile long dueMillis;

  /**
   * Reads nothing yet.
   *
   * @param intervalMillis how often each is read; 0 for only when asked
   */
  public SnapshotScrub(JobCatalog catalog, Clock clock, Check check, long intervalMillis) {
    this.catalog = catalog;
    this.clock = clock;
    this.check = check;
    this.schedule = new VerificationSchedule(intervalMillis);
  }

  /** Reads a retained snapshot as soon as possible. Safe for use by any thread. */
  public void verifySoon(String path) {
    asked.add(path);
    dueMillis = 0;
  }

  /** Whether it is time to {@link #run}. Safe for use by any thread. */
  public boolean isDue() {
    return clock.nowMillis() >= dueMillis;
  }

  /** Reads all that is due. May take long; never twice at once. */
  public void run() {
    dueMillis = clock.nowMillis() + ROUND_MILLIS;
    try {
      Optional<CheckpointRecord> next = next();
      while (next.isPresent()) {
        verify(next.get());
        next = next();
      }
    } catch (CatalogException e) {
      LOG.warn("No snapshot can be verified while the catalog is away: {}", e.getMessage());
    } catch (CancellationException e) {
      LOG.debug("The verification of snapshots has been broken off", e);
    }
  }

  private Optional<CheckpointRecord> next() throws CatalogException {
    long now = clock.nowMillis();
    Map<String, CheckpointRecord> byPath = new HashMap<>();
    for (CheckpointRecord each : catalog.retained()) {
      byPath.merge(each.path(), each, SnapshotScrub::owner);
    }
    asked.retainAll(byPath.keySet());
    suspects.keySet().retainAll(byPath.keySet());
    unreadable.keySet().retainAll(byPath.keySet());
    Optional<String> wanted = asked.stream().findFirst();
    if (wanted.isEmpty()) {
      wanted =
          suspects.keySet().stream()
              .filter(path -> now - suspects.get(path) >= ROUND_MILLIS)
              .findFirst();
    }
    if (wanted.isEmpty()) {
      wanted =
          schedule
              .next(
                  byPath.values().stream()
                      .filter(each -> !suspects.containsKey(each.path()))
                      .filter(each -> unreadable.getOrDefault(each.path(), 0L) <= now)
                      .map(SnapshotScrub::facts)
                      .toList(),
                  jobVerifiedMillis,
                  now)
              .map(Retained::path);
    }
    return wanted.map(byPath::get);
  }

  /** Of several jobs that know a snapshot, the one that removes it. */
  private static CheckpointRecord owner(CheckpointRecord one, CheckpointRecord other) {
    return other.ownership().isRemovable() ? other : one;
  }

  private static Retained facts(CheckpointRecord snapshot) {
    return new Retained(
        snapshot.path(),
        snapshot.job().toString(),
        snapshot.id(),
        comesAndGoes(snapshot),
        snapshot.endedMillis(),
        snapshot.verification() == null ? -1 : snapshot.verification().atMillis());
  }

  private static boolean comesAndGoes(CheckpointRecord snapshot) {
    return snapshot.ownership() == Ownership.JOB && !snapshot.isPinned();
  }

  private void verify(CheckpointRecord snapshot) throws CatalogException {
    String path = snapshot.path();
    asked.remove(path);
    List<String> damages;
    try {
      damages = check.damagesOf(path);
    } catch (IOException e) {
      unreadable.put(path, clock.nowMillis() + RETRY_MILLIS);
      LOG.warn(
          "The snapshot at {} could not be verified and is tried again later: {}",
          path,
          e.getMessage());
      return;
    }
    long now = clock.nowMillis();
    boolean isConfirmed =
        snapshot.damage() != null || now - suspects.getOrDefault(path, now) >= ROUND_MILLIS;
    if (!damages.isEmpty() && !isConfirmed) {
      suspects.putIfAbsent(path, now);
      return;
    }
    suspects.remove(path);
    if (comesAndGoes(snapshot)) {
      jobVerifiedMillis.put(snapshot.job().toString(), now);
    }
    String damage = damages.isEmpty() ? null : String.join(" ", damages);
    catalog.snapshotVerified(path, new Verification(now, damage));
    if (damage != null && snapshot.damage() == null) {
      report(snapshot, damage, now);
    } else if (damage == null && snapshot.damage() != null) {
      LOG.info("The snapshot at {}, which had been damaged, is sound again", path);
    }
  }

  private void report(CheckpointRecord snapshot, String damage, long now) throws CatalogException {
    if (catalog.snapshotsAt(snapshot.path()).isEmpty()) {
      return;
    }
    String sentence =
        "%s %d at %s is damaged: %s Restores skip it. %s"
            .formatted(
                snapshot.type().isSavepoint() ? "Savepoint" : "Checkpoint",
                snapshot.id(),
                snapshot.path(),
                damage,
                nextStep(snapshot));
    LOG.warn("Job {}: {}", snapshot.job(), sentence);
    catalog.decided(new DecisionRecord(snapshot.job(), now, "damaged snapshot", sentence));
  }

  private static String nextStep(CheckpointRecord snapshot) {
    return comesAndGoes(snapshot)
        ? "If the job runs, take a full checkpoint, which shares no file with this one (POST"
            + " /jobs/%s/checkpoints with {\"checkpointType\": \"FULL\"}), and look after the storage."
                .formatted(snapshot.job())
        : "Take another one, or bring its files back and have it verified again (POST"
            + " /weir/v1/checkpoints/%s/%d/verification).".formatted(snapshot.job(), snapshot.id());
  }
}
