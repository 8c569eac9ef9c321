package io.weir.catalog;

import io.weir.job.surroundings.CatalogException;
import java.sql.SQLException;
import java.util.Map;

/** Says in words what a failure of the database means and what can be done. */
final class DatabaseFault {
  private static final String CONSTRAINT_CLASS = "23";

  /** By the SQL state, or the beginning of it. */
  private static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry(
              "90020",
              "Another process has the database open, perhaps a server that still runs: stop it, or"
                  + " give this one another weir.data.dir."),
          Map.entry(
              "08",
              "The database cannot be reached, or has not answered in time: see that it runs, and"
                  + " that weir.catalog.url, or the data source jdbc/weir in the server's"
                  + " configuration, names it."),
          Map.entry("57P", "The database is being stopped or started: see that it runs."),
          Map.entry(
              "57014",
              "The database was too slow, or somebody has canceled the statement: look at its load"
                  + " and its locks; statement_timeout of the data source jdbc/weir is the limit."),
          Map.entry(
              "55P03",
              "Another transaction has held the lock of the job's row for too long: look at"
                  + " pg_stat_activity for one that is idle in transaction."),
          Map.entry(
              "53300",
              "The database has no connection left: raise its max_connections, or lower maxPoolSize"
                  + " of the data source jdbc/weir."),
          Map.entry(
              "28",
              "The database does not know this user or password: see weir.catalog.user and"
                  + " weir.catalog.password."),
          Map.entry(
              "3D000", "Make it: CREATE DATABASE with the user of weir.catalog.user as its OWNER."),
          Map.entry(
              "42501",
              "The user of weir.catalog.user must own the database, or have CREATE and USAGE on its"
                  + " schema."),
          Map.entry(
              "25006",
              "This is a standby, which cannot be written: name all hosts in weir.catalog.url, with"
                  + " targetServerType=primary."),
          Map.entry("53100", "The database's disk is full: make room; the jobs go on meanwhile."));

  private DatabaseFault() {}

  /**
   * @param what completes the sentence "The catalog could not …"
   */
  static CatalogException of(String what, RuntimeException cause) {
    return new CatalogException(
        "The catalog could not %s: %s. %s".formatted(what, reason(cause), advice(cause)), cause);
  }

  /** Whether a unique key or another constraint of a table has refused a row. */
  static boolean isConstraintViolation(Throwable failure) {
    return sqlState(failure).startsWith(CONSTRAINT_CLASS);
  }

  /** Of the deepest cause that says anything. */
  private static String reason(Throwable failure) {
    String message = failure.getClass().getName();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null) {
        message = cause.getMessage();
      }
    }
    // the statement follows, on further lines
    String reason =
        message.lines().findFirst().orElse(message).replace("; SQL statement:", "").strip();
    return failure instanceof NotAskedException
        ? "it was not asked, because those who asked before have failed with: " + reason
        : reason;
  }

  private static String advice(Throwable failure) {
    String state = sqlState(failure);
    if (state.isEmpty()) {
      return "The job goes on where it can; the cause stands in the server's log.";
    }
    for (int length = state.length(); length > 1; length--) {
      String advice = ADVICE.get(state.substring(0, length));
      if (advice != null) {
        return advice;
      }
    }
    return "SQL state %s; see the database's documentation and the server's log.".formatted(state);
  }

  private static String sqlState(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }
}
