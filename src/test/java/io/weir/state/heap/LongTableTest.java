package io.weir.state.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongTableTest {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Frozen(long[][] pages, Map<Long, Long> content, Epochs.Lease lease) {}

  private static Map<Long, Long> contentOf(long[][] pages) {
    Map<Long, Long> content = new HashMap<>();
    LongTable.forEach(pages, (key, value) -> assertThat(content.put(key, value)).isNull());
    return content;
  }

  /** Takes minutes if entries crowd. */
  @Test
  @Timeout(300)
  void entriesInTheOrderOfAnotherTableSpreadOverThisOne() {
    Epochs epochs = new Epochs();
    LongTable large = new LongTable(epochs, 0);
    for (long key = 0; key < 2_000_000; key++) {
      large.put(key, -key);
    }
    LongTable other = new LongTable(epochs, 0, 10);

    LongTable.forEach(large.freeze(), other::put);

    assertThat(other.size()).isEqualTo(large.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aTableOfManyPagesEqualsAMapAndItsSnapshotsDoNotChange(long seed) {
    Random random = new Random(seed);
    Epochs epochs = new Epochs();
    LongTable table = new LongTable(epochs, 0);
    Map<Long, Long> expected = new HashMap<>();
    List<Frozen> frozen = new ArrayList<>();
    for (int operation = 0; operation < 60_000; operation++) {
      // the share of removals changes, so that the table is crowded at times and nearly empty at
      // others
      boolean removing = random.nextInt(20_000) < operation % 20_000;
      long key = random.nextLong(-10, 3_990);
      if (removing) {
        table.remove(key);
        expected.remove(key);
      } else {
        table.put(key, operation);
        expected.put(key, (long) operation);
      }
      assertThat(table.size()).isEqualTo(expected.size());
      if (random.nextInt(2_000) == 0) {
        long[][] pages = table.freeze();
        frozen.add(new Frozen(pages, new HashMap<>(expected), epochs.snapshot()));
      }
      if (frozen.size() > 3) {
        Frozen checked = frozen.remove(random.nextInt(frozen.size()));
        assertThat(contentOf(checked.pages())).isEqualTo(checked.content());
        checked.lease().release();
      }
    }
    for (long key = -20; key < 4_000; key++) {
      int place = table.find(key);
      assertThat(place < 0 ? null : (Long) table.valueAt(place)).isEqualTo(expected.get(key));
    }
    assertThat(Arrays.stream(table.keys()).boxed())
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    frozen.forEach(each -> assertThat(contentOf(each.pages())).isEqualTo(each.content()));
  }

  @Test
  void onlyPagesThatChangeAreCopied() {
    Epochs epochs = new Epochs();
    LongTable table = new LongTable(epochs, 0);
    for (long key = 1; key <= 20_000; key++) {
      table.put(key, key);
    }
    long[][] before = table.freeze();
    Epochs.Lease lease = epochs.snapshot();
    table.put(5, -1);
    table.put(5, -2);
    long[][] after = table.freeze();
    int copied = 0;
    for (int page = 0; page < before.length; page++) {
      copied += before[page] == after[page] ? 0 : 1;
    }
    assertThat(before.length).isGreaterThan(10);
    assertThat(copied).isEqualTo(1);
    lease.release();
  }

  @Test
  void afterASnapshotNothingIsCopied() {
    Epochs epochs = new Epochs();
    LongTable table = new LongTable(epochs, 0);
    table.put(5, 1);
    long[][] pages = table.freeze();
    epochs.snapshot().release();
    table.put(5, 2);
    assertThat(contentOf(pages)).isEqualTo(Map.of(5L, 2L));
  }
}
