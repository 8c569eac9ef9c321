package io.weir.server;

import io.weir.engine.Clock;
import io.weir.job.surroundings.Timers;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Call backs in the order of their time; whoever has a timer calls those that are due. */
final class DueTimers implements Timers {
  private static final Logger LOG = LoggerFactory.getLogger(DueTimers.class);

  /** Two call backs may be due at the same time. */
  private record Due(long timeMillis, long number) {
    static final Comparator<Due> ORDER =
        Comparator.comparingLong(Due::timeMillis).thenComparingLong(Due::number);
  }

  private final Clock clock;
  private final AtomicLong numbers = new AtomicLong();
  private final ConcurrentNavigableMap<Due, Runnable> actions =
      new ConcurrentSkipListMap<>(Due.ORDER);

  DueTimers(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void callAt(long timeMillis, Runnable action) {
    actions.put(new Due(timeMillis, numbers.getAndIncrement()), action);
  }

  /** Calls back what is due now; each action once, also if several threads are in here. */
  void callDue() {
    long now = clock.nowMillis();
    for (Map.Entry<Due, Runnable> first = actions.firstEntry();
        first != null && first.getKey().timeMillis() <= now;
        first = actions.firstEntry()) {
      if (actions.remove(first.getKey()) != null) {
        call(first.getValue());
      }
    }
  }

  private static void call(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("A call back has failed", e);
    }
  }
}
