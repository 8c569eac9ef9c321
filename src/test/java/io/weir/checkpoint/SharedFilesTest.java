package io.weir.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedFilesTest {
  private final SharedFiles files = new SharedFiles();

  @Test
  void aFileGoesWithTheLastCheckpointThatRefersToIt() {
    files.completed(1, Set.of("a", "b"));
    files.completed(2, Set.of("b", "c"));
    assertThat(files.discarded(1)).containsExactly("a");
    assertThat(files.discarded(2)).containsExactly("b", "c");
    assertThat(files.referenced()).isEmpty();
  }

  @Test
  void aFileStaysWhileACheckpointIsInProgressThatMayReferToIt() {
    files.completed(1, Set.of("a"));
    files.started(2);
    files.started(3);
    assertThat(files.completed(2, Set.of("b"))).isEmpty();
    assertThat(files.discarded(1)).isEmpty();
    assertThat(files.aborted(3)).containsExactly("a");
  }

  @Test
  void aFileThatIsReferredToAgainIsKept() {
    files.completed(1, Set.of("a"));
    files.started(2);
    files.started(3);
    files.completed(2, Set.of());
    assertThat(files.discarded(1)).isEmpty();
    assertThat(files.completed(3, Set.of("a"))).isEmpty();
    assertThat(files.discarded(2)).isEmpty();
    assertThat(files.discarded(3)).containsExactly("a");
  }

  @Test
  void aLaterCheckpointKeepsNothingThatWasGivenUpBeforeItBegan() {
    files.completed(1, Set.of("a"));
    files.started(2);
    files.completed(2, Set.of());
    files.discarded(1);
    files.started(3);
    assertThat(files.referenced()).isEmpty();
    assertThat(files.aborted(3)).isEmpty();
  }

  @Test
  void whatIsSaidTwiceCountsOnce() {
    files.completed(1, Set.of("a"));
    files.completed(1, Set.of("a"));
    assertThat(files.discarded(1)).containsExactly("a");
    assertThat(files.discarded(1)).isEmpty();
  }

  /**
   * A backend that writes a file when it has made it, and refers to it from then on, as long as the
   * last checkpoint of which it has heard had it: what a checkpoint refers to is there.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void nothingIsRemovedThatACompletedCheckpointNeeds(long seed) {
    Random random = new Random(seed);
    Set<String> stored = new HashSet<>();
    Map<Long, Map<Integer, String>> pending = new TreeMap<>();
    TreeMap<Long, Map<Integer, String>> kept = new TreeMap<>();
    Map<Integer, String> known = new HashMap<>();
    Set<Integer> live = new TreeSet<>();
    int made = 0;
    long nextId = 1;
    for (int step = 0; step < 2_000; step++) {
      switch (random.nextInt(5)) {
        case 0 -> live.add(made++);
        case 1 -> live.removeIf(each -> random.nextInt(3) == 0);
        case 2 -> {
          if (pending.size() < 3) {
            long id = nextId++;
            files.started(id);
            Map<Integer, String> content = new HashMap<>();
            for (int file : live) {
              String name = known.getOrDefault(file, file + "@" + id);
              assertThat(known.containsKey(file) && !stored.contains(name)).isFalse();
              stored.add(name);
              content.put(file, name);
            }
            pending.put(id, content);
          }
        }
        case 3 -> {
          if (!pending.isEmpty()) {
            long id = pending.keySet().iterator().next();
            Map<Integer, String> content = pending.remove(id);
            kept.put(id, content);
            known = content;
            stored.removeAll(files.completed(id, Set.copyOf(content.values())));
            while (kept.size() > 1 + seed % 3) {
              stored.removeAll(files.discarded(kept.pollFirstEntry().getKey()));
            }
          }
        }
        default -> {
          if (!pending.isEmpty() && random.nextInt(3) == 0) {
            long id = pending.keySet().iterator().next();
            Map<Integer, String> content = pending.remove(id);
            stored.removeIf(name -> name.endsWith("@" + id) && content.containsValue(name));
            stored.removeAll(files.aborted(id));
          }
        }
      }
      kept.values().forEach(each -> assertThat(stored).containsAll(each.values()));
    }
  }
}
