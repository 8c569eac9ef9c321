package io.weir.state.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectTableTest {
  private record Frozen(ObjectTable table, Epochs.Lease lease, Map<List<Object>, int[]> content) {
    void check() {
      Map<List<Object>, int[]> found = new HashMap<>();
      ValueTable.forEach(
          table.frozen(lease),
          (key, namespace, value) ->
              assertThat(found.put(List.of(key, namespace), ((int[]) value).clone())).isNull());
      assertThat(found.keySet()).isEqualTo(content.keySet());
      content.forEach((key, value) -> assertThat(found.get(key)).isEqualTo(value));
    }
  }

  /** Of values that are arrays of int. */
  static ValueCopies copies(boolean forSnapshots) {
    return forSnapshots
        ? ValueCopies.forSnapshots(ObjectTableTest::copy)
        : ValueCopies.forTheTask(value -> ((int[]) value).clone());
  }

  private static Object copy(Object value, Object reusable) {
    int[] copy = reusable == null ? new int[((int[]) value).length] : (int[]) reusable;
    System.arraycopy((int[]) value, 0, copy, 0, copy.length);
    return copy;
  }

  private static int hash(String key, int namespace) {
    // few hashes, so that there are long runs of collisions
    return ObjectTable.hash((31 * key.hashCode() + namespace) / 3);
  }

  /** Takes minutes if entries crowd. */
  @Test
  @Timeout(300)
  void entriesInTheOrderOfAnotherTableSpreadOverThisOne() {
    Epochs epochs = new Epochs();
    ObjectTable large = new ObjectTable(epochs, 0, false, ValueCopies.NONE);
    for (int key = 0; key < 2_000_000; key++) {
      large.put(ObjectTable.hash(key), key, null, "value");
    }
    ObjectTable other = new ObjectTable(epochs, 0, false, ValueCopies.NONE);

    ValueTable.forEach(
        large.frozen(epochs.snapshot(1)),
        (key, namespace, value) -> other.put(ObjectTable.hash(key.hashCode()), key, null, value));

    assertThat(other.size()).isEqualTo(large.size());
  }

  @Test
  void aTableThatKnowsItsSizeDoesNotGrow() {
    ObjectTable table = new ObjectTable(new Epochs(), 0, false, ValueCopies.NONE, 10_000);
    TablePage[] pages = table.pages;
    for (int key = 0; key < 10_000; key++) {
      table.put(ObjectTable.hash(key), key, null, "value");
    }
    assertThat(table.pages).isSameAs(pages);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aTableOfManyPagesEqualsAMapAndItsSnapshotsDoNotChange(long seed) {
    Random random = new Random(seed);
    Epochs epochs = new Epochs();
    ObjectTable table = new ObjectTable(epochs, 0, true, copies(seed % 2 == 0));
    Map<List<Object>, int[]> expected = new HashMap<>();
    List<Frozen> frozen = new ArrayList<>();
    for (int operation = 0; operation < 40_000; operation++) {
      String key = "key" + random.nextInt(1_000);
      int namespace = random.nextInt(4);
      int place = table.find(hash(key, namespace), key, namespace);
      assertThat(place >= 0).isEqualTo(expected.containsKey(List.of(key, namespace)));
      boolean removing = random.nextInt(10_000) < operation % 10_000;
      if (place < 0) {
        table.put(hash(key, namespace), key, namespace, new int[] {operation});
        expected.put(List.of(key, namespace), new int[] {operation});
      } else if (removing) {
        table.removeAt(place);
        expected.remove(List.of(key, namespace));
      } else {
        ((int[]) table.ownedValueAt(place))[0]++;
        expected.get(List.of(key, namespace))[0]++;
      }
      assertThat(table.size()).isEqualTo(expected.size());
      if (random.nextInt(1_500) == 0) {
        Map<List<Object>, int[]> content = new HashMap<>();
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
    expected.forEach(
        (each, value) -> {
          int place =
              table.find(hash((String) each.get(0), (int) each.get(1)), each.get(0), each.get(1));
          assertThat((int[]) table.valueAt(place)).isEqualTo(value);
        });
  }

  @Test
  void aMutableValueIsCopiedOnceASnapshotAndNeverWithoutOne() {
    Epochs epochs = new Epochs();
    int[] copies = new int[1];
    ObjectTable table =
        new ObjectTable(
            epochs,
            0,
            false,
            ValueCopies.forTheTask(
                value -> {
                  copies[0]++;
                  return ((int[]) value).clone();
                }));
    int hash = ObjectTable.hash(1);
    table.put(hash, "a", null, new int[1]);
    int place = table.find(hash, "a", null);
    table.ownedValueAt(place);
    assertThat(copies[0]).isZero();
    Epochs.Lease lease = epochs.snapshot(1);
    Object mine = table.ownedValueAt(place);
    assertThat(table.ownedValueAt(place)).isSameAs(mine);
    assertThat(copies[0]).isEqualTo(1);
    lease.release();
    epochs.snapshot(1).release();
    assertThat(table.ownedValueAt(place)).isSameAs(mine);
    assertThat(copies[0]).isEqualTo(1);
  }

  @Test
  void aValueThatTheSnapshotGetsACopyOfStaysTheSame() {
    Epochs epochs = new Epochs();
    ObjectTable table = new ObjectTable(epochs, 0, false, copies(true));
    int hash = ObjectTable.hash(1);
    table.put(hash, "a", null, new int[1]);
    int place = table.find(hash, "a", null);
    Object value = table.valueAt(place);
    Epochs.Lease lease = epochs.snapshot(1);

    ((int[]) table.ownedValueAt(place))[0] = 7;

    assertThat(table.valueAt(place)).isSameAs(value);
    assertThat((int[]) valuesOf(table, lease).get(0)).containsExactly(0);
  }

  @Test
  void aCopyThatFailsFailsTheSnapshotUnlessTheValueHasBeenChanged() {
    Epochs epochs = new Epochs();
    int[] damaged = new int[0];
    ValueCopies copies =
        ValueCopies.forSnapshots((value, reusable) -> new int[] {((int[]) value)[0]});
    ObjectTable table = new ObjectTable(epochs, 0, false, copies);
    int hash = ObjectTable.hash(1);
    table.put(hash, "a", null, new int[1]);
    table.put(hash, "b", null, damaged);
    Epochs.Lease lease = epochs.snapshot(1);

    assertThatThrownBy(() -> valuesOf(table, lease))
        .isInstanceOf(ArrayIndexOutOfBoundsException.class);

    table.removeAt(table.find(hash, "b", null));

    assertThat(valuesOf(table, lease)).hasSize(2).contains(damaged);
  }

  @Test
  void whatASnapshotHasWrittenIsChangedInPlaceAndWhatAnotherStillHasToWriteIsNot() {
    Epochs epochs = new Epochs();
    ObjectTable table = new ObjectTable(epochs, 5, false, copies(false));
    int hash = ObjectTable.hash(1);
    table.put(hash, "a", null, new int[1]);
    int place = table.find(hash, "a", null);
    Object original = table.valueAt(place);
    Epochs.Lease first = epochs.snapshot(7);
    Epochs.Lease second = epochs.snapshot(7);

    second.release(5);
    first.release(4);
    assertThat(epochs.isShared(5)).isTrue();
    assertThat(table.ownedValueAt(place)).isNotSameAs(original);
    assertThat(valuesOf(table, first)).containsExactly(original);

    Epochs.Lease third = epochs.snapshot(7);
    Object mine = table.ownedValueAt(place);
    assertThat(valuesOf(table, first)).containsExactly(original);
    assertThat(valuesOf(table, third).get(0)).isNotSameAs(original).isNotSameAs(mine);
    third.release(5);
    first.release(5);
    epochs.snapshot(7).release(5);
    assertThat(epochs.isShared(5)).isFalse();
    assertThat(epochs.isShared(6)).isTrue();
    assertThat(table.ownedValueAt(place))
        .as("a value that no snapshot but a written one sees")
        .isSameAs(mine);
  }

  private static List<int[]> copiesOf(ObjectTable table, Epochs.Lease lease) {
    List<int[]> values = new ArrayList<>();
    ValueTable.forEach(
        table.frozen(lease), (key, namespace, value) -> values.add(((int[]) value).clone()));
    return values;
  }

  private static List<Object> valuesOf(ObjectTable table, Epochs.Lease lease) {
    List<Object> values = new ArrayList<>();
    ValueTable.forEach(table.frozen(lease), (key, namespace, value) -> values.add(value));
    return values;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aValueThatARemovalMovesIsStillTheSnapshots(boolean forSnapshots) {
    Epochs epochs = new Epochs();
    ObjectTable table = new ObjectTable(epochs, 0, false, copies(forSnapshots));
    int hash = ObjectTable.hash(1);
    List<String> keys = List.of("a", "b", "c");
    keys.forEach(key -> table.put(hash, key, null, new int[1]));
    Epochs.Lease lease = epochs.snapshot(1);

    table.removeAt(table.find(hash, "a", null));
    for (String key : keys.subList(1, 3)) {
      ((int[]) table.ownedValueAt(table.find(hash, key, null)))[0] = 7;
    }

    assertThat(copiesOf(table, lease))
        .hasSize(3)
        .allSatisfy(value -> assertThat(value).containsExactly(0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTableThatHasGrownIsStillTheSnapshots(boolean forSnapshots) {
    Epochs epochs = new Epochs();
    ObjectTable table = new ObjectTable(epochs, 0, false, copies(forSnapshots));
    for (int key = 0; key < 3_000; key++) {
      table.put(ObjectTable.hash(key), key, null, new int[1]);
    }
    Epochs.Lease lease = epochs.snapshot(1);
    for (int key = 0; key < 100_000; key += 2) {
      table.put(ObjectTable.hash(key), key, null, new int[] {1});
    }
    for (int key = 1; key < 3_000; key += 2) {
      ((int[]) table.ownedValueAt(table.find(ObjectTable.hash(key), key, null)))[0] = 1;
    }
    assertThat(copiesOf(table, lease))
        .hasSize(3_000)
        .allSatisfy(value -> assertThat(value).containsExactly(0));
    assertThat(table.size()).isEqualTo(51_500);
  }

  @Test
  void aCursorNoticesForeignChanges() {
    ObjectTable table = new ObjectTable(new Epochs(), 0, false, ValueCopies.NONE);
    table.put(ObjectTable.hash(1), 1, null, "a");
    ValueTable.Cursor cursor = table.cursor();
    table.put(ObjectTable.hash(1), 1, null, "b");
    table.valueAt(cursor.next());
    ValueTable.Cursor late = table.cursor();
    table.put(ObjectTable.hash(2), 2, null, "c");
    assertThatThrownBy(late::next).isInstanceOf(ConcurrentModificationException.class);
    assertThatThrownBy(cursor::remove).isInstanceOf(ConcurrentModificationException.class);
  }

  @Test
  void aCursorEnds() {
    ObjectTable table = new ObjectTable(new Epochs(), 0, false, ValueCopies.NONE);
    table.put(ObjectTable.hash(1), 1, null, "a");
    ValueTable.Cursor cursor = table.cursor();
    assertThatThrownBy(cursor::remove).isInstanceOf(IllegalStateException.class);
    cursor.next();
    cursor.remove();
    assertThatThrownBy(cursor::remove).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
    assertThat(table.size()).isZero();
  }
}
