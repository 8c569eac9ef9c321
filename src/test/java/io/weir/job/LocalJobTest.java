package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.types.Types;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
}
