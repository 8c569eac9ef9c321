package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.JobStatus;
import io.weir.config.Configuration;
import io.weir.job.checkpoints.TakenCheckpoint;
import io.weir.job.description.JobDescription;
import io.weir.job.local.SystemClock;
import io.weir.job.surroundings.Actor;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.job.surroundings.MainThread;
import io.weir.snapshot.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whoever stops a job with a savepoint hears what has become of it. */
class StopAnswerTest implements StopWithSavepoint.Master {
  private final CompletableFuture<String> answer = new CompletableFuture<>();
  private CompletableFuture<TakenCheckpoint> savepoint;
  private boolean toRun = true;
  private final List<Runnable> calls = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final StopWithSavepoint stop = stop();

  private StopWithSavepoint stop() {
    JobSurroundings surroundings =
        new JobSurroundings(
            new SystemClock(),
            Runnable::run,
            unwritten -> {},
            (timeMillis, action) -> calls.add(action),
            null,
            null,
            null,
            null,
            List.of(),
            null,
            null,
            null,
            "here");
    return new StopWithSavepoint(
        "orders",
        new JobJournal(
            new JobDescription(new JobId(1, 2), "orders", null, new Configuration()), surroundings),
        new MainThread(
            new Actor(
                Runnable::run,
                e -> {
                  throw new AssertionError(e);
                }),
            surroundings.timers(),
            surroundings.clock()),
        this);
  }

  private void begin() {
    stop.begin(answer, /* drains= */ false, request -> savepoint = request);
  }

  private void assertFails(String message) {
    assertThatThrownBy(() -> answer.get(0, TimeUnit.SECONDS)).hasMessageContaining(message);
  }

  @Test
  void whenTheJobHasFinished_theAnswerIsTheSavepoint() {
    begin();
    savepoint.complete(new TakenCheckpoint(3, "/s/3"));
    assertThat(answer).isNotDone();

    stop.jobEnded(JobStatus.FINISHED);

    assertThat(answer).isCompletedWithValue("/s/3");
  }

  @Test
  void whenTheJobIsCanceledBeforeItHasEnded_theAnswerSaysSo() {
    begin();
    toRun = false;
    savepoint.complete(new TakenCheckpoint(3, "/s/3"));

    stop.jobEnded(JobStatus.CANCELED);

    assertFails("Job 'orders' is CANCELED; the savepoint at /s/3 is complete.");
  }

  @Test
  void whenTheJobStartsAgainBehindTheSavepoint_theAnswerComesWhenItHasFinished() {
    begin();
    toRun = false;
    savepoint.complete(new TakenCheckpoint(3, "/s/3"));

    stop.resume("/s/3");
    assertThat(answer).isNotDone();
    stop.jobEnded(JobStatus.FINISHED);

    assertThat(answer).isCompletedWithValue("/s/3");
  }

  @Test
  void whenTheSavepointCannotBeUsed_theAnswerSaysThatTheJobGoesOn() {
    begin();
    savepoint.complete(new TakenCheckpoint(3, "/s/3"));

    stop.withdraw();

    assertFails("goes on");
    assertThat(stop.isUnderWay()).isFalse();
  }

  @Test
  void aJobThatComesBackBehindItsSavepointIsUnderWayToItsEnd() {
    stop.resume("/s/3");

    begin();

    assertFails("is being stopped with a savepoint already");
    assertThat(stop.reason()).isEqualTo("stopped with the savepoint at /s/3");
  }

  @Test
  void tasksThatDoNotEndInTimeFailTheJob_oncePerAttempt() {
    begin();
    savepoint.complete(new TakenCheckpoint(3, "/s/3"));
    stop.resume("/s/3");
    assertThat(calls).hasSize(2);

    calls.forEach(Runnable::run);

    assertThat(failures).hasSize(1);
  }

  @Test
  void whenTheSavepointFails_theJobCanBeStoppedAgain() {
    begin();
    savepoint.completeExceptionally(new IllegalStateException("expired"));

    assertFails("was not stopped with a savepoint: expired");
    assertThat(stop.isUnderWay()).isFalse();
  }

  /** Its tasks have not heard of each other: each fires its last timers when the barrier comes. */
  @Test
  void behindADrainThatHasFailedNoTaskStartsWithoutTheOthers() {
    stop.begin(answer, /* drains= */ true, request -> savepoint = request);
    assertThat(stop.tiesAllTasks()).isTrue();

    savepoint.completeExceptionally(new IllegalStateException("a task failed"));

    assertThat(stop.isUnderWay()).isFalse();
    assertThat(stop.tiesAllTasks()).isTrue();
    stop.allTasksStart();
    assertThat(stop.tiesAllTasks()).isFalse();
  }

  @Test
  void behindAStopWithoutDrainThatHasFailedTasksStartAlone() {
    begin();

    savepoint.completeExceptionally(new IllegalStateException("expired"));

    assertThat(stop.tiesAllTasks()).isFalse();
  }

  @Override
  public boolean isToRun() {
    return toRun;
  }

  @Override
  public void failed(Throwable cause) {
    failures.add(cause);
  }
}
