package io.weir.catalog;

import io.weir.job.CatalogException;
import java.sql.SQLException;

/** Says in words what a failure of the database means and what can be done. */
final class DatabaseFault {
  private static final String LOCKED_BY_ANOTHER_PROCESS = "90020";
  private static final String CONNECTION_CLASS = "08";
  private static final String CONSTRAINT_CLASS = "23";

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

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.getClass().getName() : root.getMessage();
    // the statement follows, on further lines
    return message.lines().findFirst().orElse(message).replace("; SQL statement:", "").strip();
  }

  private static String advice(Throwable failure) {
    String state = sqlState(failure);
    if (state.equals(LOCKED_BY_ANOTHER_PROCESS)) {
      return "Another process has the database open, perhaps a server that still runs: stop it, or"
          + " give this one another weir.data.dir.";
    }
    if (state.startsWith(CONNECTION_CLASS)) {
      return "The database cannot be reached: see that it runs, and that the data source jdbc/weir"
          + " in the server's configuration names it.";
    }
    if (state.isEmpty()) {
      return "The job goes on where it can; the cause stands in the server's log.";
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
