package io.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.engine.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DueTimersTest {
  private long now = 100;
  private final DueTimers timers =
      new DueTimers(
          new Clock() {
            @Override
            public long nowMillis() {
              return now;
            }

            @Override
            public long nanoTime() {
              return now * 1_000_000;
            }
          });
  private final List<String> called = new ArrayList<>();

  @Test
  void nothingIsCalledBeforeItsTime() {
    timers.callAt(101, () -> called.add("later"));

    timers.callDue();

    assertThat(called).isEmpty();
  }

  @Test
  void whatIsDueIsCalledInTheOrderOfTimeAndThenOfArrival() {
    timers.callAt(100, () -> called.add("second"));
    timers.callAt(50, () -> called.add("first"));
    timers.callAt(100, () -> called.add("third"));

    timers.callDue();

    assertThat(called).containsExactly("first", "second", "third");
  }

  @Test
  void aCallBackComesOnce() {
    timers.callAt(100, () -> called.add("once"));

    timers.callDue();
    timers.callDue();

    assertThat(called).hasSize(1);
  }

  @Test
  void aCallBackThatFailsDoesNotHoldUpTheNext() {
    timers.callAt(
        1,
        () -> {
          throw new IllegalStateException("as this test wants it");
        });
    timers.callAt(2, () -> called.add("next"));

    timers.callDue();

    assertThat(called).containsExactly("next");
  }

  @Test
  void aCallBackMayAskForAnother() {
    timers.callAt(100, () -> timers.callAt(now + 10, () -> called.add("again")));
    timers.callDue();
    now = 110;

    timers.callDue();

    assertThat(called).containsExactly("again");
  }
}
