package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A thread that writes a block in 20 ms. */
class GivingWayTest {
  private static final long BLOCK_MILLIS = 20;

  private final ManualClock clock = new ManualClock();

  /** How long others keep the processor when they are let, in milliseconds. */
  private long kept;

  private int times;
  private final GivingWay givingWay =
      new GivingWay(
          clock,
          () -> {
            times++;
            clock.advance(kept);
          });

  @Test
  void whenOthersAreSoonDone_thenItGivesWayAfterEachBlock() {
    kept = BLOCK_MILLIS / GivingWay.FACTOR;

    writeBlocks(100);

    assertThat(times).isEqualTo(100);
  }

  @Test
  void whenOthersKeepTheProcessor_thenItWorksSeveralTimesAsLong() {
    kept = 100 * BLOCK_MILLIS;

    writeBlocks(1);
    assertThat(times).isEqualTo(1);
    writeBlocks(100 * GivingWay.FACTOR - 1);
    assertThat(times).isEqualTo(1);
    writeBlocks(1);
    assertThat(times).isEqualTo(2);
  }

  @Test
  void whenOthersAreSoonDoneAgain_thenItGivesWayAsOftenAsBefore() {
    kept = 100 * BLOCK_MILLIS;
    writeBlocks(1);
    kept = 0;

    writeBlocks(100 * GivingWay.FACTOR + 9);

    assertThat(times).isEqualTo(1 + 10);
  }

  @Test
  void smallPiecesMakeABlockTogether() {
    for (int piece = 0; piece < GivingWay.BYTES - 1; piece++) {
      givingWay.written(1);
    }
    assertThat(times).isZero();
    givingWay.written(1);
    assertThat(times).isEqualTo(1);
    givingWay.written(Integer.MAX_VALUE);
    assertThat(times).isEqualTo(2);
  }

  private void writeBlocks(int count) {
    for (int block = 0; block < count; block++) {
      clock.advance(BLOCK_MILLIS);
      givingWay.written(GivingWay.BYTES);
    }
  }
}
