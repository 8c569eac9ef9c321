package io.weir.testkit;

import io.weir.engine.operator.ProcessingTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that a test sets, and that calls back when it does. */
public final class ManualProcessingTime implements ProcessingTime {
  private record Registered(long timestamp, Callback callback) {}

  private final List<Registered> registered = new ArrayList<>();
  private long now;

  @Override
  public long now() {
    return now;
  }

  @Override
  public void callAt(long timestamp, Callback callback) {
    registered.add(new Registered(timestamp, callback));
  }

  /** How many callbacks are waited for. */
  public int registrations() {
    return registered.size();
  }

  /** Sets the clock, and calls back all that is due, earliest first. */
  public void set(long newNow) throws Exception {
    now = newNow;
    while (true) {
      var due =
          registered.stream()
              .filter(each -> each.timestamp <= now)
              .min(Comparator.comparingLong(Registered::timestamp));
      if (due.isEmpty()) {
        return;
      }
      registered.remove(due.get());
      due.get().callback.onTime(due.get().timestamp);
    }
  }
}
