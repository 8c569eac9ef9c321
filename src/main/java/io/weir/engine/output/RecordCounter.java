package io.weir.engine.output;

/**
 * Counts the records of one task. Written by the task's thread alone; other threads read a slightly
 * old value.
 */
public final class RecordCounter {
  private long in;
  private long out;

  public void addIn(long records) {
    in += records;
  }

  /** One record has gone out. */
  public void countOut() {
    out++;
  }

  public long in() {
    return in;
  }

  public long out() {
    return out;
  }
}
