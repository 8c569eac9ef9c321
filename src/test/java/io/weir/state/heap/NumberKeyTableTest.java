package io.weir.state.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.snapshot.KeyGroupRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberKeyTableTest {
  private final CurrentKey<Long> current = new CurrentKey<>(new KeyGroupRange(0, 0), Long.class);

  private record Frozen(NumberKeyTable table, Epochs.Lease lease, Map<Object, int[]> content) {
    void check() {
      Map<Object, int[]> found = new HashMap<>();
      ValueTable.forEach(
          table.frozen(lease),
          (key, none, value) -> assertThat(found.put(key, ((int[]) value).clone())).isNull());
      assertThat(found.keySet()).isEqualTo(content.keySet());
      content.forEach((key, value) -> assertThat(found.get(key)).isEqualTo(value));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void equalsAMapAndItsSnapshotsDoNotChange(long seed) {
    Random random = new Random(seed);
    Epochs epochs = new Epochs();
    ValueCopies copies = ObjectTableTest.copies(seed % 2 == 0);
    NumberKeyTable table = new NumberKeyTable(epochs, 0, Primitive.LONG, copies, 0);
    Map<Object, int[]> expected = new HashMap<>();
    List<Frozen> frozen = new ArrayList<>();
    for (int operation = 0; operation < 40_000; operation++) {
      // around zero, which is the key of a free slot, and far from it
      long key = (random.nextInt(2_000) - 1_000) * (random.nextBoolean() ? 1L : 1L << 40);
      current.set(key, 0);
      int place = table.find(current, null);
      assertThat(place >= 0).isEqualTo(expected.containsKey(key));
      boolean removing = random.nextInt(10_000) < operation % 10_000;
      if (place < 0) {
        table.put(current, null, new int[] {operation});
        expected.put(key, new int[] {operation});
      } else if (removing) {
        assertThat(table.keyAt(place)).isEqualTo(key);
        table.removeAt(place);
        expected.remove(key);
      } else {
        ((int[]) table.ownedValueAt(place))[0]++;
        expected.get(key)[0]++;
      }
      assertThat(table.size()).isEqualTo(expected.size());
      if (random.nextInt(1_500) == 0) {
        Map<Object, int[]> content = new HashMap<>();
        expected.forEach((each, value) -> content.put(each, value.clone()));
        frozen.add(new Frozen(table, epochs.snapshot(1), content));
      }
      if (frozen.size() > 3) {
        Frozen checked = frozen.remove(random.nextInt(frozen.size()));
        checked.check();
        checked.lease().release();
      }
    }
    frozen.forEach(Frozen::check);
    int passed = 0;
    for (ValueTable.Cursor cursor = table.cursor(); cursor.hasNext(); passed++) {
      int place = cursor.next();
      assertThat((int[]) table.valueAt(place)).isEqualTo(expected.get(table.keyAt(place)));
    }
    assertThat(passed).isEqualTo(expected.size());
  }

  @Test
  void givesKeysOfTheClassThatTheyHad() {
    Epochs epochs = new Epochs();
    NumberKeyTable table = new NumberKeyTable(epochs, 0, Primitive.INT, ValueCopies.NONE, 0);
    CurrentKey<Integer> key = new CurrentKey<>(new KeyGroupRange(0, 0), Integer.class);
    key.set(-7, 0);
    table.put(key, null, "value");

    List<Object> keys = new ArrayList<>();
    ValueTable.forEach(table.frozen(epochs.snapshot(1)), (each, none, value) -> keys.add(each));

    assertThat(keys).containsExactly(-7);
    assertThat(table.keyAt(table.find(key, null))).isEqualTo(-7);
  }
}
