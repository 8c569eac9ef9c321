package io.weir.job.snapshots;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.config.StartFrom;
import io.weir.config.StateRecoveryOptions;
import io.weir.job.LoneSurroundings;
import io.weir.job.description.JobDescription;
import io.weir.job.description.JobSettings;
import io.weir.job.local.InMemoryCatalog;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.snapshot.JobId;
import io.weir.storage.CheckpointStorage;
import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.SampleSnapshots;
import io.weir.testkit.StorageFault;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A catalog with a new database, over storage that an old one knew. */
class ForgottenRunsTest {
  private static final JobId FORGOTTEN = new JobId(1, 1);
  private static final String CHECKPOINTS = "memory:///checkpoints";
  private static final String SAVEPOINTS = "memory:///savepoints";

  /** What snapshots of the test kit say. */
  private static final String NAME = "job";

  private final Random random = new Random(5);
  private final InMemoryStorage disk = new InMemoryStorage(7, () -> 1_000);
  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private final JobSurroundings surroundings =
      LoneSurroundings.of(() -> 1_000, (timeMillis, action) -> {}, catalog, disk, random);

  private static Configuration configuration() {
    return new Configuration()
        .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, CHECKPOINTS)
        .set(CheckpointingOptions.SAVEPOINT_DIRECTORY, SAVEPOINTS);
  }

  private void start(String name, Configuration configuration) throws Exception {
    new ForgottenRuns(surroundings)
        .refuseIfThereAre(new JobDescription(new JobId(7, 7), name, null, configuration));
  }

  private CheckpointStorage storage(Configuration configuration) throws Exception {
    return new CheckpointStorage(
        disk.storages(), JobSettings.of(configuration).storage(), FORGOTTEN, surroundings.names());
  }

  private String checkpoint(long id) throws Exception {
    return storage(configuration())
        .begin(id)
        .publish(SampleSnapshots.holding(FORGOTTEN, id, List.of()));
  }

  @Test
  void whereNothingIsAJobBegins() {
    assertThatCode(() -> start(NAME, configuration())).doesNotThrowAnyException();
  }

  @Test
  void whereCheckpointsOfItsNameAreItDoesNot() throws Exception {
    String path = checkpoint(3);

    assertThatThrownBy(() -> start(NAME, configuration()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(path)
        .hasMessageContaining("scripts/rebuild-catalog")
        .hasMessageContaining("{\"from\": \"nothing\"}");
    assertThatCode(() -> start("another", configuration())).doesNotThrowAnyException();
  }

  @Test
  void savepointsCountAndSoDoCheckpointsWithoutADirectoryOfTheirJob() throws Exception {
    String savepoint =
        storage(configuration())
            .beginSavepoint(SAVEPOINTS)
            .publish(SampleSnapshots.holding(FORGOTTEN, 3, List.of()));
    assertThatThrownBy(() -> start(NAME, configuration())).hasMessageContaining(savepoint);

    Configuration flat =
        new Configuration()
            .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "memory:///flat")
            .set(CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR, false);
    String checkpoint =
        storage(flat).begin(5).publish(SampleSnapshots.holding(FORGOTTEN, 5, List.of()));
    assertThatThrownBy(() -> start(NAME, flat)).hasMessageContaining(checkpoint);
  }

  @Test
  void aJobThatIsKnownOrToldHowToBeginIsNotHeldUp() throws Exception {
    String path = checkpoint(3);

    assertThatCode(
            () ->
                start(
                    NAME, configuration().set(StateRecoveryOptions.START_FROM, StartFrom.NOTHING)))
        .doesNotThrowAnyException();
    assertThatCode(
            () -> start(NAME, configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, path)))
        .doesNotThrowAnyException();
    catalog.register(FORGOTTEN, NAME, Map.of(), 1);
    assertThatCode(() -> start(NAME, configuration())).doesNotThrowAnyException();
  }

  @Test
  void whatIsNotCompleteOrCannotBeReadDoesNotCount() throws Exception {
    String path = checkpoint(3);
    disk.overwrite(path + "/_metadata", new byte[] {1, 2, 3});

    assertThatCode(() -> start(NAME, configuration())).doesNotThrowAnyException();
  }

  @Test
  void ifItCannotBeSearchedNobodyKnows() throws Exception {
    checkpoint(3);
    disk.setFaults((operation, location) -> StorageFault.FAIL);

    assertThatThrownBy(() -> start(NAME, configuration()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(CHECKPOINTS + " cannot be searched");
  }
}
