package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.JobClient;
import io.weir.api.environment.RestoreReport;
import io.weir.api.environment.RestoreReport.Verdict;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.connector.generator.DataGeneratorSource;
import io.weir.connector.generator.GeneratorFunction;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** Jobs of a {@code main} method. */
class LocalJobTest {
  private static final Map<Long, Long> RESULT = new ConcurrentHashMap<>();
  private static final Set<Long> OWNERS = ConcurrentHashMap.newKeySet();
  private static final CyclicBarrier BOTH = new CyclicBarrier(2);

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
  void everySubtaskOfASourceHasAGeneratorOfItsOwn() throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(2);
    env.fromSource(
            new DataGeneratorSource<>(new OwnedGenerator(), 1_000, Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .map(owner -> OWNERS.add(owner))
        .returns(Types.BOOLEAN)
        .print();
    env.execute("generators");
    assertThat(OWNERS).as("threads that have generated").hasSize(2);
  }

  /** Belongs to the first thread that uses it. */
  private static final class OwnedGenerator implements GeneratorFunction<Long, Long> {
    private static final long serialVersionUID = 1L;
    private transient volatile Thread owner;

    @Override
    public Long map(Long number) throws Exception {
      Thread current = Thread.currentThread();
      if (owner == null) {
        owner = current;
        BOTH.await();
      }
      assertThat(owner).as("the thread of number %s", number).isSameAs(current);
      return current.getId();
    }
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

  @Test
  void aMainMethodAsksWhetherItsJobWouldStart() throws Exception {
    StreamExecutionEnvironment env = endless();

    assertThat(env.dryRun("fresh", /* openFunctions= */ false).verdict()).isEqualTo(Verdict.STARTS);

    env.configure(Configuration.fromMap(Map.of("execution.state-recovery.path", "/no/snapshot")));
    RestoreReport report = env.dryRun("lost", /* openFunctions= */ false);
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(report.reason()).contains("/no/snapshot");
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
