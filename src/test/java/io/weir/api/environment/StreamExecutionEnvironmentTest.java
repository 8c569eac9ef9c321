package io.weir.api.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.graph.Transformation;
import io.weir.api.state.HashMapStateBackend;
import io.weir.api.types.Tuple2;
import io.weir.api.types.TypeHint;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.config.CheckpointingMode;
import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.config.IllegalConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StreamExecutionEnvironmentTest {
  private record Submission(
      String name, List<Transformation<?>> transformations, Configuration configuration) {}

  private final List<Submission> submissions = new ArrayList<>();
  private CompletableFuture<JobExecutionResult> outcome = new CompletableFuture<>();
  private final StreamExecutionEnvironment env =
      new StreamExecutionEnvironment(new Configuration(), this::submit);

  private JobClient submit(
      String name, List<Transformation<?>> transformations, Configuration configuration) {
    submissions.add(new Submission(name, transformations, configuration));
    return new FinishedJob(outcome);
  }

  private record FinishedJob(CompletableFuture<JobExecutionResult> getJobExecutionResult)
      implements JobClient {
    @Override
    public String getJobID() {
      return "00000000000000000000000000000001";
    }

    @Override
    public CompletableFuture<JobStatus> getJobStatus() {
      return CompletableFuture.completedFuture(JobStatus.FINISHED);
    }

    @Override
    public CompletableFuture<Void> cancel() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<String> stopWithSavepoint(
        boolean drain, String directory, SavepointFormatType formatType) {
      return CompletableFuture.completedFuture(directory);
    }

    @Override
    public CompletableFuture<String> triggerSavepoint(
        String directory, SavepointFormatType formatType) {
      return CompletableFuture.completedFuture(directory);
    }
  }

  @Test
  void executeHandsGraphAndSettingsToTheExecutor() throws Exception {
    outcome.complete(new JobExecutionResult("1", Duration.ofSeconds(3)));
    env.enableCheckpointing(500, CheckpointingMode.AT_LEAST_ONCE);
    env.fromSequence(1, 3).map(n -> n + 1).print();

    assertThat(env.execute("count").getNetRuntime()).isEqualTo(3000);

    Submission submission = submissions.get(0);
    assertThat(submission.name()).isEqualTo("count");
    assertThat(submission.transformations())
        .extracting(Transformation::name)
        .containsExactly("Sequence Source", "Map", "Print to Std. Out");
    assertThat(submission.configuration().get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofMillis(500));
    assertThat(submission.configuration().get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE))
        .isEqualTo(CheckpointingMode.AT_LEAST_ONCE);
  }

  @Test
  void whenTheJobFails_thenExecuteThrowsItsReason() {
    outcome.completeExceptionally(new IllegalStateException("the disk is full"));

    assertThatThrownBy(env::execute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the disk is full");
  }

  @Test
  void theEnvironmentInScopeIsTheOneThatProgramsGet() throws Exception {
    StreamExecutionEnvironment inner =
        env.callInScope(StreamExecutionEnvironment::getExecutionEnvironment);

    assertThat(inner).isSameAs(env);
    assertThat(StreamExecutionEnvironment.getExecutionEnvironment()).isNotSameAs(env);
  }

  @Test
  void scopesNestAndEndWithAnException() {
    StreamExecutionEnvironment other = StreamExecutionEnvironment.createLocalEnvironment();
    assertThatThrownBy(
            () ->
                env.callInScope(
                    () -> {
                      other.callInScope(() -> null);
                      assertThat(StreamExecutionEnvironment.getExecutionEnvironment())
                          .isSameAs(env);
                      throw new IllegalStateException("in define");
                    }))
        .hasMessage("in define");
    assertThat(StreamExecutionEnvironment.getExecutionEnvironment()).isNotSameAs(env);
  }

  @Test
  void aValueThatIsNotAllowedIsRefusedWhereItIsSet() {
    assertThatThrownBy(() -> env.enableCheckpointing(9))
        .isInstanceOf(IllegalConfigurationException.class)
        .hasMessageContaining("execution.checkpointing.interval");
    assertThatThrownBy(() -> env.setParallelism(0))
        .isInstanceOf(IllegalConfigurationException.class)
        .hasMessageContaining("parallelism.default");
  }

  @Test
  void theRememberedMethodsOfFlink1SetTheOptionsOfFlink2() {
    env.setStateBackend(new HashMapStateBackend());
    env.setRestartStrategy(RestartStrategies.fixedDelayRestart(3, 250));

    assertThat(env.getConfiguration().toMap())
        .containsEntry("state.backend.type", "hashmap")
        .containsEntry("restart-strategy.type", "fixed-delay")
        .containsEntry("restart-strategy.fixed-delay.attempts", "3")
        .containsEntry("restart-strategy.fixed-delay.delay", "250 ms");
  }

  @Test
  void theTypeOfGivenValuesIsFoundWhereTheyTell() {
    assertThat(env.fromData("a", "b").getType()).isEqualTo(Types.STRING);
    assertThat(env.fromData(Tuple2.of("a", 1L), Tuple2.of("b", 2L)).getType())
        .isEqualTo(TypeInformation.of(new TypeHint<Tuple2<String, Long>>() {}));
    assertThat(env.fromData(List.<Object>of("a", 1)).getTransformation().outputType()).isNull();
    assertThat(env.fromData(List.<String>of()).getTransformation().outputType()).isNull();
    assertThat(env.fromData(List.of(), Types.LONG).getType()).isEqualTo(Types.LONG);
  }

  @Test
  void aValueThatIsNotSerializableIsRefusedWithItsClass() {
    assertThatThrownBy(() -> env.fromData(new Object()))
        .hasMessageContaining("Value 0")
        .hasMessageContaining("java.lang.Object");
  }
}
