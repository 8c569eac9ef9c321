package io.weir.connector;

import io.weir.api.connector.ProcessingTimeService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A clock that goes only when told to. */
public final class ManualProcessingTime implements ProcessingTimeService {
  private final Queue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::time));
  private long now;

  public ManualProcessingTime(long now) {
    this.now = now;
  }

  @Override
  public long getCurrentProcessingTime() {
    return now;
  }

  @Override
  public void registerTimer(long time, ProcessingTimeCallback target) {
    timers.add(new Timer(time, target));
  }

  public int pendingTimers() {
    return timers.size();
  }

  /** Sets the clock, also back, and calls what is due. */
  public void setTo(long millis) {
    now = millis;
    var due = new ArrayList<Timer>();
    while (!timers.isEmpty() && timers.peek().time <= now) {
      due.add(timers.poll());
    }
    for (Timer timer : due) {
      try {
        timer.target.onProcessingTime(timer.time);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Goes on to the next timer; there must be one. */
  public void goToNextTimer() {
    setTo(Math.max(now, timers.element().time));
  }

  private record Timer(long time, ProcessingTimeCallback target) {}
}
