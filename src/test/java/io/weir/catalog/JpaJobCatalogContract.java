package io.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.job.history.DecisionRecord;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.snapshot.JobId;
import io.weir.testkit.JobCatalogContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What the catalog must do in every database, besides what every catalog must do. */
abstract class JpaJobCatalogContract extends JobCatalogContract {
  protected static final JobId JOB = new JobId(1, 1);

  protected DataSource database;
  protected JobCatalog jpa;

  /** A database with the tables of the catalog, and no rows, until the end of the test. */
  protected abstract DataSource emptyDatabase() throws Exception;

  /** Transactions on that database. */
  protected abstract LocalTransactions transactions();

  /** Removes all that is in the database. */
  protected abstract void dropAll() throws SQLException;

  @Override
  protected final JobCatalog emptyCatalog() throws Exception {
    database = emptyDatabase();
    jpa = new JpaJobCatalog(transactions());
    return jpa;
  }

  protected static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void migratingAgainChangesNothing() throws Exception {
    jpa.register(JOB, "flights", Map.of(), 1);

    CatalogSchema.migrate(database);

    assertThat(jpa.jobs()).hasSize(1);
  }

  @Test
  void aSchemaWithOtherTablesIsShared() throws Exception {
    dropAll();
    execute(database, "create table customer (id int primary key)");

    CatalogSchema.migrate(database);

    assertThat(jpa.jobs()).isEmpty();
  }

  @Test
  void whatAnOlderVersionHasWrittenIsMigrated() throws Exception {
    dropAll();
    CatalogSchema.migrateTo(database, "1");
    execute(
        database,
        "insert into weir_job (id, name, active_name, status, submitted_millis,"
            + " status_since_millis, ended_millis, newest_checkpoint_id, completed_checkpoints,"
            + " failed_checkpoints, configuration)"
            + " values ('%s', 'flights', 'flights', 'RUNNING', 1, 1, -1, 2, 1, 0, '{}')"
                .formatted(JOB));
    execute(
        database,
        "insert into weir_checkpoint (job_id, id, attempt, type, status, triggered_millis,"
            + " ended_millis, path, metadata_bytes, state_bytes, written_bytes, discarded)"
            + " values ('%s', 2, 0, 'SAVEPOINT', 'COMPLETED', 1, 2, 'file:/s', 3, 4, 5, false)"
                .formatted(JOB));

    CatalogSchema.migrate(database);

    assertThat(jpa.restorePoints(JOB))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.ownership().name()).isEqualTo("USER");
              assertThat(each.verification()).isNull();
              assertThat(each.isPinned()).isFalse();
            });
    assertThat(jpa.lease(JOB, "server", OptionalLong.empty(), 1, 2)).isEqualTo(1);
  }

  @Test
  void whenTheDatabaseFails_thenTheMessageSaysWhatAndWhy() throws Exception {
    dropAll();

    assertThatThrownBy(() -> jpa.jobs())
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("list the jobs")
        .message()
        .containsIgnoringCase("weir_job")
        .containsPattern("not found|does not exist");
  }

  @Test
  void aNameThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> jpa.register(JOB, "x".repeat(256), Map.of(), 1))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("255");
  }

  /** A record of a user's may have broken a function with any character in it. */
  @Test
  void whatIsNotedMayContainAnyCharacter() throws Exception {
    jpa.register(JOB, "flights", Map.of("key", "a\0b"), 1);

    jpa.decided(new DecisionRecord(JOB, 1, "RESTART", "cannot read 'a\0b\uD83D\uDE00c'"));

    assertThat(jpa.decisions(JOB, 1).get(0).why()).isEqualTo("cannot read 'a\uFFFDb\uD83D\uDE00c'");
    assertThat(jpa.job(JOB).orElseThrow().configuration()).containsEntry("key", "a\0b");
  }
}
