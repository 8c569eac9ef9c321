package io.weir.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.inspect.SnapshotVerification.Finding;
import io.weir.snapshot.ChannelStateHandle;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.SnapshotFormat;
import io.weir.snapshot.SnapshotKind;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.snapshot.SubtaskState;
import io.weir.storage.CheckpointLocation;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.CheckpointStorageSettings;
import io.weir.storage.SnapshotReader;
import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.SampleSnapshots;
import io.weir.testkit.StorageFault;
import io.weir.testkit.StorageOperation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotVerificationTest {
  private static final int MUTATIONS = 20_000;

  private final InMemoryStorage disk = new InMemoryStorage(1, () -> 0);
  private final AtomicLong paced = new AtomicLong();
  private final SnapshotVerification verification =
      new SnapshotVerification(new SnapshotReader(disk.storages()), paced::addAndGet);
  private String path;

  /** A small piece, which is inlined, and two in files. */
  @BeforeEach
  void publish() throws IOException {
    Random names = new Random(1);
    CheckpointStorage storage =
        new CheckpointStorage(
            disk.storages(),
            new CheckpointStorageSettings("memory:///checkpoints", true, 100, 64),
            SampleSnapshots.JOB,
            () -> new UUID(names.nextLong(), names.nextLong()));
    CheckpointLocation location = storage.begin(7);
    List<StateHandle> handles = new ArrayList<>();
    for (int length : new int[] {5, 300, 2_000}) {
      handles.add(write(location, length));
    }
    path = location.publish(SampleSnapshots.holding(SampleSnapshots.JOB, 7, handles));
  }

  private static StateHandle write(CheckpointLocation location, int length) throws IOException {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    try (StateOutput out = location.create()) {
      out.write(content);
      return out.finish();
    }
  }

  @Test
  void aSoundSnapshotIsReadToItsEnd() throws IOException {
    Finding finding = verification.verify(path);

    assertThat(finding).isEqualTo(new Finding(2, 2_300, List.of()));
    assertThat(finding.isSound()).isTrue();
    assertThat(paced).hasValue(2_300);
  }

  @Test
  void noChangedByteAndNoTruncationAnywhereIsTakenForSound() throws IOException {
    SplittableRandom random = new SplittableRandom(20_000);
    List<String> files = disk.locations();
    assertThat(files).hasSize(3);
    for (int i = 0; i < MUTATIONS; i++) {
      String file = files.get(random.nextInt(files.size()));
      byte[] sound = disk.content(file);
      byte[] damaged;
      if (random.nextInt(4) == 0) {
        damaged = Arrays.copyOf(sound, random.nextInt(sound.length));
      } else {
        damaged = sound.clone();
        damaged[random.nextInt(sound.length)] ^= (byte) (1 + random.nextInt(255));
      }
      disk.overwrite(file, damaged);

      assertThat(verification.verify(path).isSound()).as("mutation %d of %s", i, file).isFalse();

      disk.overwrite(file, sound);
    }
    assertThat(verification.verify(path).isSound()).isTrue();
  }

  @Test
  void everyDamageIsNamed() throws IOException {
    List<String> state =
        disk.locations().stream().filter(file -> !file.endsWith("_metadata")).toList();
    disk.overwrite(state.get(0), new byte[1]);
    disk.overwrite(state.get(1), new byte[1]);

    assertThat(verification.verify(path).damages())
        .hasSize(2)
        .anyMatch(damage -> damage.contains(state.get(0)))
        .anyMatch(damage -> damage.contains(state.get(1)));
  }

  @Test
  void damagedRecordsInFlightAreNamed() throws IOException {
    CheckpointStorage storage =
        new CheckpointStorage(
            disk.storages(),
            new CheckpointStorageSettings("memory:///unaligned", true, 100, 64),
            SampleSnapshots.JOB,
            UUID::randomUUID);
    CheckpointLocation location = storage.begin(8);
    StateHandle.InFile records = (StateHandle.InFile) write(location, 300);
    SubtaskState inFlight =
        new SubtaskState(
            List.of(), List.of(), List.of(new ChannelStateHandle(1, List.of(), records)));
    OperatorState operator =
        new OperatorState(
            new OperatorId(1, 1),
            "uid",
            "name",
            1,
            128,
            new TreeMap<>(Map.of(0, inFlight)),
            null,
            Set.of());
    String unaligned =
        location.publish(
            new SnapshotMetadata(
                SampleSnapshots.JOB,
                "job",
                8,
                SnapshotKind.CHECKPOINT,
                SnapshotFormat.CANONICAL,
                0,
                List.of(operator)));
    assertThat(verification.verify(unaligned)).isEqualTo(new Finding(1, 300, List.of()));

    disk.overwrite(records.location(), new byte[1]);

    assertThat(verification.verify(unaligned).damages())
        .singleElement()
        .asString()
        .contains(records.location());
  }

  @Test
  void whatIsGoneIsDamaged() throws IOException {
    assertThat(verification.verify("memory:///checkpoints/elsewhere").damages())
        .singleElement()
        .asString()
        .contains("elsewhere");
  }

  @Test
  void whereNothingIsAtAll_thenNothingIsSaidAboutTheSnapshot() {
    assertThatThrownBy(() -> verification.verify("memory:///unmounted/job/chk-1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Is its disk mounted");
  }

  @Test
  void whenStorageCannotBeRead_thenNothingIsSaidAboutTheSnapshot() {
    disk.setFaults(
        (operation, location) ->
            operation == StorageOperation.OPEN ? StorageFault.FAIL : StorageFault.NONE);

    assertThatThrownBy(() -> verification.verify(path)).isInstanceOf(IOException.class);
  }
}
