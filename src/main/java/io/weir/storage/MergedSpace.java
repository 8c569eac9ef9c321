package io.weir.storage;

import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How much of the merged files that a job's checkpoints share is in use by the newest one, and
 * which of them have too much in them that is not. Safe for use by several threads.
 */
final class MergedSpace {
  private final String shared;
  private final double maxAmplification;

  /** Of the files in use, in bytes. */
  private final Map<String, Long> sizes = new HashMap<>();

  private Set<String> wasteful = Set.of();

  /**
   * @param shared what the locations of shared files begin with
   * @param maxAmplification how many times the bytes in use a file may have; less than 1 for as
   *     many as it likes
   */
  MergedSpace(String shared, double maxAmplification) {
    this.shared = shared;
    this.maxAmplification = maxAmplification;
  }

  /** Whether a file is a shared one, merged of several pieces. */
  boolean isMerged(StateHandle.Stored piece) {
    return piece instanceof StateHandle.InSegment && piece.location().startsWith(shared);
  }

  /**
   * A checkpoint is complete: what it does not refer to is not in use any more.
   *
   * @param known sizes of files, as far as they are known
   */
  synchronized void completed(SnapshotMetadata newest, Map<String, Long> known) {
    Map<String, Long> used = new HashMap<>();
    for (StateHandle.Stored piece : newest.stored()) {
      if (isMerged(piece)) {
        used.merge(piece.location(), piece.length(), Long::sum);
        sizes.merge(piece.location(), piece.offset() + piece.length(), Math::max);
      }
    }
    sizes.keySet().retainAll(used.keySet());
    sizes.replaceAll((file, size) -> Math.max(size, known.getOrDefault(file, 0L)));
    Set<String> found = new HashSet<>();
    if (maxAmplification >= 1) {
      used.forEach(
          (file, bytes) -> {
            if (bytes * maxAmplification < sizes.get(file)) {
              found.add(file);
            }
          });
    }
    wasteful = Set.copyOf(found);
  }

  /**
   * The files to which the next checkpoint is not to refer: what it needs of them it writes anew.
   */
  synchronized Set<String> wasteful() {
    return wasteful;
  }
}
