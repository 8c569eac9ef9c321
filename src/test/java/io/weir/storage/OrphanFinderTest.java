package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.testkit.SampleSnapshots;
import io.weir.testkit.StorageFault;
import io.weir.testkit.StorageOperation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrphanFinderTest {
  private static final String JOB = CheckpointStorageFixture.ROOT + "/" + SampleSnapshots.JOB;
  private static final Duration GRACE = Duration.ofHours(1);

  private CheckpointStorageFixture fixture;

  @BeforeEach
  void publishThree() throws IOException {
    fixture = new CheckpointStorageFixture(1);
    fixture.nowMillis = 10_000_000;
    for (long id = 1; id <= 3; id++) {
      fixture.publish(id);
    }
    fixture.disk.overwrite(JOB + "/shared/kept", new byte[10]);
    fixture.disk.overwrite(JOB + "/shared/lost", new byte[11]);
    fixture.disk.overwrite(JOB + "/taskowned/a", new byte[10]);
    fixture.disk.overwrite(JOB + "/README", new byte[10]);
    fixture.disk.overwrite(CheckpointStorageFixture.ROOT + "/other/chk-1/a", new byte[10]);
  }

  @Test
  void whatNothingRefersToIsFoundAndRemoved() throws IOException {
    List<String> before = fixture.disk.locations();
    List<Orphan> orphans = orphansAfter(GRACE.plusSeconds(1));

    fixture.storage.remove(orphans);
    fixture.storage.remove(orphans);

    assertThat(orphans).extracting(orphan -> orphan.path().name()).containsExactly("chk-2", "lost");
    assertThat(orphans).extracting(Orphan::isDirectory).containsExactly(true, false);
    assertThat(orphans.get(0).sizeBytes()).isGreaterThan(2_300);
    assertThat(fixture.disk.locations())
        .containsExactlyElementsOf(
            before.stream()
                .filter(file -> !file.contains("chk-2") && !file.endsWith("lost"))
                .toList());
  }

  @Test
  void whatIsYoungIsLeftAlone() throws IOException {
    assertThat(orphansAfter(GRACE.minusSeconds(1))).isEmpty();
  }

  @Test
  void aCheckpointIsAsYoungAsItsYoungestFile() throws IOException {
    fixture.nowMillis += GRACE.toMillis();
    fixture.disk.overwrite(JOB + "/chk-2/late", new byte[1]);

    assertThat(fixture.storage.orphans(kept(), GRACE, fixture.nowMillis + 1))
        .extracting(orphan -> orphan.path().name())
        .containsExactly("lost");
  }

  @Test
  void whenTheListingFails_thenNothingIsAnOrphan() {
    fixture.disk.setFaults(
        (operation, location) ->
            operation == StorageOperation.LIST && location.endsWith("chk-2")
                ? StorageFault.FAIL
                : StorageFault.NONE);

    assertThatThrownBy(() -> orphansAfter(GRACE.multipliedBy(2))).isInstanceOf(IOException.class);
  }

  @Test
  void whenAReferenceCannotBeUnderstood_thenNothingIsAnOrphan() {
    assertThatThrownBy(() -> fixture.storage.orphans(Set.of(""), GRACE, Long.MAX_VALUE))
        .isInstanceOf(UnusableStorageException.class);
  }

  private List<Orphan> orphansAfter(Duration time) throws IOException {
    return fixture.storage.orphans(kept(), GRACE, fixture.nowMillis + time.toMillis());
  }

  private static Set<String> kept() {
    return Set.of(JOB + "/chk-1", JOB + "/chk-3/_metadata", JOB + "/shared/kept");
  }
}
