package io.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.job.surroundings.CatalogException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2JobCatalogTest extends JpaJobCatalogContract {
  @TempDir Path dir;

  private LocalTransactions transactions;

  @Override
  protected DataSource emptyDatabase() throws CatalogException {
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl("jdbc:h2:mem:" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1");
    CatalogSchema.migrate(source);
    transactions = new LocalTransactions(source);
    return source;
  }

  @Override
  protected LocalTransactions transactions() {
    return transactions;
  }

  @Override
  protected void dropAll() throws SQLException {
    execute(database, "drop all objects");
  }

  @AfterEach
  void close() throws SQLException {
    transactions.close();
    execute(database, "shutdown");
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
  void whenTheContainerHasNoDataSource_thenTheMessageSaysWhatMayBeMissing() {
    assertThatThrownBy(() -> CatalogSchema.migrate(null))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("org.postgresql:postgresql")
        .hasMessageContaining("lib/jdbc");
  }

  @Test
  void aCauseThatSaysNothingHidesNoneThatDoes() {
    Transactions unasked =
        new Transactions() {
          @Override
          public <T, E extends Exception> T call(Work<T, E> work) {
            throw new IllegalStateException("it was not asked", new ArithmeticException());
          }
        };
    assertThatThrownBy(() -> new JpaJobCatalog(unasked).jobs())
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("list the jobs: it was not asked.");
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
}
