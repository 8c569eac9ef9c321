package io.weir.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is compressed is read back, and what is damaged takes no more memory than a frame. */
class CompressedStreamsTest {
  private final SplittableRandom random = new SplittableRandom(4711);

  /** Flushed after every part. */
  private static byte[] compressed(byte[]... parts) throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    CompressedOutput out = new CompressedOutput(stored);
    for (byte[] part : parts) {
      out.write(part);
      out.flush();
    }
    return stored.toByteArray();
  }

  private static CompressedInput input(byte[] stored) {
    return new CompressedInput(new ByteArrayInputStream(stored));
  }

  private byte[] bytes(int length, int variety) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(variety);
    }
    return bytes;
  }

  @Test
  void whatWasWrittenIsReadWhateverItsLengthAndContent() throws IOException {
    int frame = CompressedOutput.MAX_FRAME_BYTES;
    for (int length : new int[] {0, 1, 2, 1000, frame - 1, frame, frame + 1, 3 * frame + 17}) {
      for (int variety : new int[] {1, 4, 256}) {
        byte[] bytes = bytes(length, variety);
        CompressedInput in = input(compressed(bytes));
        assertThat(in.readAllBytes()).as("%d bytes of %d", length, variety).isEqualTo(bytes);
        assertThat(in.isBetweenFrames()).isTrue();
      }
    }
  }

  @Test
  void singleBytesAndArraysMayBeMixed() throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    CompressedOutput out = new CompressedOutput(stored);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = bytes(random.nextInt(2_000), 3);
      out.write(bytes, bytes.length / 3, bytes.length / 2);
      out.write(i);
      expected.write(bytes, bytes.length / 3, bytes.length / 2);
      expected.write(i);
    }
    out.flush();
    CompressedInput in = input(stored.toByteArray());
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      read.write(next);
      read.write(in.readNBytes(random.nextInt(5_000)));
    }
    assertThat(read.toByteArray()).isEqualTo(expected.toByteArray());
  }

  @Test
  void whatDoesNotGetSmallerStandsAsItIs() throws IOException {
    byte[] noise = bytes(CompressedOutput.MAX_FRAME_BYTES, 256);
    assertThat(compressed(noise)).hasSize(noise.length + 6).endsWith(noise);
  }

  @Test
  void nothingIsReadBehindTheFrameThatIsNeeded() throws IOException {
    byte[] first = "the first key group".getBytes(StandardCharsets.UTF_8);
    byte[] stored = compressed(first, new byte[1000]);
    ByteArrayInputStream source = new ByteArrayInputStream(stored);
    assertThat(new CompressedInput(source).readNBytes(first.length)).isEqualTo(first);
    assertThat(new CompressedInput(source).readAllBytes()).isEqualTo(new byte[1000]);
  }

  @Test
  void aChangedByteOrACutGivesOtherBytesOrAnError() throws IOException {
    byte[] bytes = bytes(5_000, 5);
    byte[] stored = compressed(bytes);
    for (int place = 0; place < stored.length; place++) {
      byte[] damaged = stored.clone();
      damaged[place] ^= (byte) (1 + random.nextInt(255));
      readDamaged(damaged);
      readDamaged(Arrays.copyOf(stored, place));
    }
  }

  private static void readDamaged(byte[] damaged) throws IOException {
    try {
      assertThat(input(damaged).readAllBytes())
          .hasSizeLessThanOrEqualTo(CompressedOutput.MAX_FRAME_BYTES);
    } catch (StreamCorruptedException | EOFException e) {
      // the reader of the snapshot says what is damaged
    }
  }

  @Test
  void aFrameThatClaimsToBeLargeIsRefusedBeforeMemoryIsTaken() {
    byte[] huge = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7, 1, 0};
    assertThatThrownBy(() -> input(huge).read())
        .isInstanceOf(StreamCorruptedException.class)
        .hasMessageContaining("longer than 65536 bytes");
    byte[] grown = {1, 2, 0, 0};
    assertThatThrownBy(() -> input(grown).read())
        .isInstanceOf(StreamCorruptedException.class)
        .hasMessageContaining("2 bytes for 1");
  }
}
