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
  private record Frozen(Epochs.Lease lease, Map<Long, Long> content) {}

  private static Map<Long, Long> contentOf(LongTable table, Epochs.Lease lease) {
    Map<Long, Long> content = new HashMap<>();
    LongTable.forEach(
        table.frozen(lease), (key, value) -> assertThat(content.put(key, value)).isNull());
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

    LongTable.forEach(large.frozen(epochs.snapshot(1)), other::put);

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
        frozen.add(new Frozen(epochs.snapshot(1), new HashMap<>(expected)));
      }
      if (frozen.size() > 3) {
        Frozen checked = frozen.remove(random.nextInt(frozen.size()));
        assertThat(contentOf(table, checked.lease())).isEqualTo(checked.content());
        if (random.nextBoolean()) {
          checked.lease().release(0);
        } else {
          checked.lease().release();
        }
      }
    }
    for (long key = -20; key < 4_000; key++) {
      int place = table.find(key);
      assertThat(place < 0 ? null : (Long) table.valueAt(place)).isEqualTo(expected.get(key));
    }
    assertThat(Arrays.stream(table.keys()).boxed())
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    frozen.forEach(each -> assertThat(contentOf(table, each.lease())).isEqualTo(each.content()));
  }

  @Test
  void aSnapshotKeepsOnlyWhatChangesAndGivesItUpWithTheKeyGroup() {
    Epochs epochs = new Epochs();
    LongTable table = new LongTable(epochs, 3);
    for (long key = 0; key < 20_000; key++) {
      table.put(key, key);
    }
    Epochs.Lease lease = epochs.snapshot(4);
    assertThat(lease.before(table)).isNull();
    table.put(0, -1);
    table.put(5, -1);
    table.put(5, -2);
    table.remove(7);
    assertThat(lease.before(table)).isNotNull();
    assertThat(contentOf(table, lease))
        .hasSize(20_000)
        .allSatisfy((key, value) -> assertThat(value).isEqualTo(key));
    lease.release(3);
    assertThat(lease.before(table)).isNull();
    table.put(6, -1);
    assertThat(lease.before(table)).isNull();
  }

  @Test
  void afterASnapshotNothingIsKept() {
    Epochs epochs = new Epochs();
    LongTable table = new LongTable(epochs, 0);
    table.put(5, 1);
    Epochs.Lease first = epochs.snapshot(1);
    epochs.snapshot(1).release();
    first.release(0);
    table.put(5, 2);
    assertThat(first.before(table)).isNull();
    assertThat(contentOf(table, first)).isEqualTo(Map.of(5L, 2L));
  }
}
