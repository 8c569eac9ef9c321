package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.JobClient;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.types.Types;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs of a {@code main} method. */
@Timeout(60)
class LocalJobTest {
  private static final Map<Long, Long> RESULT = new ConcurrentHashMap<>();

  @Test
  void aKeyedCountCountsEveryRecordOnce() throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(2);
    env.enableCheckpointing(50);
    env.fromSequence(1, 200_000)
        .keyBy(n -> n % 10, Types.LONG)
        .map(n -> 1L)
        .returns(Types.LONG)
        .keyBy(n -> n, Types.LONG)
        .sum(0)
        .map(n -> RESULT.merge(0L, n, Math::max))
        .returns(Types.LONG)
        .print();
    env.execute("count");
    assertThat(new TreeMap<>(RESULT)).containsEntry(0L, 200_000L);
  }

  @Test
  void twoJobsOfOneNameDoNotRunAtOnceInOneProcess() throws Exception {
    JobClient first = endless().executeAsync("endless");
    assertThatThrownBy(() -> endless().executeAsync("endless"))
        .hasStackTraceContaining("A job named 'endless' runs in this process already");
    first.cancel().get();
    JobClient second = endless().executeAsync("endless");
    second.cancel().get();
  }

  private static StreamExecutionEnvironment endless() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.enableCheckpointing(60_000);
    env.fromSource(
            PacedSource.of(1_000, 1), WatermarkStrategy.noWatermarks(), "numbers", Types.LONG)
        .print();
    return env;
  }
}
