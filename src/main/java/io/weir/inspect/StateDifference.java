package io.weir.inspect;

import io.weir.inspect.StateEntry.Difference;
import io.weir.inspect.StateEntry.DifferentKey;
import io.weir.snapshot.Schema;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
import io.weir.state.KeyedBlocks;
import io.weir.state.StoredEntries;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares a keyed state in two snapshots, one key group after the other: of each it holds the keys
 * of one key group, and of their values a hash of 64 bits.
 */
final class StateDifference {
  /** More keys in one key group are not compared. */
  private static final long MOST_BYTES = 256L << 20;

  /** About what a key takes in memory besides its bytes. */
  private static final int KEY_BYTES = 300;

  private static final List<String> KINDS = List.of("added", "changed", "gone", "same");

  private final int most;
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Map<String, Integer> sampled = new HashMap<>();
  private final List<DifferentKey> samples = new ArrayList<>();

  /**
   * @param old null if the older snapshot does not have the state
   * @param present null if the newer snapshot does not have it
   */
  StateDifference(StateDescription old, StateDescription present, int most) {
    this.most = most;
    KINDS.forEach(kind -> counts.put(kind, 0L));
    if (old != null && present != null) {
      requireSame("kinds", old.kind(), present.kind());
      for (String role : List.of(StateDescription.KEY, StateDescription.NAMESPACE)) {
        Schema was = old.schemas().get(role);
        Schema is = present.schemas().get(role);
        requireSame(role + " types", was, is);
      }
    }
  }

  private static void requireSame(String what, Object was, Object is) {
    if (was == null ? is != null : !was.equals(is)) {
      throw new IllegalArgumentException(
          "The state has other %s in the two snapshots: %s and %s.".formatted(what, was, is));
    }
  }

  /** Compares what both have of a key group; called in ascending order. */
  void compare(int keyGroup, KeyedStateScan left, KeyedStateScan right) throws IOException {
    Map<ByteBuffer, Content> old = read(keyGroup, left);
    Map<ByteBuffer, Content> present = read(keyGroup, right);
    present.forEach(
        (identity, content) -> {
          Content was = old.remove(identity);
          if (was == null) {
            count("added", keyGroup, content);
          } else {
            count(was.hash == content.hash ? "same" : "changed", keyGroup, content);
          }
        });
    old.values().forEach(content -> count("gone", keyGroup, content));
  }

  private void count(String kind, int keyGroup, Content content) {
    counts.merge(kind, 1L, Long::sum);
    if (!kind.equals("same") && sampled.merge(kind, 1, Integer::sum) <= most) {
      samples.add(
          new DifferentKey(
              kind,
              keyGroup,
              JsonTree.of(content.key, SnapshotExplorer.MOST_PARTS),
              JsonTree.of(content.namespace, SnapshotExplorer.MOST_PARTS)));
    }
  }

  Difference result() {
    return new Difference(counts, samples);
  }

  private static Map<ByteBuffer, Content> read(int keyGroup, KeyedStateScan scan)
      throws IOException {
    Map<ByteBuffer, Content> contents = new LinkedHashMap<>();
    long bytes = 0;
    while (scan.peek() != null && scan.peek().content().keyGroup() == keyGroup) {
      KeyedBlocks.Block block = scan.take();
      StoredEntries entries = new StoredEntries(block.state());
      entries.reset(block.content());
      while (entries.next()) {
        byte[] identity = entries.identity();
        Content content = contents.get(ByteBuffer.wrap(identity));
        if (content == null) {
          content = new Content(entries.key(), entries.namespace());
          contents.put(ByteBuffer.wrap(identity), content);
          bytes += 2L * identity.length + KEY_BYTES;
          if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                "Key group %d has too many keys to be compared in memory.".formatted(keyGroup));
          }
        }
        content.add(block.state().kind(), entries);
      }
    }
    return contents;
  }

  /** What a key has, folded. */
  private static final class Content {
    private final Object key;
    private final Object namespace;
    private long hash;

    Content(Object key, Object namespace) {
      this.key = key;
      this.namespace = namespace;
    }

    /** Of a list the order counts, of a map it does not. */
    void add(StateKind kind, StoredEntries entries) {
      long element = Fingerprint.of(entries.mapKey(), entries.value());
      hash = kind == StateKind.LIST ? Fingerprint.mixed(hash * 31 + element) : hash + element;
    }
  }
}
