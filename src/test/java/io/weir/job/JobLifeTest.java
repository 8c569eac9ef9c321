package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.snapshot.TaskId;
import io.weir.snapshot.VertexId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobLifeTest {
  private static final TaskId A = new TaskId(new VertexId(1, 2), 0);
  private static final TaskId B = new TaskId(new VertexId(1, 2), 1);

  private final JobLife life = new JobLife();

  /** All tasks run. */
  private void runs() {
    life.preparing();
    life.prepared();
    life.deployed();
  }

  @Test
  void aJobFinishesWhenAllItsTasksHave() {
    runs();

    assertThat(life.next(false)).isEqualTo(JobLife.Next.WAIT);
    assertThat(life.next(true)).isEqualTo(JobLife.Next.FINISHED);
  }

  @Test
  void whatHasFailedRestartsOnce() {
    runs();
    life.restart(Set.of(A));
    assertThat(life.next(false)).isEqualTo(JobLife.Next.RESTART);

    int wait = life.waiting();

    assertThat(life.next(false)).as("the next attempt is under way").isEqualTo(JobLife.Next.WAIT);
    assertThat(life.isWaiting(wait)).isTrue();
    life.preparing();
    assertThat(life.isWaiting(wait)).isFalse();
    assertThat(life.restarting()).containsExactly(A);
    life.prepared();
    life.deployed();
    assertThat(life.restarting()).isEmpty();
  }

  @Test
  void aFailureElsewhereCallsOffARestartThatWaits() {
    runs();
    life.restart(Set.of(A));
    int first = life.waiting();

    life.restart(Set.of(B));

    assertThat(life.isWaiting(first)).isFalse();
    assertThat(life.next(false)).isEqualTo(JobLife.Next.RESTART);
    assertThat(life.restarting()).containsExactlyInAnyOrder(A, B);
    int second = life.waiting();
    assertThat(life.isWaiting(first)).as("its time may still come").isFalse();
    assertThat(life.isWaiting(second)).isTrue();
  }

  @Test
  void aFailureElsewhereWhileARestartIsPreparedWaitsForItsOutcome() {
    runs();
    life.restart(Set.of(A));
    life.waiting();
    life.preparing();

    life.restart(Set.of(B));

    assertThat(life.next(false)).isEqualTo(JobLife.Next.WAIT);
    life.prepared();
    assertThat(life.next(false)).isEqualTo(JobLife.Next.RESTART);
    assertThat(life.restarting()).containsExactlyInAnyOrder(A, B);
  }

  @Test
  void whatIsAskedForGoesBeforeARestart() {
    runs();
    life.restart(Set.of(A));
    life.suspend();
    assertThat(life.next(false)).isEqualTo(JobLife.Next.SUSPENDED);
    life.cancel();
    assertThat(life.next(false)).isEqualTo(JobLife.Next.CANCELED);
    assertThat(life.isGivenUp()).isTrue();
  }

  @Test
  void aJobThatIsGivenUpFailsWhenItsTasksHaveEnded() {
    runs();
    life.restart(Set.of(A));
    life.fail();

    assertThat(life.next(false)).isEqualTo(JobLife.Next.FAILED);
  }
}
