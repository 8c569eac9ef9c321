package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.JobStatus;
import io.weir.config.Configuration;
import io.weir.config.TaskManagerOptions;
import io.weir.job.history.FailoverScope;
import io.weir.job.history.FailureRecord;
import io.weir.job.local.InMemoryCatalog;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.plan.NoResourceAvailableException;
import io.weir.plan.TaskManagerId;
import io.weir.snapshot.JobId;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real threads and files: a task manager is lost, or has no slot left. */
class LostTaskManagerTest {
  private static final TaskManagerId FIRST = new TaskManagerId(1, 1);

  @TempDir private Path directory;
  private final JobCatalog catalog = new InMemoryCatalog();
  private final Configuration configuration = new Configuration();

  private TestServer server() {
    return new TestServer(catalog, directory.resolve("checkpoints"), configuration);
  }

  /** A job that survives one failure. */
  private RegionsJob job(String output) {
    return new RegionsJob(directory.resolve(output), Set.of("chain"), "region", 1);
  }

  private static List<Integer> runsOf(RegionsJob job, String part) {
    return IntStream.range(0, RegionsJob.PARALLELISM)
        .mapToObj(subtask -> job.opened(part, subtask).size())
        .toList();
  }

  private FailureRecord onlyFailure(JobId id) throws CatalogException {
    List<FailureRecord> failures = catalog.failures(id, 10);
    assertThat(failures).hasSize(1);
    return failures.get(0);
  }

  @Test
  void itsTasksFailTogetherWithTheirRegions_allOthersRunOn_andAllIsWrittenOnce() throws Exception {
    configuration.set(TaskManagerOptions.NUM_TASK_MANAGERS, 2);
    try (TestServer server = server()) {
      RegionsJob job = job("out").with(() -> lose(server));
      JobId id = server.with(job).dispatcher().start(job.name());

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);

      assertThat(runsOf(job, "left")).as("half of it was there").containsExactly(2, 2);
      assertThat(runsOf(job, "right")).as("half of it was there").containsExactly(2, 2);
      assertThat(runsOf(job, "chain")).as("one of two regions was there").containsExactly(2, 1);
      assertThat(job.written()).isEqualTo(job.expected());
      FailureRecord failure = onlyFailure(id);
      assertThat(failure.stackTrace()).contains("Task manager localhost:1-1 is lost", "a drill");
      assertThat(failure.taskName()).isNull();
      assertThat(failure.failover()).isEqualTo(FailoverScope.REGION);
      server
          .view(id)
          .taskManagers()
          .forEach(
              (task, place) ->
                  assertThat(place)
                      .isEqualTo(task.subtask() == 0 ? FIRST.next() : new TaskManagerId(2, 1)));
    }
  }

  private static void lose(TestServer server) {
    assertThat(server.dispatcher().taskManagers().lose(FIRST, "a drill")).contains(FIRST.next());
  }

  @Test
  void withAVirtualMachineInAnUnknownState_theTaskManagerIsLost() throws Exception {
    RegionsJob job =
        job("out")
            .with(
                () -> {
                  throw new InternalError("a fault in mapped memory");
                });
    try (TestServer server = server().with(job)) {
      JobId id = server.dispatcher().start(job.name());

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);

      assertThat(runsOf(job, "left")).containsExactly(2, 2);
      assertThat(runsOf(job, "chain")).containsExactly(2, 2);
      assertThat(job.written()).isEqualTo(job.expected());
      assertThat(onlyFailure(id).stackTrace())
          .contains("Task manager localhost:1-1 is lost", "chain map", "a fault in mapped memory");
    }
  }

  @Test
  void allJobsInItsSlotsFailWithIt_eachOnce() throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    RegionsJob other = job("other").with(lost::await);
    try (TestServer server = server().with(other)) {
      RegionsJob job =
          job("out")
              .with(
                  () -> {
                    lose(server);
                    lost.countDown();
                  });
      JobId otherId = server.with(job).dispatcher().start(other.name());
      TestServer.until(() -> server.view(otherId).status() == JobStatus.RUNNING);
      JobId id = server.dispatcher().start(job.name());

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(server.end(otherId)).isEqualTo(JobStatus.FINISHED);

      for (RegionsJob each : List.of(job, other)) {
        assertThat(runsOf(each, "right")).containsExactly(2, 2);
        assertThat(each.written()).isEqualTo(each.expected());
      }
      assertThat(onlyFailure(id).failover()).isEqualTo(FailoverScope.JOB);
      assertThat(onlyFailure(otherId).stackTrace()).contains("localhost:1-1 is lost");
    }
  }

  @Test
  void aJobForWhichThereAreNotEnoughSlotsIsRefused_untilAnotherHasGivenSomeBack() throws Exception {
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, 3);
    CountDownLatch held = new CountDownLatch(1);
    RegionsJob first = job("first").with(held::await);
    RegionsJob second = job("second").with(() -> {});
    try (TestServer server = server().with(first).with(second)) {
      JobId id = server.dispatcher().start(first.name());

      assertThatThrownBy(() -> server.dispatcher().start(second.name()))
          .isInstanceOf(NoResourceAvailableException.class)
          .hasMessageContaining("needs 2 slots")
          .hasMessageContaining("1 of 3 are free");
      assertThat(catalog.jobNamed(second.name())).isEmpty();

      CompletableFuture<JobStatus> end = server.dispatcher().cancel(id);
      held.countDown();
      assertThat(end.get()).isEqualTo(JobStatus.CANCELED);
      assertThat(server.end(server.dispatcher().start(second.name())))
          .isEqualTo(JobStatus.FINISHED);
      assertThat(server.dispatcher().taskManagers().pool().free()).isEqualTo(3);
    }
  }
}
