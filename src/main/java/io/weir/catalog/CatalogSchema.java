package io.weir.catalog;

import io.weir.job.surroundings.CatalogException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The catalog's tables: made and migrated by the scripts that are packed beside this class. An
 * empty file {@code flyway.location} lies beside them, because without it Flyway cannot list the
 * folder on Liberty, and another one in {@code db/callback}, where Flyway always looks.
 */
public final class CatalogSchema {

  /** Not Flyway's default place, where an application that brings Weir may have its own scripts. */
  private static final String SCRIPTS = "classpath:io/weir/catalog/migration";

  /** Its own, so that the catalog can share a schema with other tables. */
  private static final String HISTORY_TABLE = "weir_schema_history";

  private static final String NEWEST = "latest";

  private CatalogSchema() {}

  /**
   * Brings the tables to the present version; does nothing if they are.
   *
   * @param database null if the container could not make the data source
   */
  public static void migrate(DataSource database) throws CatalogException {
    if (database == null) {
      throw new CatalogException(
          "The server has no data source jdbc/weir; its log says why (DSRA4000E: no driver knows the"
              + " URL). For PostgreSQL put org.postgresql:postgresql into the folder lib/jdbc beside"
              + " server.xml, and start the server again.",
          null);
    }
    migrateTo(database, NEWEST);
  }

  /** Brings the tables to a version that need not be the present one. */
  static void migrateTo(DataSource database, String version) throws CatalogException {
    try {
      Flyway.configure(CatalogSchema.class.getClassLoader())
          .dataSource(database)
          .locations(SCRIPTS)
          .skipDefaultCallbacks(true)
          .failOnMissingLocations(true)
          .table(HISTORY_TABLE)
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .target(version)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw DatabaseFault.of("create or migrate its tables", e);
    }
  }
}
