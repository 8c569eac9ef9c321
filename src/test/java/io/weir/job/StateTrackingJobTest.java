package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What a job's functions are given as their state. */
class StateTrackingJobTest {
  private static final Map<String, Boolean> MEASURED = new ConcurrentHashMap<>();
  private static final Map<String, Long> LAST = new ConcurrentHashMap<>();

  private static final class Count extends KeyedProcessFunction<Long, Long, Long> {
    private static final long serialVersionUID = 1L;
    private final String name;
    private transient ValueState<Long> count;

    Count(String name) {
      this.name = name;
    }

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
      MEASURED.put(name, Proxy.isProxyClass(count.getClass()));
    }

    @Override
    public void processElement(Long value, Context context, Collector<Long> out) throws Exception {
      long next = (count.value() == null ? 0 : count.value()) + 1;
      count.update(next);
      LAST.put(name, next);
    }
  }

  private static void run(String name, Map<String, String> configuration) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(configuration));
    env.setParallelism(1);
    env.fromSequence(1, 500)
        .keyBy(n -> 0L, Types.LONG)
        .process(new Count(name))
        .returns(Types.LONG)
        .uid("count")
        .print();
    env.execute(name);
    assertThat(LAST).containsEntry(name, 500L);
  }

  @Test
  void stateIsMeasuredOnlyIfItIsAskedFor() throws Exception {
    run("plain", Map.of());
    run("measured", Map.of("state.latency-track.keyed-state-enabled", "true"));
    assertThat(MEASURED).containsEntry("plain", false).containsEntry("measured", true);
  }
}
