package io.weir.sim;

import java.text.MessageFormat;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps the engine's own log quiet while runs last, or puts it into the log of one. */
final class EngineLog extends Handler {
  private static final Logger ENGINE = Logger.getLogger("io.weir");

  private final EventLog log;
  private final Level levelBefore;
  private final boolean usedParents;

  private EngineLog(EventLog log, Level level) {
    this.log = log;
    this.levelBefore = ENGINE.getLevel();
    this.usedParents = ENGINE.getUseParentHandlers();
    ENGINE.setUseParentHandlers(false);
    ENGINE.setLevel(level);
    ENGINE.addHandler(this);
  }

  /** Nothing is logged; for runs on any thread. */
  static EngineLog quiet() {
    return new EngineLog(new EventLog(null), Level.OFF);
  }

  /** All goes into the log of the one run that there is. */
  static EngineLog into(EventLog log) {
    return new EngineLog(log, log.isRead() ? Level.INFO : Level.OFF);
  }

  @Override
  public void publish(LogRecord entry) {
    log.detail(
        () -> {
          String text =
              entry.getParameters() == null
                  ? entry.getMessage()
                  : MessageFormat.format(entry.getMessage(), entry.getParameters());
          return "["
              + entry.getLevel()
              + "] "
              + text
              + (entry.getThrown() == null ? "" : " " + entry.getThrown());
        });
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    ENGINE.removeHandler(this);
    ENGINE.setUseParentHandlers(usedParents);
    ENGINE.setLevel(levelBefore);
  }
}
