package io.weir.checkpoint;

import java.util.Set;
import java.util.TreeSet;

/**
 * Checkpoints that were given up lately. Only their late acknowledgements may be removed: one for a
 * checkpoint that is not known may be the duplicate of one that was completed.
 */
record AbortedCheckpoints(Set<Long> ids) {
  static final int MAX_REMEMBERED = 256;
  static final AbortedCheckpoints NONE = new AbortedCheckpoints(Set.of());

  AbortedCheckpoints {
    ids = Set.copyOf(ids);
  }

  AbortedCheckpoints add(long checkpointId) {
    TreeSet<Long> more = new TreeSet<>(ids);
    more.add(checkpointId);
    if (more.size() > MAX_REMEMBERED) {
      more.pollFirst();
    }
    return new AbortedCheckpoints(more);
  }

  boolean contains(long checkpointId) {
    return ids.contains(checkpointId);
  }
}
