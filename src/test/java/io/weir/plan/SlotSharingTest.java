package io.weir.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.snapshot.TaskId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotSharingTest {

  private static JobPlan plan(String groupOfLast) {
    StreamExecutionEnvironment env =
        new StreamExecutionEnvironment(
            new Configuration(),
            (name, transformations, settings) -> {
              throw new IllegalStateException("this job is only planned");
            });
    env.setParallelism(2);
    env.fromSequence(1, 10)
        .name("numbers")
        .keyBy(number -> number, Types.LONG)
        .sum(0)
        .setParallelism(3)
        .rebalance()
        .map(number -> number)
        .returns(Types.LONG)
        .name("last")
        .slotSharingGroup(groupOfLast)
        .print();
    return JobPlanner.plan("job", env.getTransformations(), env.getConfiguration());
  }

  private static List<Integer> slots(JobPlan plan, int vertex) {
    PlannedVertex planned = plan.vertices().get(vertex);
    SlotSharing sharing = SlotSharing.of(plan);
    return IntStream.range(0, planned.parallelism())
        .mapToObj(subtask -> sharing.slotOf().get(new TaskId(planned.id(), subtask)))
        .toList();
  }

  @Test
  void subtasksOfTheSameIndexShareASlot() {
    JobPlan plan = plan("default");

    assertThat(plan.vertices()).hasSize(3);
    assertThat(SlotSharing.of(plan).slots()).as("the largest parallelism").isEqualTo(3);
    assertThat(slots(plan, 0)).containsExactly(0, 1);
    assertThat(slots(plan, 1)).containsExactly(0, 1, 2);
    assertThat(slots(plan, 2)).containsExactly(0, 1);
  }

  @Test
  void anotherSlotSharingGroupHasSlotsOfItsOwn() {
    JobPlan plan = plan("other");

    assertThat(SlotSharing.of(plan).slots()).isEqualTo(5);
    assertThat(slots(plan, 1)).containsExactly(0, 1, 2);
    assertThat(slots(plan, 2)).containsExactly(3, 4);
  }
}
