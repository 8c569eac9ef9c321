package io.weir.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.datastream.DataStream;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.snapshot.TaskId;
import io.weir.snapshot.VertexId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PipelinedRegionsTest {
  private final StreamExecutionEnvironment env =
      new StreamExecutionEnvironment(
          new Configuration(),
          (name, transformations, settings) -> {
            throw new IllegalStateException("the test plans the job");
          });

  private DataStream<Long> source(String name, int parallelism) {
    return env.fromSequence(1, 10).name(name).setParallelism(parallelism);
  }

  private JobPlan plan() {
    return JobPlanner.plan("job", env.getTransformations(), env.getConfiguration());
  }

  /** Each region as its tasks' names: "vertex/subtask". */
  private List<Set<String>> regions() {
    JobPlan plan = plan();
    return PipelinedRegions.of(plan).regions().stream().map(region -> names(plan, region)).toList();
  }

  private static Set<String> names(JobPlan plan, Set<TaskId> region) {
    Set<String> names = new TreeSet<>();
    for (TaskId task : region) {
      String vertex = plan.vertex(task.vertex()).head().name();
      names.add(vertex.replaceFirst("^(Source|Sink): ", "") + "/" + task.subtask());
    }
    return names;
  }

  @Test
  void unconnectedPartsAreRegions() {
    source("a", 1).map(n -> n).setParallelism(2).name("m").print().setParallelism(2);
    source("b", 1).print().name("k").setParallelism(2);

    assertThat(regions())
        .containsExactlyInAnyOrder(Set.of("a/0", "m/0", "m/1"), Set.of("b/0", "k/0", "k/1"));
  }

  @Test
  void everySubtaskOfAChainIsARegion() {
    source("a", 3).print().setParallelism(3);

    assertThat(regions()).containsExactly(Set.of("a/0"), Set.of("a/1"), Set.of("a/2"));
  }

  @Test
  void aForwardEdgeBetweenChainsJoinsEqualSubtasksOnly() {
    source("a", 2)
        .map(n -> n)
        .startNewChain()
        .name("m")
        .setParallelism(2)
        .print()
        .setParallelism(2);

    assertThat(regions()).containsExactly(Set.of("a/0", "m/0"), Set.of("a/1", "m/1"));
  }

  @Test
  void aRescalingEdgeJoinsRunsOfSubtasks() {
    source("a", 4).rescale().map(n -> n).name("m").setParallelism(2).print().setParallelism(2);

    assertThat(regions()).containsExactly(Set.of("a/0", "a/1", "m/0"), Set.of("a/2", "a/3", "m/1"));
  }

  @Test
  void anAllToAllEdgeJoinsAllSubtasks() {
    source("a", 2)
        .keyBy(n -> n, Types.LONG)
        .sum(0)
        .name("s")
        .setParallelism(2)
        .print()
        .setParallelism(2);

    assertThat(regions()).containsExactly(Set.of("a/0", "a/1", "s/0", "s/1"));
  }

  @Test
  void oneAllToAllEdgeSomewhereJoinsAllThatIsBehindAndInFrontOfIt() {
    DataStream<Long> front = source("a", 2).map(n -> n).startNewChain().name("m").setParallelism(2);
    front.rebalance().map(n -> n).name("r").setParallelism(2).print().setParallelism(2);

    assertThat(regions()).containsExactly(Set.of("a/0", "a/1", "m/0", "m/1", "r/0", "r/1"));
  }

  @Test
  void aUnionJoinsWhatItUnites() {
    source("a", 1)
        .union(source("b", 1))
        .map(n -> n)
        .name("m")
        .setParallelism(1)
        .print()
        .setParallelism(1);
    source("c", 1).print().setParallelism(1);

    assertThat(regions()).containsExactlyInAnyOrder(Set.of("a/0", "b/0", "m/0"), Set.of("c/0"));
  }

  @Test
  void theStrategyFullTakesAllForOne() {
    source("a", 2).print().setParallelism(2);
    source("b", 1).print().setParallelism(1);
    JobPlan plan = plan();

    PipelinedRegions whole = PipelinedRegions.whole(plan);

    assertThat(whole.regions()).containsExactly(PipelinedRegions.of(plan).all());
  }

  @Test
  void eachTaskIsInOneRegion() {
    source("a", 3).rescale().map(n -> n).name("m").setParallelism(5).print().setParallelism(5);
    source("b", 2).print().setParallelism(2);
    PipelinedRegions regions = PipelinedRegions.of(plan());

    assertThat(regions.regions().stream().flatMap(Set::stream)).doesNotHaveDuplicates();
    for (TaskId task : PipelinedRegions.whole(plan()).all()) {
      assertThat(regions.of(task)).contains(task);
    }
  }

  @Test
  void aTaskOfAnotherJobIsRefused() {
    source("a", 1).print().setParallelism(1);
    PipelinedRegions regions = PipelinedRegions.of(plan());

    assertThatThrownBy(() -> regions.of(new TaskId(new VertexId(1, 2), 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
