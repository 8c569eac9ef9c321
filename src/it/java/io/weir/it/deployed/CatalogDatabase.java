package io.weir.it.deployed;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The catalog's database; Arquillian does not inject a resource into a test. */
@ApplicationScoped
public class CatalogDatabase {
  @Resource(lookup = "jdbc/weir")
  private DataSource database;

  public Connection connect() throws SQLException {
    return database.getConnection();
  }
}
