package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.StateHandle;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateVerificationTest {
  private static final int LENGTH = 700;

  private CheckpointStorageFixture fixture;
  private StateHandle.InFile handle;
  private byte[] content;

  @BeforeEach
  void writeState() throws IOException {
    fixture = new CheckpointStorageFixture(1);
    handle = (StateHandle.InFile) CheckpointStorageFixture.write(fixture.storage.begin(1), LENGTH);
    content = fixture.disk.content(handle.location());
  }

  @Test
  void everyChangeIsNoticed() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = content.clone();
      changed[random.nextInt(LENGTH)] ^= (byte) (1 + random.nextInt(255));
      assertCorrupt(changed);
    }
  }

  @Test
  void everyTruncationAndEveryAdditionIsNoticed() {
    for (int length = 0; length < 2 * LENGTH; length++) {
      if (length != LENGTH) {
        assertCorrupt(Arrays.copyOf(content, length));
      }
    }
  }

  @Test
  void whoeverReadsExactlyTheLengthHasReadVerifiedBytes() throws IOException {
    content[0]++;
    fixture.disk.overwrite(handle.location(), content);

    try (InputStream in = fixture.storage.reader().open(handle)) {
      assertThatThrownBy(() -> in.readNBytes(LENGTH)).isInstanceOf(CorruptStateException.class);
    }
  }

  @Test
  void skippedBytesAreVerifiedToo() throws IOException {
    content[1]++;
    fixture.disk.overwrite(handle.location(), content);

    try (InputStream in = fixture.storage.reader().open(handle)) {
      assertThatThrownBy(() -> in.skipNBytes(LENGTH)).isInstanceOf(CorruptStateException.class);
    }
  }

  @Test
  void theMessageNamesTheFileAndWhatDiffers() {
    fixture.disk.overwrite(handle.location(), Arrays.copyOf(content, 10));

    assertThatThrownBy(() -> fixture.storage.reader().open(handle).readAllBytes())
        .hasMessageContaining(handle.location())
        .hasMessageContaining("ends after 10 bytes instead of 700");
  }

  @Test
  void aMissingFileIsDamageAndIsNamed() {
    StateHandle missing = new StateHandle.InFile(handle.location() + "x", 1, 1);

    assertThatThrownBy(() -> fixture.storage.reader().open(missing))
        .isInstanceOf(CorruptStateException.class)
        .hasMessageContaining(handle.location() + "x");
  }

  @Test
  void anEmptyFileIsVerifiedWhenItIsOpened() throws IOException {
    String location = CheckpointStorageFixture.ROOT + "/empty";
    fixture.disk.overwrite(location, new byte[0]);

    assertThat(fixture.storage.reader().open(new StateHandle.InFile(location, 0, 0)).readAllBytes())
        .isEmpty();
    assertThatThrownBy(() -> fixture.storage.reader().open(new StateHandle.InFile(location, 0, 1)))
        .isInstanceOf(CorruptStateException.class);
  }

  @Test
  void inAMergedFileEveryChangeOfAPieceIsNoticedAndDoesNotHurtTheOthers() throws IOException {
    CheckpointLocation location = fixture.storage(FileMerging.upTo(1 << 20)).begin(2, 1);
    List<StateHandle.InSegment> pieces = new ArrayList<>();
    for (int piece = 0; piece < 3; piece++) {
      pieces.add((StateHandle.InSegment) CheckpointStorageFixture.write(location, LENGTH + piece));
    }
    location.subtaskWritten();
    String file = pieces.get(0).location();
    byte[] merged = fixture.disk.content(file);
    assertThat(merged).hasSize(3 * LENGTH + 3);

    for (int at = 0; at < merged.length; at++) {
      byte[] changed = merged.clone();
      changed[at] ^= 1;
      assertDamagedExactlyWhereItIs(pieces, changed, at, at + 1);
      assertDamagedExactlyWhereItIs(pieces, Arrays.copyOf(merged, at), at, merged.length);
    }
    assertDamagedExactlyWhereItIs(pieces, Arrays.copyOf(merged, merged.length + 1), 0, 0);
  }

  private void assertDamagedExactlyWhereItIs(
      List<StateHandle.InSegment> pieces, byte[] content, int from, int until) throws IOException {
    for (StateHandle.InSegment piece : pieces) {
      fixture.disk.overwrite(piece.location(), content);
      if (from < piece.offset() + piece.length() && piece.offset() < until) {
        assertCorrupt(piece, content);
      } else {
        assertThat(fixture.storage.reader().open(piece).readAllBytes())
            .isEqualTo(CheckpointStorageFixture.content((int) piece.length()));
      }
    }
  }

  private void assertCorrupt(byte[] changed) {
    assertCorrupt(handle, changed);
  }

  private void assertCorrupt(StateHandle.Stored piece, byte[] changed) {
    fixture.disk.overwrite(piece.location(), changed);
    try (InputStream in = fixture.storage.reader().open(piece)) {
      in.readAllBytes();
    } catch (CorruptStateException expected) {
      return;
    } catch (IOException e) {
      throw new AssertionError("the wrong exception", e);
    }
    throw new AssertionError("damage was not noticed");
  }
}
