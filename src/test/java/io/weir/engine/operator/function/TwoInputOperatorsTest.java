package io.weir.engine.operator.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.functions.KeySelector;
import io.weir.api.functions.co.BroadcastProcessFunction;
import io.weir.api.functions.co.CoFlatMapFunction;
import io.weir.api.functions.co.CoMapFunction;
import io.weir.api.functions.co.CoProcessFunction;
import io.weir.api.functions.co.KeyedBroadcastProcessFunction;
import io.weir.api.functions.co.KeyedCoProcessFunction;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.OutputTag;
import io.weir.api.types.Types;
import io.weir.testkit.OperatorHarness;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@SuppressWarnings("SameNameButDifferent") // authors write Context as well
class TwoInputOperatorsTest {
  private static final KeySelector<String, String> FIRST_LETTER = value -> value.substring(0, 1);
  private static final OutputTag<String> SIDE = new OutputTag<>("side", Types.STRING);
  private static final MapStateDescriptor<String, String> NAMES =
      new MapStateDescriptor<>("names", Types.STRING, Types.STRING);

  @Test
  void coMapCallsTheMethodOfTheInput() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                new CoMapOperator<>(
                    new CoMapFunction<String, Integer, String>() {
                      private static final long serialVersionUID = 1L;

                      @Override
                      public String map1(String value) {
                        return "first " + value;
                      }

                      @Override
                      public String map2(Integer value) {
                        return "second " + value;
                      }
                    },
                    null,
                    null))
            .open();
    harness.first().element("a", 1);
    harness.second().element(2, 3);
    assertThat(harness.drain()).containsExactly("first a@1", "second 2@3");
  }

  @Test
  void coFlatMapMayEmitNothing() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                new CoFlatMapOperator<>(
                    new CoFlatMapFunction<String, String, String>() {
                      private static final long serialVersionUID = 1L;

                      @Override
                      public void flatMap1(String value, Collector<String> out) {
                        out.collect(value);
                        out.collect(value);
                      }

                      @Override
                      public void flatMap2(String value, Collector<String> out) {}
                    },
                    null,
                    null))
            .open();
    harness.first().element("a", 1);
    harness.second().element("b", 1);
    assertThat(harness.drain()).containsExactly("a@1", "a@1");
  }

  @Test
  void theSmallerWatermarkCountsAndAnIdleInputDoesNotHoldBack() throws Exception {
    OperatorHarness harness = OperatorHarness.of(new CoProcessOperator<>(new Watching())).open();
    harness.first().watermark(10);
    assertThat(harness.drain()).isEmpty();
    harness.second().watermark(4);
    harness.second().watermark(7);
    assertThat(harness.drain()).containsExactly("W4", "W7");
    harness.second().idleness(true);
    assertThat(harness.drain()).containsExactly("W10");
    harness.first().idleness(true);
    harness.first().idleness(false);
    assertThat(harness.drain()).containsExactly("idle", "active");
    harness.second().watermark(9);
    harness.first().watermark(20);
    assertThat(harness.drain()).as("a combined watermark does not go back").isEmpty();
    harness.second().watermark(15);
    assertThat(harness.drain()).containsExactly("W15");
    harness.first().element("a", 1);
    assertThat(harness.drain()).containsExactly("a 15@1", "side:a@1");
  }

  @Test
  void keyedCoProcessSharesStateAndTimersBetweenItsInputs() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(new KeyedCoProcessOperator<>(new Joining(), FIRST_LETTER, FIRST_LETTER))
            .open();
    harness.first().element("a1", 10);
    harness.second().element("a2", 11);
    harness.second().element("b2", 12);
    harness.first().watermark(30);
    harness.second().watermark(22);
    assertThat(harness.drain())
        .containsExactly("a2 meets a1@11", "b2 meets null@12", "timer a@20", "W22");
  }

  @Test
  void aCoProcessFunctionOnKeyedStreamsHasTimers() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(new TimerCoProcessOperator<>(new Timing(), FIRST_LETTER, FIRST_LETTER))
            .open();
    harness.first().element("a", 1);
    harness.second().element("b", 1);
    harness.first().watermark(5);
    harness.second().watermark(5);
    assertThat(harness.drain()).containsExactly("timer 5@5", "timer 5@5", "W5");
  }

  @Test
  void broadcastStateIsWrittenByOneInputAndReadByTheOther() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(new BroadcastProcessOperator<>(new Naming(NAMES), List.of(NAMES)))
            .open();
    harness.first().element("JFK", 1);
    harness.second().element("JFK=New York", 2);
    harness.first().element("JFK", 3);
    assertThat(harness.drain()).containsExactly("null@1", "side:new@2", "New York@3");

    OperatorHarness after =
        OperatorHarness.restored(
                new BroadcastProcessOperator<>(new Naming(NAMES), List.of(NAMES)),
                harness.snapshot(1))
            .open();
    after.first().element("JFK", 4);
    assertThat(after.drain()).containsExactly("New York@4");
  }

  @Test
  void aBroadcastStateThatWasNotDeclaredIsRefused() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(new BroadcastProcessOperator<>(new Naming(NAMES), List.of())).open();
    assertThatThrownBy(() -> harness.first().element("JFK", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names")
        .hasMessageContaining("broadcast(");
  }

  @Test
  void aKeyedBroadcastFunctionVisitsAllKeysAndHasTimers() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                new KeyedBroadcastProcessOperator<>(new Adding(), FIRST_LETTER, List.of(NAMES)))
            .open();
    harness.first().element("a", 1);
    harness.first().element("b", 1);
    harness.first().element("a", 1);
    harness.second().element("report", 2);
    harness.first().watermark(9);
    harness.second().watermark(9);
    assertThat(harness.drain())
        .endsWith("W9")
        .containsExactlyInAnyOrder(
            "a has 2@2", "b has 1@2", "timer a null@5", "timer b null@5", "W9");
  }

  @Test
  void aCheckedExceptionOfAVisitComesOutAsItIs() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                new KeyedBroadcastProcessOperator<>(new Adding(), FIRST_LETTER, List.of(NAMES)))
            .open();
    harness.first().element("a", 1);
    assertThatThrownBy(() -> harness.second().element("fail", 2))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("fail");
  }

  private static final class Watching extends CoProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement1(String value, Context ctx, Collector<String> out) {
      out.collect(value + " " + ctx.timerService().currentWatermark());
      ctx.output(SIDE, value);
    }

    @Override
    public void processElement2(String value, Context ctx, Collector<String> out) {}
  }

  private static final class Timing extends CoProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement1(String value, Context ctx, Collector<String> out) {
      ctx.timerService().registerEventTimeTimer(5);
    }

    @Override
    public void processElement2(String value, Context ctx, Collector<String> out) {
      ctx.timerService().registerEventTimeTimer(5);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
      out.collect("timer " + ctx.timestamp());
    }
  }

  private static final class Joining
      extends KeyedCoProcessFunction<String, String, String, String> {
    private static final long serialVersionUID = 1L;

    private ValueState<String> left() {
      return getRuntimeContext().getState(new ValueStateDescriptor<>("left", Types.STRING));
    }

    @Override
    public void processElement1(String value, Context ctx, Collector<String> out) throws Exception {
      left().update(value);
      ctx.timerService().registerEventTimeTimer(20);
    }

    @Override
    public void processElement2(String value, Context ctx, Collector<String> out) throws Exception {
      out.collect(value + " meets " + left().value());
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
      out.collect("timer " + ctx.getCurrentKey());
    }
  }

  private static final class Naming extends BroadcastProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1L;
    private final MapStateDescriptor<String, String> descriptor;

    Naming(MapStateDescriptor<String, String> descriptor) {
      this.descriptor = descriptor;
    }

    @Override
    public void processElement(String value, ReadOnlyContext ctx, Collector<String> out)
        throws Exception {
      out.collect(ctx.getBroadcastState(descriptor).get(value));
    }

    @Override
    public void processBroadcastElement(String value, Context ctx, Collector<String> out)
        throws Exception {
      int equals = value.indexOf('=');
      ctx.getBroadcastState(descriptor)
          .putAll(Map.of(value.substring(0, equals), value.substring(equals + 1)));
      ctx.output(SIDE, "new");
    }
  }

  private static final class Adding
      extends KeyedBroadcastProcessFunction<String, String, String, String> {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<Integer> COUNT =
        new ValueStateDescriptor<>("count", Types.INT, 0);

    @Override
    public void processElement(String value, ReadOnlyContext ctx, Collector<String> out)
        throws Exception {
      ValueState<Integer> count = getRuntimeContext().getState(COUNT);
      count.update(count.value() + 1);
      ctx.timerService().registerEventTimeTimer(5);
    }

    @Override
    public void processBroadcastElement(String value, Context ctx, Collector<String> out)
        throws Exception {
      ctx.applyToKeyedState(
          COUNT,
          (key, state) -> {
            if (value.equals("fail")) {
              throw new IOException("fail");
            }
            out.collect(key + " has " + state.value());
          });
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out)
        throws Exception {
      out.collect("timer " + ctx.getCurrentKey() + " " + ctx.getBroadcastState(NAMES).get("x"));
    }
  }
}
