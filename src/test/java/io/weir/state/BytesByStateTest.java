package io.weir.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesByStateTest {

  @Test
  void withoutCompression_everyStateHasWhatItHasPut() {
    BytesByState bytes = new BytesByState(2);
    bytes.put(0, 70);
    bytes.put(1, 3);
    bytes.put(0, 7);
    bytes.putOfNone(1);
    bytes.stored(81);
    bytes.putOfNone(1);
    bytes.stored(1);
    bytes.put(1, 5);
    bytes.putOfNone(1);
    bytes.stored(6);

    assertThat(bytes.of(0)).isEqualTo(77);
    assertThat(bytes.of(1)).isEqualTo(8);
  }

  @Test
  void whatIsStoredIsSharedOutByWhatEachHasPut() {
    BytesByState bytes = new BytesByState(2);
    bytes.put(0, 600);
    bytes.put(1, 300);
    bytes.stored(90);
    bytes.put(1, 100);
    bytes.stored(7);

    assertThat(bytes.of(0)).isEqualTo(60);
    assertThat(bytes.of(1)).isEqualTo(37);
  }

  @Test
  void theSharesAddUpToWhatIsStored() {
    Random random = new Random(5);
    int states = 7;
    for (int round = 0; round < 1_000; round++) {
      BytesByState bytes = new BytesByState(states);
      long all = 0;
      for (int stretch = 0; stretch < 3; stretch++) {
        for (int state = 0; state < states; state++) {
          bytes.put(state, random.nextLong(1L << random.nextInt(45)));
        }
        bytes.put(0, 1);
        long stored = random.nextLong(1L << random.nextInt(1, 45));
        bytes.stored(stored);
        all += stored;
      }

      long shares = 0;
      for (int state = 0; state < states; state++) {
        assertThat(bytes.of(state)).isNotNegative();
        shares += bytes.of(state);
      }
      assertThat(shares).isEqualTo(all);
    }
  }
}
