package io.weir.engine;

import io.weir.engine.operator.ProcessingTime;
import java.util.PriorityQueue;

/** The processing-time callbacks of one task's operators, called between two steps. */
final class TaskTimers implements ProcessingTime {

  private record Pending(long timestamp, long sequence, Callback callback)
      implements Comparable<Pending> {
    @Override
    public int compareTo(Pending other) {
      int byTime = Long.compare(timestamp, other.timestamp);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  private final Clock clock;
  private final PriorityQueue<Pending> pending = new PriorityQueue<>();
  private long sequence;

  TaskTimers(Clock clock) {
    this.clock = clock;
  }

  @Override
  public long now() {
    return clock.nowMillis();
  }

  @Override
  public void callAt(long timestamp, Callback callback) {
    pending.add(new Pending(timestamp, sequence++, callback));
  }

  boolean isDue() {
    return !pending.isEmpty() && pending.peek().timestamp <= clock.nowMillis();
  }

  /**
   * Calls back what was due when this began; callbacks that these register wait for the next time.
   */
  boolean callDue() throws Exception {
    long now = clock.nowMillis();
    long known = sequence;
    boolean called = false;
    while (!pending.isEmpty()
        && pending.peek().timestamp <= now
        && pending.peek().sequence < known) {
      Pending due = pending.remove();
      due.callback.onTime(due.timestamp);
      called = true;
    }
    return called;
  }

  /** When the next callback is due, or {@link Long#MAX_VALUE}. */
  long nextDue() {
    return pending.isEmpty() ? Long.MAX_VALUE : pending.peek().timestamp;
  }

  void clear() {
    pending.clear();
  }
}
