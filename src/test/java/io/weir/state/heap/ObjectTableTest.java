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
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Frozen(TablePage[] pages, Map<List<Object>, int[]> content, Epochs.Lease lease) {
    void check() {
      Map<List<Object>, int[]> found = new HashMap<>();
      PagedTable.forEach(
          pages,
          (key, namespace, value) ->
              assertThat(found.put(List.of(key, namespace), (int[]) value)).isNull());
      assertThat(found.keySet()).isEqualTo(content.keySet());
      content.forEach((key, value) -> assertThat(found.get(key)).isEqualTo(value));
    }
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
    ObjectTable large = new ObjectTable(epochs, 0, false, null);
    for (int key = 0; key < 2_000_000; key++) {
      large.put(ObjectTable.hash(key), key, null, "value");
    }
    ObjectTable other = new ObjectTable(epochs, 0, false, null);

    PagedTable.forEach(
        large.freeze(),
        (key, namespace, value) -> other.put(ObjectTable.hash(key.hashCode()), key, null, value));

    assertThat(other.size()).isEqualTo(large.size());
  }

  @Test
  void aTableThatKnowsItsSizeDoesNotGrow() {
    ObjectTable table = new ObjectTable(new Epochs(), 0, false, null, 10_000);
    TablePage[] pages = table.pages();
    for (int key = 0; key < 10_000; key++) {
      table.put(ObjectTable.hash(key), key, null, "value");
    }
    assertThat(table.pages()).isSameAs(pages);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aTableOfManyPagesEqualsAMapAndItsSnapshotsDoNotChange(long seed) {
    Random random = new Random(seed);
    Epochs epochs = new Epochs();
    ObjectTable table = new ObjectTable(epochs, 0, true, value -> ((int[]) value).clone());
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
        TablePage[] pages = table.freeze();
        frozen.add(new Frozen(pages, content, epochs.snapshot()));
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
            value -> {
              copies[0]++;
              return ((int[]) value).clone();
            });
    int hash = ObjectTable.hash(1);
    table.put(hash, "a", null, new int[1]);
    int place = table.find(hash, "a", null);
    table.ownedValueAt(place);
    assertThat(copies[0]).isZero();
    table.freeze();
    Epochs.Lease lease = epochs.snapshot();
    Object mine = table.ownedValueAt(place);
    assertThat(table.ownedValueAt(place)).isSameAs(mine);
    assertThat(copies[0]).isEqualTo(1);
    lease.release();
    table.freeze();
    epochs.snapshot().release();
    assertThat(table.ownedValueAt(place)).isSameAs(mine);
    assertThat(copies[0]).isEqualTo(1);
  }

  @Test
  void whatASnapshotHasWrittenIsChangedInPlaceAndWhatAnotherStillHasToWriteIsNot() {
    Epochs epochs = new Epochs();
    ObjectTable table = new ObjectTable(epochs, 5, false, value -> ((int[]) value).clone());
    int hash = ObjectTable.hash(1);
    table.put(hash, "a", null, new int[1]);
    int place = table.find(hash, "a", null);
    Object original = table.valueAt(place);
    TablePage page = table.freeze()[0];
    Epochs.Lease first = epochs.snapshot();
    table.freeze();
    Epochs.Lease second = epochs.snapshot();

    second.release(5);
    first.release(4);
    assertThat(epochs.isAnythingShared(5)).isTrue();
    assertThat(table.ownedValueAt(place)).isNotSameAs(original);
    assertThat(table.freeze()[0]).isNotSameAs(page);

    Epochs.Lease third = epochs.snapshot();
    page = table.freeze()[0];
    Object mine = table.valueAt(place);
    third.release(5);
    assertThat(table.ownedValueAt(place))
        .as("a value that no snapshot but a written one sees")
        .isSameAs(mine);
    assertThat(table.freeze()[0]).isSameAs(page);

    first.release(5);
    assertThat(epochs.isAnythingShared(5)).isFalse();
    assertThat(epochs.isAnythingShared(6)).isTrue();
  }

  @Test
  void aCopyOfATableSharesNothingThatChanges() {
    Epochs epochs = new Epochs();
    ObjectTable original = new ObjectTable(epochs, 0, false, null);
    for (int key = 0; key < 3_000; key++) {
      original.put(ObjectTable.hash(key), key, null, "old");
    }
    TablePage[] pages = original.freeze();
    Epochs.Lease lease = epochs.snapshot();
    ObjectTable copy = new ObjectTable(original);
    for (int key = 0; key < 4_000; key += 2) {
      copy.put(ObjectTable.hash(key), key, null, "new");
    }
    int[] count = new int[1];
    PagedTable.forEach(
        pages,
        (key, namespace, value) -> {
          assertThat(value).isEqualTo("old");
          count[0]++;
        });
    assertThat(count[0]).isEqualTo(3_000).isEqualTo(original.size());
    assertThat(copy.size()).isEqualTo(3_500);
    lease.release();
  }

  @Test
  void aCursorNoticesForeignChanges() {
    ObjectTable table = new ObjectTable(new Epochs(), 0, false, null);
    table.put(ObjectTable.hash(1), 1, null, "a");
    PagedTable.Cursor cursor = table.cursor();
    table.put(ObjectTable.hash(1), 1, null, "b");
    table.valueAt(cursor.next());
    PagedTable.Cursor late = table.cursor();
    table.put(ObjectTable.hash(2), 2, null, "c");
    assertThatThrownBy(late::next).isInstanceOf(ConcurrentModificationException.class);
    assertThatThrownBy(cursor::remove).isInstanceOf(ConcurrentModificationException.class);
  }

  @Test
  void aCursorEnds() {
    ObjectTable table = new ObjectTable(new Epochs(), 0, false, null);
    table.put(ObjectTable.hash(1), 1, null, "a");
    PagedTable.Cursor cursor = table.cursor();
    assertThatThrownBy(cursor::remove).isInstanceOf(IllegalStateException.class);
    cursor.next();
    cursor.remove();
    assertThatThrownBy(cursor::remove).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
    assertThat(table.size()).isZero();
  }
}
