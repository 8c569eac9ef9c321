package io.weir.job.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.connector.Boundedness;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Source;
import io.weir.api.connector.SourceReader;
import io.weir.api.connector.SourceReaderContext;
import io.weir.api.connector.SplitEnumerator;
import io.weir.api.connector.SplitEnumeratorContext;
import io.weir.api.connector.lib.NumberSequenceSource;
import io.weir.api.connector.lib.NumberSequenceSource.NumberSequenceSplit;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.engine.source.SourceRequest;
import io.weir.job.local.SystemClock;
import io.weir.job.surroundings.Actor;
import io.weir.job.surroundings.MainThread;
import io.weir.plan.JobPlan;
import io.weir.plan.JobPlanner;
import io.weir.plan.PlannedVertex;
import io.weir.snapshot.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceCoordinatorsTest {
  private static final Map<String, SplitEnumeratorContext<?>> CONTEXTS = new HashMap<>();

  private final List<Boolean> backlog = new ArrayList<>();
  private final JobPlan plan = plan();
  private final SourceCoordinators coordinators =
      new SourceCoordinators(
          plan,
          Set.of(),
          new MainThread(
              new Actor(
                  Runnable::run,
                  e -> {
                    throw new AssertionError(e);
                  }),
              (timeMillis, action) -> {},
              new SystemClock()),
          Runnable::run,
          e -> {
            throw new AssertionError(e);
          },
          (task, source, letter) -> {},
          backlog::add);

  private static JobPlan plan() {
    StreamExecutionEnvironment env =
        new StreamExecutionEnvironment(
            new Configuration(),
            (name, transformations, settings) -> {
              throw new IllegalStateException("the test runs the coordinators only");
            });
    for (String name : List.of("a", "b")) {
      env.fromSource(
              new Numbers(name, new NumberSequenceSource(1, 100)),
              WatermarkStrategy.noWatermarks(),
              name,
              Types.LONG)
          .setParallelism(2)
          .print()
          .setParallelism(2);
    }
    return JobPlanner.plan("job", env.getTransformations(), env.getConfiguration());
  }

  @BeforeEach
  void start() throws Exception {
    coordinators.start(OptionalLong.empty(), Map.of());
  }

  private TaskId reader(String source, int subtask) {
    PlannedVertex vertex = vertex(source);
    return new TaskId(vertex.id(), subtask);
  }

  private PlannedVertex vertex(String source) {
    return plan.vertices().stream()
        .filter(each -> each.head().name().endsWith(": " + source))
        .findFirst()
        .orElseThrow();
  }

  private void asksForASplit(String source, int subtask) {
    coordinators.request(vertex(source).head().id(), subtask, new SourceRequest.SplitRequest());
  }

  /** How many splits the source has left, as it would tell a checkpoint. */
  private byte[] left(String source, long checkpointId) throws Exception {
    return coordinators.snapshot(checkpointId).get(vertex(source).head().id());
  }

  @Test
  void aReaderThatFailedGivesBackWhatItGotSinceTheNewestCheckpoint() throws Exception {
    byte[] all = left("a", 1);
    asksForASplit("a", 0);
    byte[] one = left("a", 2);
    coordinators.checkpointCompleted(2);
    asksForASplit("a", 0);
    assertThat(left("a", 3)).isNotEqualTo(one);

    assertThat(coordinators.canReset(OptionalLong.of(2))).isTrue();
    coordinators.reset(Set.of(reader("a", 0)));

    assertThat(left("a", 4)).as("not the one that the checkpoint knows of").isEqualTo(one);
    assertThat(one).isNotEqualTo(all);
  }

  @Test
  void readersOfOtherRegionsKeepTheirSplits() throws Exception {
    asksForASplit("a", 0);
    byte[] before = left("a", 1);

    coordinators.reset(Set.of(reader("a", 1), reader("b", 0), reader("b", 1)));

    assertThat(left("a", 2)).isEqualTo(before);
  }

  @Test
  void noReaderGoesBackBehindTheNewestCheckpoint() throws Exception {
    assertThat(coordinators.canReset(OptionalLong.empty())).isTrue();

    coordinators.checkpointCompleted(7);

    assertThat(coordinators.canReset(OptionalLong.of(7))).isTrue();
    assertThat(coordinators.canReset(OptionalLong.of(6))).isFalse();
    assertThat(coordinators.canReset(OptionalLong.empty())).isFalse();
  }

  @Test
  void theJobWorksOffABacklogAsLongAsOneSourceDoes() {
    CONTEXTS.get("a").setIsProcessingBacklog(true);
    CONTEXTS.get("b").setIsProcessingBacklog(true);
    CONTEXTS.get("a").setIsProcessingBacklog(false);
    CONTEXTS.get("b").setIsProcessingBacklog(false);

    assertThat(backlog).containsExactly(true, true, true, false);
  }

  /** Numbers whose enumerator can be spoken to through its context. */
  private record Numbers(String name, NumberSequenceSource numbers)
      implements Source<Long, NumberSequenceSplit, List<NumberSequenceSplit>> {
    private static final long serialVersionUID = 1L;

    @Override
    public Boundedness getBoundedness() {
      return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, List<NumberSequenceSplit>> createEnumerator(
        SplitEnumeratorContext<NumberSequenceSplit> enumContext) throws Exception {
      CONTEXTS.put(name, enumContext);
      return numbers.createEnumerator(enumContext);
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, List<NumberSequenceSplit>> restoreEnumerator(
        SplitEnumeratorContext<NumberSequenceSplit> enumContext,
        List<NumberSequenceSplit> checkpoint)
        throws Exception {
      return numbers.restoreEnumerator(enumContext, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
      return numbers.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<List<NumberSequenceSplit>>
        getEnumeratorCheckpointSerializer() {
      return numbers.getEnumeratorCheckpointSerializer();
    }

    @Override
    public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext readerContext)
        throws Exception {
      return numbers.createReader(readerContext);
    }
  }
}
