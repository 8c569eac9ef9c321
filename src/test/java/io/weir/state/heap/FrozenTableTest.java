package io.weir.state.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.snapshot.KeyGroupRange;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One thread reads tables as snapshots see them while another one changes them: small tables and
 * many rounds, so that reads and changes meet in the same blocks, and tables grow meanwhile.
 */
class FrozenTableTest {
  private static final int ROUNDS = 3_000;

  private final ExecutorService snapshots = Executors.newSingleThreadExecutor();
  private final Epochs epochs = new Epochs();

  @AfterEach
  void stopSnapshots() {
    snapshots.shutdownNow();
  }

  @Test
  void numbersAreNotTornByChanges() throws Exception {
    Random random = new Random(1);
    LongTable table = new LongTable(epochs, 0);
    Map<Long, Long> present = new HashMap<>();
    for (long round = 0; round < ROUNDS; round++) {
      if (round % 50 == 0) {
        table = new LongTable(epochs, 0);
        present.clear();
      }
      Map<Long, Long> expected = new HashMap<>(present);
      LongTable frozen = table;
      Epochs.Lease lease = epochs.snapshot(1);
      Future<Map<Long, Long>> seen =
          snapshots.submit(
              () -> {
                Map<Long, Long> content = new HashMap<>();
                LongTable.forEach(frozen.frozen(lease), content::put);
                lease.release();
                return content;
              });
      do {
        long key = random.nextLong(100 + round % 50 * 60);
        if (random.nextInt(3) == 0) {
          table.remove(key);
          present.remove(key);
        } else {
          long value = random.nextLong();
          table.put(key, value);
          present.put(key, value);
        }
      } while (!seen.isDone());
      assertThat(seen.get()).as("round %s", round).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void objectsAreNotTornByChanges(boolean forSnapshots) throws Exception {
    Random random = new Random(2);
    CurrentKey<String> current = new CurrentKey<>(new KeyGroupRange(0, 0), String.class);
    ObjectTable table = null;
    Map<Object, Integer> present = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      if (round % 50 == 0) {
        table = new ObjectTable(epochs, 0, false, ObjectTableTest.copies(forSnapshots));
        present.clear();
      }
      Map<Object, Integer> expected = new HashMap<>(present);
      ObjectTable frozen = table;
      Epochs.Lease lease = epochs.snapshot(1);
      Future<Map<Object, Integer>> seen =
          snapshots.submit(
              () -> {
                Map<Object, Integer> content = new HashMap<>();
                ValueTable.forEach(
                    frozen.frozen(lease),
                    (key, none, value) -> {
                      int[] halves = (int[]) value;
                      assertThat(halves[0]).isEqualTo(-halves[1]);
                      content.put(key, halves[0]);
                    });
                lease.release();
                return content;
              });
      do {
        String key = "key" + random.nextInt(100 + round % 50 * 60);
        current.set(key, 0);
        int place = table.find(current, null);
        if (place < 0) {
          table.put(current, null, new int[] {round, -round});
          present.put(key, round);
        } else if (random.nextInt(3) == 0) {
          table.removeAt(place);
          present.remove(key);
        } else {
          int[] halves = (int[]) table.ownedValueAt(place);
          halves[0]++;
          halves[1]--;
          present.merge(key, 1, Integer::sum);
        }
      } while (!seen.isDone());
      assertThat(seen.get()).as("round %s", round).isEqualTo(expected);
    }
  }
}
