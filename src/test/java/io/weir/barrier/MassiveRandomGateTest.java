package io.weir.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two million elements on eight channels, some of which skip barriers or end early, against a model
 * that only looks at the channels' content.
 */
class MassiveRandomGateTest {
  private static final int CHANNELS = 8;
  private static final int ELEMENTS = 250_000;
  private static final int CHECKPOINTS = 2_000;
  private static final int MAX_LEAD = 3_000;

  @ParameterizedTest
  @EnumSource
  void aCheckpointIsTheCutAtItsBarriersAndEveryCheckpointEndsOnce(GateKind kind) {
    long seed = Long.getLong("weir.test.seed", 4_711L);
    SplittableRandom random = new SplittableRandom(seed);
    long[][] channels = new long[CHANNELS][];
    for (int channel = 0; channel < CHANNELS; channel++) {
      channels[channel] = randomChannel(random, channel);
    }
    Outcome outcome = new Outcome(channels, kind);
    GateDriver gate = new GateDriver(channels, kind, outcome);
    while (!gate.isExhausted()) {
      int channel = random.nextInt(CHANNELS);
      int announcement = gate.nextAnnouncement(channel, MAX_LEAD);
      if (announcement >= 0
          && random.nextBoolean()
          && outcome.isStarted(channels[channel][announcement])) {
        gate.announce(channel, announcement);
      }
      if (kind.hasTimeout() && random.nextInt(20) == 0) {
        gate.handler().onTimeout(gate.handler().currentCheckpointId());
      }
      // bursts let channels drift apart, so that several checkpoints are in flight; a ring's
      // capacity bounds the drift
      for (int burst = random.nextInt(2_000);
          burst > 0
              && gate.canPoll(channel)
              && gate.lead(channel) < MAX_LEAD
              && outcome.isStarted(gate.next(channel));
          burst--) {
        gate.poll(channel);
      }
    }
    String repeat = "repeat with -Dweir.test.seed=" + seed;
    assertThat(gate.handler().isAligning()).as(repeat).isFalse();
    assertThat(outcome.taken.size()).as(repeat).isGreaterThan(CHECKPOINTS / 4);
    assertThat(outcome.aborted.size()).as(repeat).isGreaterThan(CHECKPOINTS / 100);
    if (kind.mayOvertake()) {
      assertThat(outcome.captured).as(repeat).isGreaterThan(10L * CHECKPOINTS);
    }
    for (int i = 0; i < outcome.taken.size(); i++) {
      verifyCut(channels, kind, outcome.taken.get(i), outcome.cuts.get(i), repeat);
    }
    for (long checkpointId : outcome.aborted) {
      assertThat(outcome.lost)
          .as("%s: checkpoint %d was given up without need", repeat, checkpointId)
          .contains(checkpointId);
    }
  }

  private static long[] randomChannel(SplittableRandom random, int channel) {
    int length = channel == 0 ? ELEMENTS / 2 : ELEMENTS;
    long[] items = new long[length];
    Arrays.fill(items, GateDriver.RECORD);
    for (int id = 1; id <= CHECKPOINTS; id++) {
      int place = (int) ((long) ELEMENTS * id / (CHECKPOINTS + 1)) + random.nextInt(60);
      if (place < length - 1 && random.nextInt(100) != 0) {
        items[place] = id;
      }
    }
    items[length - 1] = GateDriver.END;
    return items;
  }

  /**
   * The model: the records in front of the barrier, or all of them where the channel ended without
   * it.
   */
  private static void verifyCut(
      long[][] channels, GateKind kind, long checkpointId, int[] held, String repeat) {
    for (int channel = 0; channel < CHANNELS; channel++) {
      int inFront = 0;
      for (long item : channels[channel]) {
        if (item == checkpointId) {
          break;
        }
        if (item == GateDriver.RECORD) {
          inFront++;
        }
      }
      boolean right = kind.isExact() ? held[channel] == inFront : held[channel] >= inFront;
      assertThat(right)
          .as(
              "%s: checkpoint %d, channel %d: %d instead of %d",
              repeat, checkpointId, channel, held[channel], inFront)
          .isTrue();
    }
  }

  /** The checkpoints whose barrier some channel lacks although it has a newer one. */
  private static Set<Long> lost(long[][] channels) {
    Set<Long> lost = new HashSet<>();
    for (long[] channel : channels) {
      long last = 0;
      for (long item : channel) {
        if (item > 0) {
          LongStream.range(last + 1, item).forEach(lost::add);
          last = item;
        }
      }
    }
    return lost;
  }

  private static final class Outcome implements GateDriver.Listener {
    private final Set<Long> lost;
    private final List<Long> taken = new ArrayList<>();
    private final List<int[]> cuts = new ArrayList<>();
    private final Set<Long> aborted = new HashSet<>();
    private long captured;

    /** Barriers that may overtake are triggered one checkpoint after the other. */
    private long started;

    Outcome(long[][] channels, GateKind kind) {
      this.lost = lost(channels);
      this.started = kind.mayOvertake() ? 0 : Long.MAX_VALUE;
      startNext();
    }

    boolean isStarted(long item) {
      return item <= started;
    }

    /** A checkpoint that lost a barrier comes to no end by itself: others are started meanwhile. */
    private void startNext() {
      if (started < CHECKPOINTS) {
        started++;
        while (started < CHECKPOINTS && lost.contains(started)) {
          started++;
        }
      }
    }

    @Override
    public void taken(long checkpointId, int[] processed, int[] held) {
      assertThat(taken).as("order of snapshots").noneMatch(earlier -> earlier >= checkpointId);
      assertThat(aborted).doesNotContain(checkpointId);
      taken.add(checkpointId);
      cuts.add(held);
      captured += Arrays.stream(held).sum() - Arrays.stream(processed).sum();
      if (checkpointId == started) {
        startNext();
      }
    }

    @Override
    public void aborted(long checkpointId) {
      assertThat(aborted.add(checkpointId)).as("second abort of %d", checkpointId).isTrue();
      assertThat(taken).doesNotContain(checkpointId);
    }
  }
}
