package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartBufferTest {
  private static final int PART = 200_000;

  private static byte[] someBytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private static byte[] content(PartBuffer part) {
    return Arrays.copyOf(part.bytes(), part.size());
  }

  @Test
  void itTakesNoMoreThanAPart() {
    byte[] bytes = someBytes(PART + 5);
    PartBuffer part = new PartBuffer(PART);

    assertThat(part.take(bytes, 0, 10)).isEqualTo(10);
    assertThat(part.isFull()).isFalse();
    assertThat(part.take(bytes, 10, PART - 5)).isEqualTo(PART - 10);
    assertThat(part.isFull()).isTrue();
    assertThat(part.take(bytes, PART, 5)).isZero();
    assertThat(content(part)).isEqualTo(Arrays.copyOf(bytes, PART));
  }

  @Test
  void aShortObjectTakesLittleMemory() {
    PartBuffer part = new PartBuffer(PART);
    part.take(someBytes(100), 0, 100);

    assertThat(part.bytes()).hasSizeLessThan(PART);
  }

  @Test
  void theNextPartIsInTheSameArrayOrInAnotherOne() {
    PartBuffer part = new PartBuffer(PART);
    part.take(someBytes(PART), 0, PART);
    byte[] first = part.bytes();

    part.clear();
    assertThat(part.size()).isZero();
    assertThat(part.bytes()).isSameAs(first);

    part.renew();
    part.take(someBytes(7), 0, 7);
    assertThat(first).as("may still be read").isEqualTo(someBytes(PART));
    assertThat(content(part)).isEqualTo(someBytes(7));
  }
}
