package io.weir.job;

import io.weir.job.checkpoints.CheckpointDriver;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the coordinators of checkpoints log, as long as it is open. */
final class LoggedLines extends Handler implements AutoCloseable {
  private static final Logger COORDINATOR = Logger.getLogger(CheckpointDriver.class.getName());
  private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

  LoggedLines() {
    COORDINATOR.addHandler(this);
  }

  List<String> lines() {
    return records.stream().map(LogRecord::getMessage).toList();
  }

  List<String> lines(Level level) {
    return records.stream()
        .filter(each -> each.getLevel().equals(level))
        .map(LogRecord::getMessage)
        .toList();
  }

  @Override
  public void publish(LogRecord line) {
    records.add(line);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    COORDINATOR.removeHandler(this);
  }
}
