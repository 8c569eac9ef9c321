package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.CheckpointingOptions;
import io.weir.demo.FlightsJob;
import io.weir.it.deployed.CatalogDatabase;
import io.weir.it.deployed.Eventually;
import io.weir.it.deployed.WatchedJob;
import io.weir.it.deployed.Witness;
import io.weir.job.Dispatcher;
import io.weir.job.execution.JobView;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.JobRecord;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs in the server, beside a job that the server has started. */
@ExtendWith(ArquillianExtension.class)
class InContainerIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final int ENOUGH_CHECKPOINTS = 3;

  @Inject private Dispatcher dispatcher;
  @Inject private Witness witness;
  @Inject private CatalogDatabase database;

  @Deployment
  static WebArchive war() throws Exception {
    return WeirWar.withAssertions("weir-in-container.war");
  }

  @Test
  void findsTheJobsAndStartsThoseThatTheConfigurationNames() throws Exception {
    assertThat(dispatcher.definitions().names()).contains(WatchedJob.NAME, FlightsJob.NAME);
    assertThat(dispatcher.catalog().jobNamed(WatchedJob.NAME)).isPresent();
    assertThat(dispatcher.catalog().jobNamed(FlightsJob.NAME)).isEmpty();
  }

  @Test
  void injectsBeansIntoFunctionsBeforeTheyAreOpened() throws Exception {
    assertThat(openings())
        .extracting(Witness.Opening::subtask)
        .contains(0, WatchedJob.PARALLELISM - 1);
  }

  @Test
  void runsTasksOnThreadsOfTheContainerThatSeeTheApplication() throws Exception {
    assertThat(openings())
        .allSatisfy(
            opening -> {
              assertThat(opening.thread()).startsWith("weir-");
              assertThat(opening.managed()).isTrue();
              assertThat(opening.ofTheApplication()).isTrue();
            });
  }

  private List<Witness.Opening> openings() throws Exception {
    return Eventually.gives(
        LIMIT,
        () -> {
          assertThat(witness.openings()).hasSizeGreaterThanOrEqualTo(WatchedJob.PARALLELISM);
          return witness.openings();
        });
  }

  @Test
  void completesCheckpointsThatTheTimerTriggers() throws Exception {
    List<CheckpointRecord> completed = completedCheckpoints();
    assertThat(completed)
        .allSatisfy(
            checkpoint -> {
              assertThat(checkpoint.vertices()).isNotEmpty();
              assertThat(checkpoint.acknowledged()).isEqualTo(checkpoint.subtasks());
            });
  }

  private List<CheckpointRecord> completedCheckpoints() throws Exception {
    return Eventually.gives(
        LIMIT,
        () -> {
          List<CheckpointRecord> completed =
              dispatcher.catalog().checkpoints(job().id(), 100).stream()
                  .filter(checkpoint -> checkpoint.status() == CheckpointStatus.COMPLETED)
                  .toList();
          assertThat(completed).hasSizeGreaterThanOrEqualTo(ENOUGH_CHECKPOINTS);
          return completed;
        });
  }

  private JobRecord job() throws Exception {
    return dispatcher.catalog().jobNamed(WatchedJob.NAME).orElseThrow();
  }

  @Test
  void keepsTheCatalogInTheDatabase() throws Exception {
    long newest = completedCheckpoints().get(0).id();
    try (Connection connection = database.connect()) {
      assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("H2");
      assertThat(statusOfCheckpoint(connection, newest)).isEqualTo("COMPLETED");
    }
  }

  private String statusOfCheckpoint(Connection connection, long id) throws Exception {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select status from weir_checkpoint where job_id = ? and id = ?")) {
      query.setString(1, job().id().toString());
      query.setLong(2, id);
      return onlyText(query);
    }
  }

  private static String onlyText(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  @Test
  void readsWhatIsConfiguredForAllJobsAndForThisOne() throws Exception {
    JobView view = dispatcher.view(job().id()).orElseThrow();
    assertThat(view.configuration().get(CheckpointingOptions.CHECKPOINTING_TIMEOUT))
        .as("for all, in the file")
        .isEqualTo(Duration.ofMinutes(2));
    assertThat(view.configuration().get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .as("for this job, in the file, above what the job says itself")
        .isEqualTo(Duration.ofMillis(200));
    assertThat(view.configuration().get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS))
        .as("for this job, in server.xml, above the file")
        .isEqualTo(Duration.ofMillis(20));
  }
}
