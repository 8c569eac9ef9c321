package io.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.job.CatalogException;
import io.weir.job.JobCatalog;
import io.weir.snapshot.JobId;
import io.weir.testkit.JobCatalogContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JpaJobCatalogTest extends JobCatalogContract {
  @TempDir Path dir;

  private final JdbcDataSource database = new JdbcDataSource();
  private LocalTransactions transactions;

  @Override
  protected JobCatalog emptyCatalog() throws Exception {
    database.setUrl("jdbc:h2:mem:" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1");
    CatalogSchema.migrate(database);
    transactions = new LocalTransactions(database);
    return new JpaJobCatalog(transactions);
  }

  @AfterEach
  void close() throws SQLException {
    transactions.close();
    execute("shutdown");
  }

  @Test
  void migratingAgainChangesNothing() throws Exception {
    JobCatalog catalog = new JpaJobCatalog(transactions);
    catalog.register(new JobId(1, 1), "flights", Map.of(), 1);

    CatalogSchema.migrate(database);

    assertThat(catalog.jobs()).hasSize(1);
  }

  @Test
  void aSchemaWithOtherTablesIsShared() throws Exception {
    execute("drop all objects");
    execute("create table customer (id int primary key)");

    CatalogSchema.migrate(database);

    assertThat(new JpaJobCatalog(transactions).jobs()).isEmpty();
  }

  @Test
  void whenTheDatabaseFails_thenTheMessageSaysWhatAndWhy() throws Exception {
    execute("drop all objects");

    assertThatThrownBy(() -> new JpaJobCatalog(transactions).jobs())
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("list the jobs")
        .hasMessageContaining("not found");
  }

  @Test
  void whenAnotherProcessHasTheDatabase_thenTheMessageSaysSo() throws Exception {
    JdbcDataSource first = new JdbcDataSource();
    first.setUrl("jdbc:h2:file:" + dir.resolve("db"));
    JdbcDataSource second = new JdbcDataSource();
    // H2 keeps open databases by their path: another spelling of it is as good as another process
    second.setUrl("jdbc:h2:nioMapped:" + dir.resolve("db"));

    try (Connection open = first.getConnection()) {
      assertThat(open.isValid(1)).isTrue();
      assertThatThrownBy(() -> CatalogSchema.migrate(second))
          .isInstanceOf(CatalogException.class)
          .hasMessageContaining("Another process has the database open")
          .hasMessageContaining("weir.data.dir");
    }
  }

  @Test
  void aNameThatIsTooLongIsRefused() {
    assertThatThrownBy(
            () ->
                new JpaJobCatalog(transactions)
                    .register(new JobId(1, 1), "x".repeat(256), Map.of(), 1))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("255");
  }

  @Test
  void theHistoryOfAJobIsReadByAnIndex() throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet plan =
            statement.executeQuery(
                "explain select * from weir_checkpoint where job_id = 'x' order by id desc")) {
      assertThat(plan.next()).isTrue();
      assertThat(plan.getString(1)).doesNotContain("tableScan");
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
