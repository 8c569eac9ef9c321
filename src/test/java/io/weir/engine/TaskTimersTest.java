package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskTimersTest {
  private final ManualClock clock = new ManualClock();
  private final TaskTimers timers = new TaskTimers(clock);
  private final List<Long> called = new ArrayList<>();

  @Test
  void nothingIsCalledBeforeItsTime() throws Exception {
    timers.callAt(10, called::add);
    clock.advance(9);
    assertThat(timers.callDue()).isFalse();
    assertThat(timers.nextDue()).isEqualTo(10);
    clock.advance(1);
    assertThat(timers.callDue()).isTrue();
    assertThat(called).containsExactly(10L);
    assertThat(timers.nextDue()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void dueCallbacksAreCalledInTheOrderOfTheirTimesThenOfTheirRegistration() throws Exception {
    List<String> order = new ArrayList<>();
    timers.callAt(5, due -> order.add("second"));
    timers.callAt(3, due -> order.add("first"));
    timers.callAt(5, due -> order.add("third"));
    clock.advance(5);
    timers.callDue();
    assertThat(order).containsExactly("first", "second", "third");
  }

  @Test
  void aCallbackThatRegistersItselfAgainDoesNotKeepTheTask() throws Exception {
    timers.callAt(0, this::again);
    timers.callDue();
    assertThat(called).containsExactly(0L);
    timers.callDue();
    assertThat(called).containsExactly(0L, 0L);
  }

  private void again(long due) {
    called.add(due);
    timers.callAt(due, this::again);
  }

  @Test
  void aPastTimeIsCalledAtTheNextOpportunity() throws Exception {
    clock.advance(100);
    timers.callAt(1, called::add);
    timers.callDue();
    assertThat(called).containsExactly(1L);
  }

  @Test
  void nothingIsCalledAfterTheTaskHasBegunToClose() throws Exception {
    timers.callAt(1, called::add);
    timers.clear();
    clock.advance(5);
    assertThat(timers.callDue()).isFalse();
    assertThat(called).isEmpty();
  }
}
