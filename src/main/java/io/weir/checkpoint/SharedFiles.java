package io.weir.checkpoint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts who refers to the files that several checkpoints of a job share, and says which of them
 * nobody needs any more. Knows nothing that is not in the metadata of the completed checkpoints, so
 * it can be made anew from these after a crash.
 *
 * <p>A file is needed as long as a completed checkpoint that is kept refers to it. It is also
 * needed while a checkpoint is in progress that was in progress when the last of those was given
 * up: its tasks may have taken the file for written already.
 *
 * <p>Owned by one thread at a time.
 */
public final class SharedFiles {
  private final TreeMap<Long, Set<String>> completed = new TreeMap<>();
  private final Map<String, Integer> references = new HashMap<>();
  private final TreeSet<Long> inProgress = new TreeSet<>();

  /** Files to which no completed checkpoint refers, and for which checkpoints they wait. */
  private final Map<String, Set<Long>> waiting = new HashMap<>();

  /** A checkpoint has begun. */
  public void started(long checkpointId) {
    inProgress.add(checkpointId);
  }

  /**
   * A checkpoint is complete, in this run of the job or an earlier one.
   *
   * @param files the shared files that it refers to
   * @return the files that nobody needs any more
   */
  public Set<String> completed(long checkpointId, Set<String> files) {
    if (completed.putIfAbsent(checkpointId, Set.copyOf(files)) == null) {
      for (String file : files) {
        references.merge(file, 1, Integer::sum);
        waiting.remove(file);
      }
    }
    return ended(checkpointId);
  }

  /**
   * A checkpoint in progress has come to nothing.
   *
   * @return the files that nobody needs any more
   */
  public Set<String> aborted(long checkpointId) {
    return ended(checkpointId);
  }

  /**
   * A completed checkpoint is given up.
   *
   * @return the files that nobody needs any more
   */
  public Set<String> discarded(long checkpointId) {
    Set<String> files = completed.remove(checkpointId);
    if (files != null) {
      for (String file : files) {
        if (references.merge(file, -1, Integer::sum) == 0) {
          references.remove(file);
          waiting.put(file, new HashSet<>(inProgress));
        }
      }
    }
    return unneeded();
  }

  /** All files to which a completed checkpoint refers. */
  public Set<String> referenced() {
    return Set.copyOf(references.keySet());
  }

  private Set<String> ended(long checkpointId) {
    inProgress.remove(checkpointId);
    waiting.values().forEach(each -> each.remove(checkpointId));
    return unneeded();
  }

  private Set<String> unneeded() {
    Set<String> files = new TreeSet<>();
    waiting.forEach(
        (file, awaited) -> {
          if (awaited.isEmpty()) {
            files.add(file);
          }
        });
    waiting.keySet().removeAll(files);
    return files;
  }
}
