package io.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.storage.ObjectStorage;
import io.weir.storage.ObjectStorageContract;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InMemoryStorageTest extends ObjectStorageContract {
  private static final RelativePath A = RelativePath.of("a");

  private final InMemoryStorage disk = new InMemoryStorage(1, () -> 1_000);

  @Override
  protected ObjectStorage freshStorage() {
    return disk.open(URI.create("memory:///root/"));
  }

  @Test
  void whatWasCommittedSurvivesACrash() throws IOException {
    ObjectStorage storage = freshStorage();
    write(storage, "kept");

    disk.crash();

    assertThat(storage.open(A).readAllBytes()).asString().isEqualTo("kept");
  }

  @Test
  void whenASyncIsLost_thenACrashLosesTearsOrKeepsTheObject() throws IOException {
    Set<Long> lengths = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      InMemoryStorage other = new InMemoryStorage(seed, () -> 1_000);
      other.setFaults(
          (operation, location) ->
              operation.name().startsWith("SYNC") ? StorageFault.LOST_SYNC : StorageFault.NONE);
      ObjectStorage storage = other.open(URI.create("memory:///root/"));
      write(storage, "0123456789");
      assertThat(storage.length(A)).hasValue(10);
      other.crash();
      lengths.add(storage.length(A).orElse(-1));
    }

    assertThat(lengths).contains(-1L, 10L).hasSizeGreaterThan(5);
  }

  @Test
  void whenAStepFailsAfterItsEffect_thenTheObjectIsThereAllTheSame() throws IOException {
    ObjectStorage storage = freshStorage();
    disk.setFaults(
        (operation, location) ->
            operation == StorageOperation.SYNC_NAME
                ? StorageFault.FAIL_AFTER_EFFECT
                : StorageFault.NONE);

    assertThatThrownBy(() -> storage.putIfAbsent(A, new byte[] {1}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("injected fault");
    assertThat(storage.length(A)).hasValue(1);
  }

  @Test
  void nothingHappensBetweenTheEndOfAProcessAndTheNext() throws IOException {
    ObjectStorage storage = freshStorage();
    disk.setFaults(
        (operation, location) -> {
          if (operation == StorageOperation.NAME) {
            throw new SimulatedCrash("here");
          }
          return StorageFault.NONE;
        });

    assertThatThrownBy(() -> write(storage, "lost")).isInstanceOf(SimulatedCrash.class);
    assertThat(disk.locations()).as("the clean-up had no effect").isNotEmpty();
    disk.setFaults(StorageFaults.NONE);
    assertThatThrownBy(() -> storage.length(A)).isInstanceOf(SimulatedCrash.class);
    disk.crash();
    assertThat(storage.length(A)).isEmpty();
  }

  @Test
  void slowStepsAddUp() throws IOException {
    disk.setFaults(
        (operation, location) ->
            operation == StorageOperation.SYNC_CONTENT
                ? StorageFault.slow(250)
                : StorageFault.NONE);
    write(freshStorage(), "x");
    write(freshStorage(), "y");

    assertThat(disk.takeDelayMillis()).isEqualTo(500);
    assertThat(disk.takeDelayMillis()).isZero();
  }

  @Test
  void theSameSeedGivesTheSameCrash() throws IOException {
    assertThat(afterCrash(42)).isEqualTo(afterCrash(42));
  }

  private static String afterCrash(long seed) throws IOException {
    InMemoryStorage disk = new InMemoryStorage(seed, () -> 1_000);
    disk.setFaults((operation, location) -> StorageFault.LOST_SYNC);
    ObjectStorage storage = disk.open(URI.create("memory:///root/"));
    disk.setFaults(
        (operation, location) ->
            operation.name().startsWith("SYNC") ? StorageFault.LOST_SYNC : StorageFault.NONE);
    StringBuilder left = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      storage.putIfAbsent(RelativePath.of("f" + i), new byte[100]);
    }
    disk.crash();
    for (String location : disk.locations()) {
      left.append(location).append(disk.content(location).length).append('\n');
    }
    return left.toString();
  }

  private static void write(ObjectStorage storage, String content) throws IOException {
    try (StorageOutput out = storage.create(A)) {
      out.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      out.commit();
    }
  }
}
