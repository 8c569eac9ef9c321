package io.weir.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
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
  @EnumSource(AlignmentMode.class)
  void aSnapshotIsTheCutAtItsBarriersAndEveryCheckpointEndsOnce(AlignmentMode mode) {
    long seed = Long.getLong("weir.test.seed", 4_711L);
    SplittableRandom random = new SplittableRandom(seed);
    long[][] channels = new long[CHANNELS][];
    for (int channel = 0; channel < CHANNELS; channel++) {
      channels[channel] = randomChannel(random, channel);
    }
    Outcome outcome = new Outcome();
    GateDriver gate = new GateDriver(channels, mode, outcome);
    while (!gate.isExhausted()) {
      int channel = random.nextInt(CHANNELS);
      // bursts let channels drift apart, so that several checkpoints are in flight; a ring's
      // capacity bounds the drift
      for (int burst = random.nextInt(2_000);
          burst > 0 && gate.canPoll(channel) && gate.lead(channel) < MAX_LEAD;
          burst--) {
        gate.poll(channel);
      }
    }
    String repeat = "repeat with -Dweir.test.seed=" + seed;
    assertThat(gate.handler().isAligning()).as(repeat).isFalse();
    assertThat(outcome.taken.size()).as(repeat).isGreaterThan(CHECKPOINTS / 4);
    assertThat(outcome.aborted.size()).as(repeat).isGreaterThan(CHECKPOINTS / 100);
    for (int i = 0; i < outcome.taken.size(); i++) {
      verifyCut(channels, mode, outcome.taken.get(i), outcome.cuts.get(i), repeat);
    }
    for (long checkpointId : outcome.aborted) {
      assertThat(isMissingSomewhere(channels, checkpointId))
          .as("%s: checkpoint %d was given up without need", repeat, checkpointId)
          .isTrue();
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
      long[][] channels, AlignmentMode mode, long checkpointId, int[] seen, String repeat) {
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
      boolean right =
          mode == AlignmentMode.EXACTLY_ONCE ? seen[channel] == inFront : seen[channel] >= inFront;
      assertThat(right)
          .as(
              "%s: checkpoint %d, channel %d: %d instead of %d",
              repeat, checkpointId, channel, seen[channel], inFront)
          .isTrue();
    }
  }

  /** Whether a channel lacks the barrier although a newer one is there. */
  private static boolean isMissingSomewhere(long[][] channels, long checkpointId) {
    for (long[] channel : channels) {
      boolean found = false;
      boolean newer = false;
      for (long item : channel) {
        found |= item == checkpointId;
        newer |= item > checkpointId;
      }
      if (newer && !found) {
        return true;
      }
    }
    return false;
  }

  private static final class Outcome implements GateDriver.Listener {
    private final List<Long> taken = new ArrayList<>();
    private final List<int[]> cuts = new ArrayList<>();
    private final Set<Long> aborted = new HashSet<>();

    @Override
    public void snapshot(long checkpointId, int[] recordsSeen) {
      assertThat(taken).as("order of snapshots").noneMatch(earlier -> earlier >= checkpointId);
      assertThat(aborted).doesNotContain(checkpointId);
      taken.add(checkpointId);
      cuts.add(recordsSeen);
    }

    @Override
    public void aborted(long checkpointId) {
      assertThat(aborted.add(checkpointId)).as("second abort of %d", checkpointId).isTrue();
      assertThat(taken).doesNotContain(checkpointId);
    }
  }
}
