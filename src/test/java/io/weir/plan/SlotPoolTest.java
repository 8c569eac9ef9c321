package io.weir.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.snapshot.JobId;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotPoolTest {
  private static final JobId JOB = new JobId(1, 1);
  private static final JobId OTHER = new JobId(1, 2);
  private static final OptionalInt AS_MANY_AS_NEEDED = OptionalInt.empty();

  private static List<Integer> numbers(SlotPool pool, JobId job, int slots) {
    return IntStream.range(0, slots)
        .mapToObj(slot -> pool.taskManagerOf(job, slot).number())
        .toList();
  }

  @Test
  void slotsAreSpreadOverTheTaskManagersInOrder() throws Exception {
    SlotPool pool = SlotPool.of(3, AS_MANY_AS_NEEDED).allocate(JOB, 7);

    assertThat(numbers(pool, JOB, 7)).containsExactly(1, 2, 3, 1, 2, 3, 1);
  }

  @Test
  void theNextJobBeginsWhereTheFewestSlotsAreInUse() throws Exception {
    SlotPool pool = SlotPool.of(3, AS_MANY_AS_NEEDED).allocate(JOB, 1).allocate(OTHER, 3);

    assertThat(numbers(pool, OTHER, 3)).containsExactly(2, 3, 1);
  }

  @Test
  void slotsThatAJobHasGivenBackAreFree() throws Exception {
    SlotPool full = SlotPool.of(2, OptionalInt.of(2)).allocate(JOB, 3).allocate(OTHER, 1);

    SlotPool pool = full.release(JOB);

    assertThat(full.free()).isZero();
    assertThat(pool.free()).isEqualTo(3);
    assertThat(pool.total()).isEqualTo(4);
    assertThat(pool.allocate(JOB, 3).free()).isZero();
  }

  @Test
  void aJobThatNeedsMoreSlotsThanAreFreeIsRefusedWithBothNumbers() throws Exception {
    SlotPool pool = SlotPool.of(2, OptionalInt.of(2)).allocate(OTHER, 1);

    assertThatThrownBy(() -> pool.allocate(JOB, 4))
        .isInstanceOf(NoResourceAvailableException.class)
        .hasMessageContaining("needs 4 slots")
        .hasMessageContaining("3 of 4 are free")
        .hasMessageContaining("taskmanager.count: 2, taskmanager.numberOfTaskSlots: 2");
  }

  @Test
  void withoutANumberOfSlotsThereAreAsManyAsJobsHave() throws Exception {
    SlotPool pool = SlotPool.of(2, AS_MANY_AS_NEEDED).allocate(JOB, 5);

    assertThat(pool.total()).isEqualTo(5);
    assertThat(pool.free()).isZero();
    assertThat(pool.taskManagers()).extracting(pool::slots).containsExactly(3, 2);
    assertThat(SlotPool.of(2, AS_MANY_AS_NEEDED).total()).isZero();
  }

  @Test
  void inThePlaceOfATaskManagerThatIsLostThereIsAnotherWithTheSameSlots() throws Exception {
    SlotPool before = SlotPool.of(2, AS_MANY_AS_NEEDED).allocate(JOB, 3);
    TaskManagerId lost = before.taskManagers().get(0);

    SlotPool after = before.replace(lost);

    assertThat(after.taskManagers())
        .containsExactly(new TaskManagerId(1, 2), new TaskManagerId(2, 1));
    assertThat(after.taskManagerOf(JOB, 0)).isEqualTo(new TaskManagerId(1, 2));
    assertThat(after.taskManagerOf(JOB, 1)).isEqualTo(before.taskManagerOf(JOB, 1));
    assertThat(after.replace(lost)).as("it has been replaced already").isEqualTo(after);
  }

  @Test
  void whateverJobsComeAndGo_noTaskManagerHasMoreSlotsInUseThanItHas() throws Exception {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed * 31L);
      int slots = 1 + random.nextInt(4);
      SlotPool pool = SlotPool.of(1 + random.nextInt(4), OptionalInt.of(slots));
      for (int i = 0; i < 50; i++) {
        JobId job = new JobId(2, random.nextInt(6));
        pool = pool.release(job);
        if (random.nextInt(3) > 0) {
          int free = pool.free();
          int wanted = random.nextInt(free + 1);
          pool = pool.allocate(job, wanted);
          assertThat(pool.free()).isEqualTo(free - wanted);
        }
        assertThat(pool.taskManagers())
            .extracting(pool::used)
            .allMatch(used -> used >= 0 && used <= slots);
      }
    }
  }
}
