package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.StateBackendFactory;
import io.weir.state.heap.HeapStateBackendFactory;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** When tasks give their state time to clean up. */
class StateCleanUpTest {
  private final Feed<String> feed = new Feed<>("clean-up");
  private final Backends backends = new Backends();

  /** Keyed state on the heap that counts how often it may clean up. */
  private static final class Backends implements StateBackendFactory {
    private final StateBackendFactory heap = new HeapStateBackendFactory();
    private int cleanUps;

    /** So often there is something to do. */
    private int work;

    @Override
    public String name() {
      return heap.name();
    }

    @Override
    @SuppressWarnings("unchecked") // a proxy of what it stands for
    public <K> KeyedStateBackend<K> create(KeyedBackendParameters<K> parameters)
        throws IOException {
      KeyedStateBackend<K> backend = heap.create(parameters);
      return (KeyedStateBackend<K>)
          Proxy.newProxyInstance(
              KeyedStateBackend.class.getClassLoader(),
              new Class<?>[] {KeyedStateBackend.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("cleanUp")) {
                  cleanUps++;
                  return work-- > 0;
                }
                return method.invoke(backend, arguments);
              });
    }
  }

  private void count(StreamExecutionEnvironment env) {
    env.fromSource(feed, WatermarkStrategy.noWatermarks(), "feed", Types.STRING)
        .keyBy(value -> value, Types.STRING)
        .process(new Forget())
        .returns(Types.STRING)
        .name("forget")
        .uid("forget");
  }

  private static final class Forget extends KeyedProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(String value, Context context, Collector<String> out) {}
  }

  @Test
  void aTaskWithoutAnythingToDoGoesOnUntilAllIsClean() {
    backends.work = 1_000;
    SteppedJob job = SteppedJob.of(backends, this::count);
    job.settle();
    assertThat(backends.work).as("done, and asked once more").isEqualTo(-1);
    assertThat(job.task("forget").step()).as("there is nothing left to do").isFalse();
  }

  @Test
  void aTaskThatIsAlwaysBusyCleansUpNowAndThen() {
    SteppedJob job = SteppedJob.of(backends, this::count);
    job.settle();
    Task task = job.task("forget");
    backends.cleanUps = 0;
    int steps = 0;
    while (backends.cleanUps == 0 && steps < 1_000) {
      feed.give(0, "record");
      job.settle(job.task("feed"));
      assertThat(task.step()).as("there is a record").isTrue();
      steps++;
    }
    assertThat(backends.cleanUps).isEqualTo(1);
    assertThat(steps).as("records come first").isGreaterThan(10);
  }
}
