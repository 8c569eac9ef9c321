package io.weir.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In whatever order channels are polled, barriers announced and timeouts come, a checkpoint holds
 * the records in front of the barriers: processed before the snapshot, or captured behind it.
 */
class InterleavingsTest {
  private static final int MAX_RECORDS = 4;
  private static final int SAMPLES = 100_000;
  private static final int EVERYTHING = Integer.MAX_VALUE / 2;

  /** Stands for the timeout of the checkpoint in progress in an order of events. */
  private static final int TIMEOUT = -1;

  @ParameterizedTest
  @EnumSource(names = {"ALIGNED", "AT_LEAST_ONCE"})
  void inEveryOrderOfTwoChannelsACheckpointHoldsTheRecordsInFrontOfTheBarrier(GateKind kind) {
    long orders = 0;
    for (long[] first : channelsWithTwoBarriers()) {
      for (long[] second : channelsWithTwoBarriers()) {
        orders += new Orders(kind, false, first, second).pollInEach();
      }
    }
    assertThat(orders).isGreaterThan(100_000);
  }

  /** Announcements multiply the orders, so the channels are shorter. */
  @ParameterizedTest
  @EnumSource(names = {"UNALIGNED", "TIMED", "MIXED", "MIXED_TIMED"})
  void inEveryOrderOfTwoChannelsWithOneBarrierACheckpointHoldsTheRecordsInFront(GateKind kind) {
    long orders = 0;
    for (long[] first : channelsWithOneBarrier()) {
      for (long[] second : channelsWithOneBarrier()) {
        orders += new Orders(kind, false, first, second).pollInEach();
      }
    }
    assertThat(orders).isGreaterThan(50_000);
  }

  /** A barrier of the second checkpoint may come first somewhere: then the first is given up. */
  @ParameterizedTest
  @EnumSource(names = {"UNALIGNED", "TIMED"})
  void inEveryOrderOfTwoChannelsWithTwoBarriersWhatIsTakenIsRight(GateKind kind) {
    long[] first = {GateDriver.RECORD, 1, 2, GateDriver.END};
    long[] second = {1, GateDriver.RECORD, 2, GateDriver.END};
    assertThat(new Orders(kind, true, first, second).pollInEach()).isGreaterThan(100_000);
  }

