package io.weir.engine;

import io.weir.engine.output.RecordCounter;

/**
 * How a task spends its time. Written by the thread that drives it; other threads read slightly old
 * values.
 */
public final class TaskLoad {
  private final RecordCounter records;
  private long busyNanos;
  private long idleNanos;
  private long backPressuredNanos;

  TaskLoad(RecordCounter records) {
    this.records = records;
  }

  /** Time in which the task had nothing to do. */
  void addIdle(long nanos) {
    idleNanos += nanos;
  }

  /** Time in which the task could not go on because its outputs had no room. */
  void addBackPressured(long nanos) {
    backPressuredNanos += nanos;
  }

  /** Time in which the task worked. */
  void addBusy(long nanos) {
    busyNanos += nanos;
  }

  public long recordsIn() {
    return records.in();
  }

  public long recordsOut() {
    return records.out();
  }

  long idleNanos() {
    return idleNanos;
  }

  public long busyMillis() {
    return busyNanos / 1_000_000;
  }

  public long idleMillis() {
    return idleNanos / 1_000_000;
  }

  public long backPressuredMillis() {
    return backPressuredNanos / 1_000_000;
  }
}
