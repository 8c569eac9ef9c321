package io.weir.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * In whatever order the channels are polled, a snapshot holds the records in front of the barriers.
 */
class InterleavingsTest {
  private static final int MAX_RECORDS = 4;

  @Test
  void inEveryOrderOfTwoChannelsTheSnapshotIsExactlyTheRecordsInFrontOfTheBarrier() {
    long orders = 0;
    for (long[] first : channelsWithTwoBarriers()) {
      for (long[] second : channelsWithTwoBarriers()) {
        orders +=
            pollInEveryOrder(
                new long[][] {first, second}, AlignmentMode.EXACTLY_ONCE, new ArrayList<>());
      }
    }
    assertThat(orders).isGreaterThan(100_000);
  }

  @Test
  void
      inEveryOrderOfTwoChannelsWithoutBlockingTheSnapshotHoldsAtLeastTheRecordsInFrontOfTheBarrier() {
    long orders = 0;
    for (long[] first : channelsWithTwoBarriers()) {
      for (long[] second : channelsWithTwoBarriers()) {
        orders +=
            pollInEveryOrder(
                new long[][] {first, second}, AlignmentMode.AT_LEAST_ONCE, new ArrayList<>());
      }
    }
    assertThat(orders).isGreaterThan(100_000);
  }

  @Test
  void inSampledOrdersOfThreeChannelsTheSnapshotIsExactlyTheRecordsInFrontOfTheBarrier() {
    long seed = Long.getLong("weir.test.seed", 20_240_601L);
    SplittableRandom random = new SplittableRandom(seed);
    List<long[]> shapes = channelsWithTwoBarriers();
    for (int sample = 0; sample < 100_000; sample++) {
      long[][] channels = new long[3][];
      for (int channel = 0; channel < 3; channel++) {
        channels[channel] = shapes.get(random.nextInt(shapes.size()));
      }
      List<Integer> order = new ArrayList<>();
      Cut cut = new Cut();
      GateDriver gate = new GateDriver(channels, AlignmentMode.EXACTLY_ONCE, cut);
      while (!gate.isExhausted()) {
        int channel = random.nextInt(3);
        if (gate.canPoll(channel)) {
          order.add(channel);
          gate.poll(channel);
        }
      }
      cut.verify(
          channels,
          AlignmentMode.EXACTLY_ONCE,
          "-Dweir.test.seed=" + seed + " sample " + sample + " order " + order);
    }
  }

  /** Every channel of at most four records, two barriers and an end of input. */
  private static List<long[]> channelsWithTwoBarriers() {
    List<long[]> shapes = new ArrayList<>();
    for (int before = 0; before <= MAX_RECORDS; before++) {
      for (int between = 0; before + between <= MAX_RECORDS; between++) {
        for (int after = 0; before + between + after <= MAX_RECORDS; after++) {
          long[] items = new long[before + between + after + 3];
          items[before] = 1;
          items[before + 1 + between] = 2;
          items[items.length - 1] = GateDriver.END;
          shapes.add(items);
        }
      }
    }
    return shapes;
  }

  /** Polls by replaying each prefix: the handler cannot be copied, and the channels are short. */
  private static long pollInEveryOrder(
      long[][] channels, AlignmentMode mode, List<Integer> prefix) {
    Cut cut = new Cut();
    GateDriver gate = new GateDriver(channels, mode, cut);
    prefix.forEach(gate::poll);
    if (gate.isExhausted()) {
      cut.verify(channels, mode, prefix);
      return 1;
    }
    long orders = 0;
    for (int channel = 0; channel < channels.length; channel++) {
      if (gate.canPoll(channel)) {
        prefix.add(channel);
        orders += pollInEveryOrder(channels, mode, prefix);
        prefix.remove(prefix.size() - 1);
      }
    }
    return orders;
  }

  private static int recordsInFrontOf(long barrier, long[] channel) {
    int records = 0;
    for (long item : channel) {
      if (item == barrier) {
        return records;
      }
      if (item == GateDriver.RECORD) {
        records++;
      }
    }
    throw new AssertionError("no barrier " + barrier);
  }

  private static final class Cut implements GateDriver.Listener {
    private final Map<Long, int[]> snapshots = new TreeMap<>();

    @Override
    public void snapshot(long checkpointId, int[] recordsSeen) {
      if (snapshots.put(checkpointId, recordsSeen) != null) {
        throw new AssertionError("second snapshot of " + checkpointId);
      }
    }

    @Override
    public void aborted(long checkpointId) {
      throw new AssertionError("nothing gives checkpoint " + checkpointId + " up");
    }

    void verify(long[][] channels, AlignmentMode mode, Object order) {
      if (!snapshots.keySet().equals(Set.of(1L, 2L))) {
        throw new AssertionError(order + ": snapshots of " + snapshots.keySet());
      }
      snapshots.forEach(
          (checkpointId, seen) -> {
            for (int channel = 0; channel < channels.length; channel++) {
              int inFront = recordsInFrontOf(checkpointId, channels[channel]);
              boolean right =
                  mode == AlignmentMode.EXACTLY_ONCE
                      ? seen[channel] == inFront
                      : seen[channel] >= inFront;
              if (!right) {
                throw new AssertionError(
                    order
                        + ": checkpoint "
                        + checkpointId
                        + " holds "
                        + seen[channel]
                        + " records of channel "
                        + channel
                        + ", not "
                        + inFront);
              }
            }
          });
    }
  }
}
