package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.SampleSnapshots;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoragePathsTest {
  private static final UUID NAME = UUID.fromString("8c9e1c3e-0000-4000-8000-00000000002a");

  @Test
  void namesAreThoseThatUsersOfFlinkKnow() {
    StoragePaths paths = StoragePaths.of(SampleSnapshots.JOB, true);

    assertThat(paths.job()).hasToString("0123456789abcdef0011223344556677");
    assertThat(StoragePaths.metadata(paths.checkpoint(42)))
        .hasToString("0123456789abcdef0011223344556677/chk-42/_metadata");
    assertThat(StoragePaths.stateFile(paths.shared(), NAME))
        .hasToString("0123456789abcdef0011223344556677/shared/" + NAME);
    assertThat(paths.taskOwned()).hasToString("0123456789abcdef0011223344556677/taskowned");
    assertThat(StoragePaths.savepoint(SampleSnapshots.JOB, NAME))
        .hasToString("savepoint-012345-8c9e1c3e0000");
  }

  @Test
  void withoutADirectoryPerJobItsNameIsLeftOut() {
    assertThat(StoragePaths.of(SampleSnapshots.JOB, false).checkpoint(42)).hasToString("chk-42");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 42, 999_999_999_999_999_999L})
  void theIdOfACheckpointIsReadFromItsName(long id) {
    assertThat(
            StoragePaths.checkpointIdOf(
                StoragePaths.of(SampleSnapshots.JOB, false).checkpoint(id).name()))
        .hasValue(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chk-",
        "chk-01",
        "chk--1",
        "chk-1x",
        "xchk-1",
        "shared",
        "chk-99999999999999999999",
        "CHK-1",
        "chk-1 "
      })
  void otherNamesAreNoCheckpoints(String name) {
    assertThat(StoragePaths.checkpointIdOf(name)).isEmpty();
  }
}
