package io.weir.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.graph.Partitioning;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DistributionTest {
  private static final int MOST = 12;

  private static final List<Partitioning> ALL_TO_ALL =
      List.of(
          new Partitioning.Rebalance(),
          new Partitioning.Shuffle(),
          new Partitioning.Broadcast(),
          new Partitioning.Global(),
          new Partitioning.Hash<Object, Object>(value -> value, null),
          new Partitioning.Custom<Object, Object>((key, partitions) -> 0, value -> value));

  @Test
  void everyProducerReachesEveryConsumerWhereTheRecordDecides() {
    forAllPairs(
        (producers, consumers) -> {
          for (Partitioning partitioning : ALL_TO_ALL) {
            for (int producer = 0; producer < producers; producer++) {
              assertThat(consumersOf(partitioning, producer, producers, consumers))
                  .hasSize(consumers);
            }
          }
        });
  }

  @Test
  void forwardJoinsEqualsOnly() {
    for (int parallelism = 1; parallelism <= MOST; parallelism++) {
      for (int producer = 0; producer < parallelism; producer++) {
        assertThat(consumersOf(new Partitioning.Forward(), producer, parallelism, parallelism))
            .containsExactly(producer);
      }
    }
  }

  @Test
  void rescaleFeedsEveryConsumerAndUsesEveryProducer() {
    forAllPairs(
        (producers, consumers) -> {
          Set<Integer> fed = new TreeSet<>();
          for (int producer = 0; producer < producers; producer++) {
            Set<Integer> consumersOfIt = rescale(producer, producers, consumers);
            assertThat(consumersOfIt).as("%d -> %d", producers, consumers).isNotEmpty();
            fed.addAll(consumersOfIt);
          }
          assertThat(fed).as("%d -> %d", producers, consumers).hasSize(consumers);
        });
  }

  @Test
  void rescaleHasNoMoreChannelsThanTheLargerSide() {
    forAllPairs(
        (producers, consumers) -> {
          int channels = 0;
          for (int producer = 0; producer < producers; producer++) {
            channels += rescale(producer, producers, consumers).size();
          }
          assertThat(channels).isEqualTo(Math.max(producers, consumers));
        });
  }

  /**
   * Flink's pointwise law: the side with fewer subtasks cuts the other into runs, subtask i from
   * the share of i to that of i + 1; the share is rounded down if producers are more, else up.
   */
  @Test
  void rescaleJoinsAsFlinkDoes() {
    forAllPairs(
        (producers, consumers) -> {
          for (int producer = 0; producer < producers; producer++) {
            Set<Integer> expected = new TreeSet<>();
            for (int consumer = 0; consumer < consumers; consumer++) {
              boolean joined =
                  producers >= consumers
                      ? isWithin(
                          producer,
                          floor(consumer, producers, consumers),
                          floor(consumer + 1, producers, consumers))
                      : isWithin(
                          consumer,
                          ceiling(producer, consumers, producers),
                          ceiling(producer + 1, consumers, producers));
              if (joined) {
                expected.add(consumer);
              }
            }
            assertThat(rescale(producer, producers, consumers))
                .as("producer %d of %d, %d consumers", producer, producers, consumers)
                .isEqualTo(expected);
          }
        });
  }

  @Test
  void rescaleOfSmallNumbers() {
    assertThat(rescale(0, 2, 3)).containsExactly(0, 1);
    assertThat(rescale(1, 2, 3)).containsExactly(2);
    assertThat(rescale(0, 3, 2)).containsExactly(0);
    assertThat(rescale(1, 3, 2)).containsExactly(1);
    assertThat(rescale(2, 3, 2)).containsExactly(1);
    assertThat(rescale(1, 3, 7)).containsExactly(3, 4);
    assertThat(rescale(2, 3, 7)).containsExactly(5, 6);
  }

  private static boolean isWithin(int value, int from, int end) {
    return value >= from && value < end;
  }

  private static int floor(int index, int many, int few) {
    return (int) Math.floor((double) index * many / few + 1e-9);
  }

  private static int ceiling(int index, int many, int few) {
    return (int) Math.ceil((double) index * many / few - 1e-9);
  }

  private static Set<Integer> rescale(int producer, int producers, int consumers) {
    return consumersOf(new Partitioning.Rescale(), producer, producers, consumers);
  }

  private static Set<Integer> consumersOf(
      Partitioning partitioning, int producer, int producers, int consumers) {
    Set<Integer> found = new TreeSet<>();
    for (int consumer = 0; consumer < consumers; consumer++) {
      if (Distribution.joins(partitioning, producer, producers, consumer, consumers)) {
        found.add(consumer);
      }
    }
    return found;
  }

  private interface Pair {
    void check(int producers, int consumers);
  }

  private static void forAllPairs(Pair law) {
    for (int producers = 1; producers <= MOST; producers++) {
      for (int consumers = 1; consumers <= MOST; consumers++) {
        law.check(producers, consumers);
      }
    }
  }
}