  @ParameterizedTest
  @EnumSource
  void inSampledOrdersOfThreeChannelsACheckpointHoldsTheRecordsInFront(GateKind kind) {
    long seed = Long.getLong("weir.test.seed", 20_240_601L);
    SplittableRandom random = new SplittableRandom(seed);
    List<long[]> shapes = channelsWithTwoBarriers();
    long taken = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
      long[][] channels = new long[3][];
      for (int channel = 0; channel < 3; channel++) {
        channels[channel] = shapes.get(random.nextInt(shapes.size()));
      }
      List<Integer> order = new ArrayList<>();
      Cut cut = new Cut(kind.mayOvertake());
      GateDriver gate = new GateDriver(channels, kind, cut);
      while (!gate.isExhausted()) {
        int channel = random.nextInt(3);
        int announcement = gate.nextAnnouncement(channel, EVERYTHING);
        if (kind.hasTimeout() && random.nextInt(8) == 0) {
          order.add(TIMEOUT);
          gate.handler().onTimeout(gate.handler().currentCheckpointId());
        } else if (announcement >= 0 && random.nextInt(3) == 0) {
          order.add(channel + 3);
          gate.announce(channel, announcement);
        } else if (gate.canPoll(channel)) {
          order.add(channel);
          gate.poll(channel);
        }
      }
      cut.verify(channels, kind, "-Dweir.test.seed=" + seed + " sample " + sample + " " + order);
      taken += cut.taken.size();
    }
    assertThat(taken).isGreaterThan(SAMPLES);
  }

  @Test
  void theSameOrderGivesTheSameCut() {
    long[][] channels = {channelsWithTwoBarriers().get(20), channelsWithTwoBarriers().get(11)};
    assertThat(replay(channels).taken.keySet()).isEqualTo(replay(channels).taken.keySet());
    assertThat(replay(channels).taken.get(1L)).isEqualTo(replay(channels).taken.get(1L));
  }

  private static Cut replay(long[][] channels) {
    Cut cut = new Cut(true);
    GateDriver gate = new GateDriver(channels, GateKind.UNALIGNED, cut);
    gate.announce(1, gate.nextAnnouncement(1, EVERYTHING));
    while (!gate.isExhausted()) {
      gate.poll(gate.canPoll(0) ? 0 : 1);
    }
    return cut;
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

  /** Every channel of at most three records, a barrier and, in front of which too, an end. */
  private static List<long[]> channelsWithOneBarrier() {
    List<long[]> shapes = new ArrayList<>();
    for (int before = 0; before <= 3; before++) {
      for (int after = 0; before + after <= 3; after++) {
        long[] items = new long[before + after + 2];
        items[before] = 1;
        items[items.length - 1] = GateDriver.END;
        shapes.add(items);
      }
    }
    return shapes;
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

  /** All orders of two channels' events. */
  private static final class Orders {
    private final GateKind kind;
    private final boolean mayGiveUp;
    private final long[][] channels;
    private final List<Integer> prefix = new ArrayList<>();

    Orders(GateKind kind, boolean mayGiveUp, long[]... channels) {
      this.kind = kind;
      this.mayGiveUp = mayGiveUp;
      this.channels = channels;
    }

    /** Replays each prefix: the handler cannot be copied, and the channels are short. */
    long pollInEach() {
      Cut cut = new Cut(mayGiveUp);
      GateDriver gate = new GateDriver(channels, kind, cut);
      prefix.forEach(event -> apply(gate, event));
      if (gate.isExhausted()) {
        cut.verify(channels, kind, prefix);
        return 1;
      }
      long orders = 0;
      for (int channel = 0; channel < channels.length; channel++) {
        if (gate.canPoll(channel)) {
          orders += then(channel);
        }
        if (gate.nextAnnouncement(channel, EVERYTHING) >= 0) {
          orders += then(channel + channels.length);
        }
      }
      if (kind.hasTimeout() && !prefix.contains(TIMEOUT) && gate.handler().isAligning()) {
        orders += then(TIMEOUT);
      }
      return orders;
    }

    private long then(int event) {
      prefix.add(event);
      long orders = pollInEach();
      prefix.remove(prefix.size() - 1);
      return orders;
    }

    private void apply(GateDriver gate, int event) {
      if (event == TIMEOUT) {
        gate.handler().onTimeout(gate.handler().currentCheckpointId());
      } else if (event < channels.length) {
        gate.poll(event);
      } else {
        int channel = event - channels.length;
        gate.announce(channel, gate.nextAnnouncement(channel, EVERYTHING));
      }
    }
  }

  private static final class Cut implements GateDriver.Listener {
    private final Map<Long, int[]> taken = new TreeMap<>();
    private final Map<Long, int[]> processed = new TreeMap<>();
    private final List<Long> aborted = new ArrayList<>();
    private final boolean mayGiveUp;

    Cut(boolean mayGiveUp) {
      this.mayGiveUp = mayGiveUp;
    }

    @Override
    public void taken(long checkpointId, int[] processedThen, int[] held) {
      if (taken.put(checkpointId, held) != null) {
        throw new AssertionError("checkpoint " + checkpointId + " taken twice");
      }
      processed.put(checkpointId, processedThen);
    }

    @Override
    public void aborted(long checkpointId) {
      if (!mayGiveUp || checkpointId != 1) {
        throw new AssertionError("nothing gives checkpoint " + checkpointId + " up");
      }
      aborted.add(checkpointId);
    }

    void verify(long[][] channels, GateKind kind, Object order) {
      Set<Long> ended = new TreeSet<>(taken.keySet());
      ended.addAll(aborted);
      if (ended.size() != taken.size() + aborted.size() || !ended.equals(barriersOf(channels))) {
        throw new AssertionError(order + ": taken " + taken.keySet() + ", given up " + aborted);
      }
      taken.forEach(
          (checkpointId, held) -> {
            for (int channel = 0; channel < channels.length; channel++) {
              int inFront = recordsInFrontOf(checkpointId, channels[channel]);
              boolean right =
                  kind.isExact()
                      ? held[channel] == inFront && processed.get(checkpointId)[channel] <= inFront
                      : held[channel] >= inFront;
              if (!right) {
                throw new AssertionError(
                    order
                        + ": checkpoint "
                        + checkpointId
                        + " holds "
                        + held[channel]
                        + " records of channel "
                        + channel
                        + ", not "
                        + inFront);
              }
            }
          });
    }

    private static Set<Long> barriersOf(long[][] channels) {
      Set<Long> ids = new TreeSet<>();
      for (long[] channel : channels) {
        for (long item : channel) {
          if (item > 0) {
            ids.add(item);
          }
        }
      }
      return ids;
    }
  }
}
