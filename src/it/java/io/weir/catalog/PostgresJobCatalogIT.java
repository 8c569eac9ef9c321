package io.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.job.surroundings.CatalogException;
import io.weir.servers.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresJobCatalogIT extends JpaJobCatalogContract {
  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  private static String url;

  /** For all tests: there would be no time for a schema of its own for each. */
  private static LocalTransactions transactions;

  @BeforeAll
  static void makeDatabase() throws Exception {
    url = SERVER.newDatabase();
    CatalogSchema.migrate(at(url));
    transactions = new LocalTransactions(at(url));
  }

  @AfterAll
  static void close() {
    transactions.close();
  }

  private static PGSimpleDataSource at(String address) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(address);
    source.setUser(PostgresServer.USER);
    return source;
  }

  @Override
  protected DataSource emptyDatabase() throws Exception {
    DataSource source = at(url);
    try {
      execute(source, "truncate weir_job restart identity cascade");
    } catch (SQLException gone) {
      dropAll(source);
      CatalogSchema.migrate(source);
    }
    return source;
  }

  @Override
  protected LocalTransactions transactions() {
    return transactions;
  }

  @Override
  protected void dropAll() throws SQLException {
    dropAll(database);
  }

  private static void dropAll(DataSource source) throws SQLException {
    execute(source, "drop schema public cascade");
    execute(source, "create schema public");
  }

  @Test
  void theHistoryOfAJobIsReadByAnIndex() throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      // of a table with few rows all are read, index or not
      statement.execute("set enable_seqscan = off");
      for (String select :
          Stream.of(
                  "select * from weir_checkpoint where job_id = 'x' order by id desc limit 100",
                  "select * from weir_checkpoint where job_id = 'x' and status = 'COMPLETED'"
                      + " order by id desc",
                  "select * from weir_failure where job_id = 'x' order by number desc")
              .toList()) {
        assertThat(plan(statement, select)).doesNotContain("Seq Scan").doesNotContain("Sort");
      }
    }
  }

  private static String plan(Statement statement, String select) throws SQLException {
    try (ResultSet rows = statement.executeQuery("explain " + select)) {
      Stream.Builder<String> lines = Stream.builder();
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
      return lines.build().collect(Collectors.joining("\n"));
    }
  }

  @Test
  void whenNobodyListens_thenTheMessageSaysWhatToLookAt() {
    assertThatThrownBy(() -> CatalogSchema.migrate(at("jdbc:postgresql://127.0.0.1:1/weir")))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("cannot be reached")
        .hasMessageContaining("weir.catalog.url");
  }

  @Test
  void whenThereIsNoSuchDatabase_thenTheMessageSaysHowToMakeIt() {
    String other = url.substring(0, url.lastIndexOf('/')) + "/nowhere";
    assertThatThrownBy(() -> CatalogSchema.migrate(at(other)))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("CREATE DATABASE");
  }

  @Test
  void whenTheDatabaseIsAStandby_thenTheMessageNamesTheSetting() throws Exception {
    PGSimpleDataSource readOnly = at(url);
    readOnly.setOptions("-c default_transaction_read_only=on");
    try (LocalTransactions transactions = new LocalTransactions(readOnly)) {
      assertThatThrownBy(
              () -> new JpaJobCatalog(transactions).register(JOB, "flights", Map.of(), 1))
          .isInstanceOf(CatalogException.class)
          .hasMessageContaining("targetServerType=primary");
    }
  }
}
