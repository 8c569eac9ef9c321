package io.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.JobStatus;
import io.weir.job.history.AttemptRecord;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.DecisionRecord;
import io.weir.job.history.FailoverScope;
import io.weir.job.history.FailureRecord;
import io.weir.job.history.JobRecord;
import io.weir.job.history.OperatorRecord;
import io.weir.job.history.Ownership;
import io.weir.job.history.SubtaskRecord;
import io.weir.job.history.Verification;
import io.weir.job.history.VertexRecord;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.job.surroundings.JobNameTakenException;
import io.weir.job.surroundings.LeaseHeldException;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorSizes;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.StateSize;
import io.weir.snapshot.VertexId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every catalog must do. */
public abstract class JobCatalogContract {
  private static final JobId JOB = new JobId(1, 0x0a);
  private static final JobId OTHER = new JobId(2, 0x0b);
  private static final OptionalLong TAKE = OptionalLong.empty();
  private static final List<OperatorRecord> OPERATORS =
      List.of(
          new OperatorRecord(
              new OperatorId(5, 6),
              "flights",
              "Source: flights",
              new OperatorSizes(
                  6L << 33,
                  7L << 33,
                  3,
                  4,
                  List.of(
                      new StateSize("read \"so\" far", StateKind.OPERATOR_LIST, 5, 6),
                      new StateSize("seen", StateKind.VALUE, 0, 6L << 33)))),
          new OperatorRecord(new OperatorId(7, 8), null, "Map", OperatorSizes.NONE));

  private JobCatalog catalog;

  /** An empty catalog, which lives until the end of the test. */
  protected abstract JobCatalog emptyCatalog() throws Exception;

  @BeforeEach
  void makeCatalog() throws Exception {
    catalog = emptyCatalog();
  }

  // --- jobs

  @Test
  void aRegisteredJobIsFoundByIdAndName() throws Exception {
    JobRecord job = catalog.register(JOB, "flights", Map.of("a", "1", "b", ""), 100);

    assertThat(job)
        .isEqualTo(
            new JobRecord(
                JOB, "flights", JobStatus.CREATED, 100, 100, -1, Map.of("a", "1", "b", "")));
    assertThat(catalog.job(JOB)).contains(job);
    assertThat(catalog.jobNamed("flights")).contains(job);
    assertThat(catalog.jobs()).containsExactly(job);
  }

  @Test
  void whatIsUnknownIsAbsent() throws Exception {
    assertThat(catalog.jobs()).isEmpty();
    assertThat(catalog.job(JOB)).isEmpty();
    assertThat(catalog.jobNamed("flights")).isEmpty();
    assertThat(catalog.attempts(JOB, 10)).isEmpty();
    assertThat(catalog.failures(JOB, 10)).isEmpty();
    assertThat(catalog.decisions(JOB, 10)).isEmpty();
    assertThat(catalog.checkpoints(JOB, 10)).isEmpty();
    assertThat(catalog.restorePoints(JOB)).isEmpty();
    assertThat(catalog.leftovers(JOB)).isEmpty();
    assertThat(catalog.checkpoint(JOB, 1)).isEmpty();
  }

  @Test
  void jobsAreListedNewestFirstAlsoWithinAMillisecond() throws Exception {
    register(OTHER, "first");
    register(JOB, "second");

    assertThat(catalog.jobs()).extracting(JobRecord::id).containsExactly(JOB, OTHER);
  }

  @Test
  void jobsThatAreKnownNeedNotBeListed() throws Exception {
    register(OTHER, "first");
    register(JOB, "second");

    assertThat(catalog.jobsBesides(Set.of(JOB))).extracting(JobRecord::id).containsExactly(OTHER);
    assertThat(catalog.jobsBesides(Set.of(JOB, OTHER))).isEmpty();
    assertThat(catalog.jobsBesides(Set.of())).isEqualTo(catalog.jobs());
  }

  @Test
  void aNameBelongsToOneActiveJob() throws Exception {
    register(JOB, "flights");

    assertThatThrownBy(() -> register(OTHER, "flights"))
        .isInstanceOf(JobNameTakenException.class)
        .hasMessageContaining("flights")
        .hasMessageContaining(JOB.toString());
    assertThat(catalog.jobs()).hasSize(1);
  }

  @Test
  void whileAJobIsSuspendedItsNameIsTaken() throws Exception {
    register(JOB, "flights");
    catalog.statusChanged(JOB, JobStatus.SUSPENDED, "asked to", 200);

    assertThatThrownBy(() -> register(OTHER, "flights")).isInstanceOf(JobNameTakenException.class);
  }

  @Test
  void whenAJobHasEnded_thenItsNameIsFree() throws Exception {
    register(JOB, "flights");
    catalog.statusChanged(JOB, JobStatus.CANCELED, "asked to", 200);

    register(OTHER, "flights");

    assertThat(catalog.jobNamed("flights").orElseThrow().id()).isEqualTo(OTHER);
    assertThat(catalog.job(JOB).orElseThrow().status()).isEqualTo(JobStatus.CANCELED);
  }

  @Test
  void registeringTheSameJobAgainChangesNothing() throws Exception {
    register(JOB, "flights");
    catalog.statusChanged(JOB, JobStatus.RUNNING, "all tasks run", 200);

    JobRecord again = catalog.register(JOB, "flights", Map.of(), 300);

    assertThat(again.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(catalog.jobs()).containsExactly(again);
  }

  @Test
  void ofManyRegistrationsOfOneNameAtOnceOneWins() throws Exception {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      JobId id = new JobId(7, i);
      calls.add(
          () -> {
            try {
              register(id, "flights");
              return true;
            } catch (JobNameTakenException e) {
              return false;
            }
          });
    }

    assertThat(atOnce(calls)).containsOnlyOnce(true);
    assertThat(catalog.jobs()).hasSize(1);
  }

  @Test
  void aStatusIsKeptWithItsTimeAndReason() throws Exception {
    register(JOB, "flights");

    catalog.statusChanged(JOB, JobStatus.RUNNING, "all tasks run", 250);

    JobRecord job = catalog.job(JOB).orElseThrow();
    assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(job.statusSinceMillis()).isEqualTo(250);
    assertThat(job.endedMillis()).isEqualTo(-1);
    assertThat(catalog.decisions(JOB, 1))
        .containsExactly(new DecisionRecord(JOB, 250, "RUNNING", "all tasks run"));
  }

  @Test
  void aTerminalStatusEndsTheJob() throws Exception {
    register(JOB, "flights");

    catalog.statusChanged(JOB, JobStatus.FINISHED, "all tasks have finished", 300);

    assertThat(catalog.job(JOB).orElseThrow().endedMillis()).isEqualTo(300);
  }

  @Test
  void aJobThatHasEndedStaysEnded() throws Exception {
    register(JOB, "flights");
    catalog.statusChanged(JOB, JobStatus.CANCELED, "asked to", 300);

    assertThatThrownBy(() -> catalog.statusChanged(JOB, JobStatus.RUNNING, "late", 400))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("CANCELED");
    assertThat(catalog.job(JOB).orElseThrow().endedMillis()).isEqualTo(300);
  }

  @Test
  void settingAStatusAgainChangesNothing() throws Exception {
    register(JOB, "flights");
    catalog.statusChanged(JOB, JobStatus.CANCELED, "asked to", 300);

    catalog.statusChanged(JOB, JobStatus.CANCELED, "asked to", 400);

    assertThat(catalog.job(JOB).orElseThrow().endedMillis()).isEqualTo(300);
    assertThat(catalog.decisions(JOB, 10)).hasSize(1);
  }

  @Test
  void changesOfAnUnknownJobAreRefused() {
    assertThatThrownBy(() -> catalog.statusChanged(JOB, JobStatus.RUNNING, "", 1))
        .isInstanceOf(CatalogException.class);
    assertThatThrownBy(() -> catalog.lease(JOB, "a", TAKE, 0, 10))
        .isInstanceOf(CatalogException.class);
    assertThatThrownBy(() -> catalog.attemptStarted(attempt(0)))
        .isInstanceOf(CatalogException.class);
    assertThatThrownBy(() -> catalog.checkpointStarted(started(1)))
        .isInstanceOf(CatalogException.class);
    assertThatThrownBy(() -> catalog.failed(failure(0, "x"))).isInstanceOf(CatalogException.class);
    assertThatThrownBy(() -> catalog.decided(new DecisionRecord(JOB, 1, "what", "why")))
        .isInstanceOf(CatalogException.class);
  }

  // --- leases

  @Test
  void aLeaseIsTakenByOneOwner() throws Exception {
    register(JOB, "flights");
    catalog.lease(JOB, "a", TAKE, 100, 200);

    assertThatThrownBy(() -> catalog.lease(JOB, "b", TAKE, 199, 299))
        .isInstanceOf(LeaseHeldException.class)
        .hasMessageContaining("flights")
        .hasMessageContaining("'a'");
  }

  @Test
  void whenALeaseHasRunOut_thenAnotherTakesItWithAGreaterToken() throws Exception {
    register(JOB, "flights");
    long first = catalog.lease(JOB, "a", TAKE, 100, 200);

    long second = catalog.lease(JOB, "b", TAKE, 200, 300);

    assertThat(second).isGreaterThan(first);
  }

  @Test
  void theSameOwnerTakesItAgainAtOnceAfterARestart() throws Exception {
    register(JOB, "flights");
    long first = catalog.lease(JOB, "a", TAKE, 100, 200);

    assertThat(catalog.lease(JOB, "a", TAKE, 110, 210)).isGreaterThan(first);
  }

  @Test
  void aProlongationKeepsTheToken() throws Exception {
    register(JOB, "flights");
    long token = catalog.lease(JOB, "a", TAKE, 100, 200);

    assertThat(catalog.lease(JOB, "a", OptionalLong.of(token), 150, 250)).isEqualTo(token);
    assertThatThrownBy(() -> catalog.lease(JOB, "b", TAKE, 249, 300))
        .isInstanceOf(LeaseHeldException.class);
  }

  @Test
  void aLeaseThatHasBeenTakenSinceIsNotProlonged() throws Exception {
    register(JOB, "flights");
    long token = catalog.lease(JOB, "a", TAKE, 100, 200);
    catalog.lease(JOB, "b", TAKE, 200, 300);

    assertThatThrownBy(() -> catalog.lease(JOB, "a", OptionalLong.of(token), 210, 310))
        .isInstanceOf(LeaseHeldException.class)
        .hasMessageContaining("'b'");
  }

  @Test
  void anOlderTokenOfTheSameOwnerIsNotProlonged() throws Exception {
    register(JOB, "flights");
    long before = catalog.lease(JOB, "a", TAKE, 100, 200);
    catalog.lease(JOB, "a", TAKE, 110, 210);

    assertThatThrownBy(() -> catalog.lease(JOB, "a", OptionalLong.of(before), 120, 220))
        .isInstanceOf(LeaseHeldException.class);
  }

  @Test
  void aLeaseThatWasGivenBackIsFreeAndItsTokenUsedUp() throws Exception {
    register(JOB, "flights");
    long first = catalog.lease(JOB, "a", TAKE, 100, 200);

    catalog.releaseLease(JOB, first);

    assertThatThrownBy(() -> catalog.lease(JOB, "a", OptionalLong.of(first), 110, 210))
        .isInstanceOf(LeaseHeldException.class);
    assertThat(catalog.lease(JOB, "b", TAKE, 110, 210)).isGreaterThan(first);
  }

  @Test
  void givingBackALostLeaseDoesNothing() throws Exception {
    register(JOB, "flights");
    long first = catalog.lease(JOB, "a", TAKE, 100, 200);
    catalog.lease(JOB, "b", TAKE, 200, 300);

    catalog.releaseLease(JOB, first);

    assertThatThrownBy(() -> catalog.lease(JOB, "a", TAKE, 210, 310))
        .isInstanceOf(LeaseHeldException.class);
  }

  @Test
  void leasesOfTwoJobsAreIndependent() throws Exception {
    register(JOB, "flights");
    register(OTHER, "orders");
    catalog.lease(JOB, "a", TAKE, 100, 200);

    assertThatCode(() -> catalog.lease(OTHER, "b", TAKE, 100, 200)).doesNotThrowAnyException();
  }

  @Test
  void ofManyTakersAtOnceOneWins() throws Exception {
    register(JOB, "flights");
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (String owner : List.of("a", "b", "c", "d")) {
      calls.add(
          () -> {
            try {
              catalog.lease(JOB, owner, TAKE, 100, 200);
              return true;
            } catch (LeaseHeldException e) {
              return false;
            }
          });
    }

    assertThat(atOnce(calls)).containsOnlyOnce(true);
  }

  // --- attempts, failures, decisions

  @Test
  void attemptsAreCountedFromZero() throws Exception {
    register(JOB, "flights");

    assertThat(catalog.attemptStarted(attempt(99)).attempt()).isZero();
    assertThat(catalog.attemptStarted(attempt(99)).attempt()).isEqualTo(1);
    assertThat(catalog.attempts(JOB, 10)).extracting(AttemptRecord::attempt).containsExactly(1, 0);
    assertThat(catalog.attempts(JOB, 1)).hasSize(1);
  }

  @Test
  void anAttemptIsKeptWithWhatItWasRestoredFrom() throws Exception {
    register(JOB, "flights");
    AttemptRecord restored =
        new AttemptRecord(
            JOB, 0, 100, -1, OptionalLong.of(7), "file:/chk-7", true, "chk-8 is damaged");

    AttemptRecord kept = catalog.attemptStarted(restored);

    assertThat(kept).isEqualTo(restored);
    assertThat(catalog.attempts(JOB, 1)).containsExactly(restored);
  }

  @Test
  void anAttemptEnds() throws Exception {
    register(JOB, "flights");
    catalog.attemptStarted(attempt(0));
    catalog.attemptStarted(attempt(1));

    catalog.attemptEnded(JOB, 0, 500);

    assertThat(catalog.attempts(JOB, 10))
        .extracting(AttemptRecord::endedMillis)
        .containsExactly(-1L, 500L);
  }

  @Test
  void failuresAreKeptNewestFirst() throws Exception {
    register(JOB, "flights");
    FailureRecord first = failure(0, "Source: flights (1/2)");
    FailureRecord second = failure(1, null);
    catalog.failed(first);
    catalog.failed(second);

    assertThat(catalog.failures(JOB, 10)).containsExactly(second, first);
    assertThat(catalog.failures(JOB, 1)).containsExactly(second);
  }

  @Test
  void veryLongTextsAreAccepted() throws Exception {
    register(JOB, "flights");
    String trace = "at io.weir.Some.method(Some.java:1)\n".repeat(50_000);

    catalog.failed(
        new FailureRecord(
            JOB, 0, 1, "java.lang.Error", trace, "x".repeat(20_000), FailoverScope.JOB));
    catalog.decided(new DecisionRecord(JOB, 1, "w".repeat(200), "y".repeat(20_000)));
    catalog.checkpointStarted(started(1));
    catalog.checkpointFailed(started(1).explained(trace).failed(2, "DECLINED", trace));

    assertThat(catalog.failures(JOB, 1).get(0).stackTrace()).startsWith(trace.substring(0, 1000));
    assertThat(catalog.checkpoint(JOB, 1).orElseThrow().failureMessage()).startsWith("at io.weir");
  }

  @Test
  void decisionsAreKeptNewestFirst() throws Exception {
    register(JOB, "flights");
    DecisionRecord first = new DecisionRecord(JOB, 5, "restart", "1 of 3 after 10 s");
    DecisionRecord second = new DecisionRecord(JOB, 5, "skip checkpoint", "chk-8 is damaged");
    catalog.decided(first);
    catalog.decided(second);

    assertThat(catalog.decisions(JOB, 10)).containsExactly(second, first);
  }

  // --- checkpoints

  @Test
  void checkpointIdsStartWithOneAndAreNeverUsedTwice() throws Exception {
    register(JOB, "flights");
    assertThat(catalog.nextCheckpointId(JOB)).isEqualTo(1);

    catalog.checkpointStarted(started(1));
    catalog.checkpointStarted(started(5));
    catalog.checkpointFailed(started(5).failed(200, "EXPIRED", "too slow"));

    assertThat(catalog.nextCheckpointId(JOB)).isEqualTo(6);
    assertThatThrownBy(() -> catalog.checkpointStarted(started(5)))
        .isInstanceOf(CatalogException.class);
  }

  @Test
  void checkpointIdsOfTwoJobsAreIndependent() throws Exception {
    register(JOB, "flights");
    register(OTHER, "orders");
    catalog.checkpointStarted(started(3));

    assertThat(catalog.nextCheckpointId(OTHER)).isEqualTo(1);
    assertThat(catalog.checkpoints(OTHER, 10)).isEmpty();
  }

  @Test
  void aStartedCheckpointIsInProgress() throws Exception {
    register(JOB, "flights");
    catalog.checkpointStarted(started(1));

    assertThat(catalog.checkpoint(JOB, 1)).contains(started(1));
    assertThat(catalog.leftovers(JOB)).containsExactly(started(1));
    assertThat(catalog.restorePoints(JOB)).isEmpty();
  }

  @Test
  void aCompletedCheckpointIsARestorePointWithAllItsFigures() throws Exception {
    long token = registerAndLease();
    catalog.checkpointStarted(started(1));
    CheckpointRecord completed = completed(1);

    catalog.checkpointCompleted(completed, token);

    assertThat(catalog.checkpoint(JOB, 1)).contains(completed);
    assertThat(catalog.restorePoints(JOB)).containsExactly(completed);
    assertThat(catalog.leftovers(JOB)).isEmpty();
  }

  @Test
  void withoutTheLeaseACheckpointIsNotCompleted() throws Exception {
    long token = registerAndLease();
    catalog.checkpointStarted(started(1));
    catalog.lease(JOB, "b", TAKE, 1_000, 2_000);

    assertThatThrownBy(() -> catalog.checkpointCompleted(completed(1), token))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("lease");
    assertThat(catalog.checkpoint(JOB, 1)).contains(started(1));
  }

  @Test
  void afterTheLeaseWasGivenBackACheckpointIsNotCompleted() throws Exception {
    long token = registerAndLease();
    catalog.checkpointStarted(started(1));
    catalog.releaseLease(JOB, token);

    assertThatThrownBy(() -> catalog.checkpointCompleted(completed(1), token))
        .isInstanceOf(CatalogException.class);
    assertThat(catalog.restorePoints(JOB)).isEmpty();
  }

  @Test
  void aCheckpointIsCompletedOnce() throws Exception {
    long token = registerAndLease();
    catalog.checkpointStarted(started(1));
    catalog.checkpointCompleted(completed(1), token);

    assertThatThrownBy(() -> catalog.checkpointCompleted(completed(1), token))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("no longer in progress");
    assertThat(catalog.checkpointCounts(JOB)).containsEntry(CheckpointStatus.COMPLETED, 1L);
  }

  @Test
  void aCheckpointThatWasNeverStartedIsNotCompleted() throws Exception {
    long token = registerAndLease();

    assertThatThrownBy(() -> catalog.checkpointCompleted(completed(1), token))
        .isInstanceOf(CatalogException.class);
    assertThat(catalog.checkpoint(JOB, 1)).isEmpty();
  }

  @Test
  void aFailedCheckpointIsNotCompleted() throws Exception {
    long token = registerAndLease();
    catalog.checkpointStarted(started(1));
    catalog.checkpointFailed(started(1).failed(200, "EXPIRED", "too slow"));

    assertThatThrownBy(() -> catalog.checkpointCompleted(completed(1), token))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("FAILED");
    assertThat(catalog.restorePoints(JOB)).isEmpty();
  }

  @Test
  void aFailedCheckpointIsKeptWithItsReason() throws Exception {
    register(JOB, "flights");
    catalog.checkpointStarted(started(1));
    CheckpointRecord failed =
        started(1).explained("The sink was slow.").failed(200, "EXPIRED", "too slow");

    assertThat(catalog.checkpointFailed(failed)).isEqualTo(CheckpointStatus.FAILED);

    assertThat(catalog.checkpoint(JOB, 1)).contains(failed);
    assertThat(catalog.leftovers(JOB)).as("until it is discarded").containsExactly(failed);

    catalog.checkpointDiscarded(JOB, 1);

    assertThat(catalog.leftovers(JOB)).isEmpty();
    assertThat(catalog.checkpoint(JOB, 1)).contains(failed.discarded());
  }

  @Test
  void aCompletedCheckpointDoesNotFailAnyMore() throws Exception {
    long token = registerAndLease();
    catalog.checkpointStarted(started(1));
    catalog.checkpointCompleted(completed(1), token);

    assertThat(catalog.checkpointFailed(started(1).failed(200, "CATALOG", "no answer")))
        .isEqualTo(CheckpointStatus.COMPLETED);
    assertThat(catalog.restorePoints(JOB)).containsExactly(completed(1));
  }

  @Test
  void failingTwiceCountsOnceAndKeepsTheFirstReason() throws Exception {
    register(JOB, "flights");
    catalog.checkpointStarted(started(1));
    catalog.checkpointFailed(started(1).failed(200, "EXPIRED", "too slow"));

    assertThat(catalog.checkpointFailed(started(1).failed(300, "OTHER", "again")))
        .isEqualTo(CheckpointStatus.FAILED);
    assertThat(catalog.checkpoint(JOB, 1).orElseThrow().failureReason()).isEqualTo("EXPIRED");
    assertThat(catalog.checkpointCounts(JOB)).containsEntry(CheckpointStatus.FAILED, 1L);
  }

  @Test
  void whenTheStartOfAFailedCheckpointWasLost_thenItsIdIsUsedUpAllTheSame() throws Exception {
    register(JOB, "flights");
    CheckpointRecord failed = started(4).failed(200, "CATALOG", "no answer");

    assertThat(catalog.checkpointFailed(failed)).isEqualTo(CheckpointStatus.FAILED);

    assertThat(catalog.checkpoint(JOB, 4)).contains(failed);
    assertThat(catalog.nextCheckpointId(JOB)).isEqualTo(5);
  }

  @Test
  void aDiscardedCheckpointIsNoRestorePointAndStaysInTheHistory() throws Exception {
    long token = registerAndLease();
    for (long id = 1; id <= 3; id++) {
      catalog.checkpointStarted(started(id));
      catalog.checkpointCompleted(completed(id), token);
    }

    catalog.checkpointDiscarded(JOB, 1);
    catalog.checkpointDiscarded(JOB, 1);
    catalog.checkpointDiscarded(JOB, 99);

    assertThat(catalog.restorePoints(JOB)).extracting(CheckpointRecord::id).containsExactly(3L, 2L);
    assertThat(catalog.checkpoints(JOB, 10))
        .extracting(CheckpointRecord::isDiscarded)
        .containsExactly(false, false, true);
  }

  @Test
  void savepointsAreRestorePointsToo() throws Exception {
    long token = registerAndLease();
    CheckpointRecord savepoint =
        CheckpointRecord.started(
            JOB, 1, 0, CheckpointType.SAVEPOINT, 100, "file:/to-be", vertices(-1));
    catalog.checkpointStarted(savepoint);
    catalog.checkpointCompleted(savepoint.completed(150, "file:/s", 10, 20), token);

    assertThat(catalog.restorePoints(JOB))
        .extracting(CheckpointRecord::type)
        .containsExactly(CheckpointType.SAVEPOINT);
  }

  @Test
  void anAdoptedSnapshotIsARestorePointOfTheJobAndUsesItsIdUp() throws Exception {
    register(JOB, "flights");
    CheckpointRecord adopted = adopted(JOB, 41, Ownership.BORROWED);

    catalog.snapshotAdopted(adopted);
    catalog.snapshotAdopted(adopted);

    assertThat(catalog.restorePoints(JOB)).containsExactly(adopted);
    assertThat(catalog.nextCheckpointId(JOB)).isEqualTo(42);
    assertThat(catalog.checkpointCounts(JOB)).containsEntry(CheckpointStatus.COMPLETED, 0L);
  }

  @Test
  void theSnapshotAtAPathIsFoundForAllJobsThatKnowIt() throws Exception {
    long token = registerAndLease();
    register(OTHER, "other");
    catalog.checkpointStarted(started(1));
    catalog.checkpointCompleted(completed(1), token);
    catalog.checkpointStarted(started(2));
    catalog.snapshotAdopted(adopted(OTHER, 1, Ownership.BORROWED));

    assertThat(catalog.snapshotsAt("file:/chk-1"))
        .extracting(CheckpointRecord::job)
        .containsExactlyInAnyOrder(JOB, OTHER);
    assertThat(catalog.snapshotsAt("file:/chk-2")).isEmpty();
    catalog.checkpointDiscarded(OTHER, 1);
    assertThat(catalog.snapshotsAt("file:/chk-1"))
        .as("borrowed: its owner still has it")
        .extracting(CheckpointRecord::job)
        .containsExactly(JOB);
  }

  @Test
  void whatWasClaimedIsDiscardedForThoseFromWhomItWasClaimedToo() throws Exception {
    long token = registerAndLease();
    register(OTHER, "other");
    catalog.checkpointStarted(started(1));
    catalog.checkpointCompleted(completed(1), token);
    catalog.snapshotAdopted(adopted(OTHER, 1, Ownership.CLAIMED));

    catalog.checkpointDiscarded(OTHER, 1);

    assertThat(catalog.restorePoints(OTHER)).isEmpty();
    assertThat(catalog.restorePoints(JOB)).isEmpty();
  }

  @Test
  void aVerificationIsNotedForAllThatKnowTheSnapshotAndStayNotDiscarded() throws Exception {
    long token = registerAndLease();
    register(OTHER, "other");
    for (long id = 1; id <= 2; id++) {
      catalog.checkpointStarted(started(id));
      catalog.checkpointCompleted(completed(id), token);
    }
    catalog.snapshotAdopted(adopted(OTHER, 1, Ownership.BORROWED));
    catalog.checkpointDiscarded(JOB, 2);

    catalog.snapshotVerified("file:/chk-1", new Verification(500, "cut off"));
    catalog.snapshotVerified("file:/chk-2", new Verification(500, null));
    catalog.snapshotVerified("file:/nowhere", new Verification(500, null));

    assertThat(catalog.snapshotsAt("file:/chk-1"))
        .hasSize(2)
        .allSatisfy(
            each -> assertThat(each.verification()).isEqualTo(new Verification(500, "cut off")));
    assertThat(catalog.checkpoint(JOB, 2).orElseThrow().verification()).isNull();
    catalog.snapshotVerified("file:/chk-1", new Verification(600, null));
    assertThat(catalog.checkpoint(JOB, 1).orElseThrow().verification())
        .isEqualTo(new Verification(600, null));
  }

  @Test
  void whatAnyJobRetainsIsListed() throws Exception {
    long token = registerAndLease();
    register(OTHER, "other");
    for (long id = 1; id <= 4; id++) {
      catalog.checkpointStarted(started(id));
    }
    catalog.checkpointCompleted(completed(1), token);
    catalog.checkpointCompleted(completed(2), token);
    catalog.checkpointFailed(started(3).failed(200, "EXPIRED", "too slow"));
    catalog.checkpointDiscarded(JOB, 1);
    catalog.snapshotAdopted(adopted(OTHER, 7, Ownership.BORROWED));

    assertThat(catalog.retained())
        .extracting(each -> each.job() + " " + each.id())
        .containsExactlyInAnyOrder(JOB + " 2", OTHER + " 7");
  }

  @Test
  void whatIsCompleteCanBePinnedAndUnpinned() throws Exception {
    long token = registerAndLease();
    for (long id = 1; id <= 3; id++) {
      catalog.checkpointStarted(started(id));
    }
    catalog.checkpointCompleted(completed(1), token);
    catalog.checkpointCompleted(completed(2), token);
    catalog.checkpointDiscarded(JOB, 2);

    catalog.checkpointPinned(JOB, 1, true);

    assertThat(catalog.checkpoint(JOB, 1).orElseThrow().isPinned()).isTrue();
    catalog.checkpointPinned(JOB, 1, false);
    assertThat(catalog.checkpoint(JOB, 1).orElseThrow().isPinned()).isFalse();
    for (long id = 2; id <= 4; id++) {
      long other = id;
      assertThatThrownBy(() -> catalog.checkpointPinned(JOB, other, true))
          .isInstanceOf(CatalogException.class)
          .hasMessageContaining("not complete, or removed");
    }
  }

  @Test
  void whatIsCompleteCanBeLabelled() throws Exception {
    long token = registerAndLease();
    catalog.checkpointStarted(started(1).labelled("nightly"));
    catalog.checkpointStarted(started(2));
    catalog.checkpointCompleted(completed(1).labelled("nightly"), token);

    assertThat(catalog.checkpoint(JOB, 1).orElseThrow().label()).isEqualTo("nightly");
    catalog.checkpointLabelled(JOB, 1, "before the upgrade – für 2.1");
    assertThat(catalog.restorePoints(JOB).get(0).label()).isEqualTo("before the upgrade – für 2.1");
    catalog.checkpointLabelled(JOB, 1, null);
    assertThat(catalog.checkpoint(JOB, 1).orElseThrow().label()).isNull();
    assertThatThrownBy(() -> catalog.checkpointLabelled(JOB, 2, "too early"))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("not complete, or removed");
  }

  @Test
  void theLastScheduledSavepointIsKnownWhateverHasBecomeOfIt() throws Exception {
    long token = registerAndLease();
    assertThat(catalog.lastScheduledSavepoint(JOB)).isEmpty();
    catalog.checkpointStarted(started(1).ownedBy(Ownership.POLICY));
    catalog.checkpointStarted(started(2));
    long first = started(1).triggeredMillis();

    assertThat(catalog.lastScheduledSavepoint(JOB)).hasValue(first);
    catalog.checkpointCompleted(completed(1).ownedBy(Ownership.POLICY), token);
    catalog.checkpointDiscarded(JOB, 1);
    assertThat(catalog.lastScheduledSavepoint(JOB)).hasValue(first);
    assertThat(catalog.checkpoint(JOB, 1).orElseThrow().ownership()).isEqualTo(Ownership.POLICY);
    assertThat(catalog.lastScheduledSavepoint(OTHER)).isEmpty();
  }

  @Test
  void theHistoryIsNewestFirstAndLimited() throws Exception {
    register(JOB, "flights");
    for (long id = 1; id <= 5; id++) {
      catalog.checkpointStarted(started(id));
    }

    assertThat(catalog.checkpoints(JOB, 3))
        .extracting(CheckpointRecord::id)
        .containsExactly(5L, 4L, 3L);
    assertThat(catalog.checkpoints(JOB, 3))
        .allSatisfy(row -> assertThat(row.subtasks()).isEqualTo(3));
  }

  @Test
  void theHistoryIsReadPageByPage() throws Exception {
    register(JOB, "flights");
    register(OTHER, "trains");
    for (long id = 1; id <= 5; id++) {
      catalog.checkpointStarted(started(id));
    }

    assertThat(catalog.checkpointsBefore(JOB, 4, 2))
        .extracting(CheckpointRecord::id)
        .containsExactly(3L, 2L);
    assertThat(catalog.checkpointsBefore(JOB, 2, 2))
        .extracting(CheckpointRecord::id)
        .containsExactly(1L);
    assertThat(catalog.checkpointsBefore(JOB, 1, 2)).isEmpty();
    assertThat(catalog.checkpointsBefore(OTHER, Long.MAX_VALUE, 2)).isEmpty();
  }

  @Test
  void checkpointsAreCountedByTheirStatus() throws Exception {
    long token = registerAndLease();
    assertThat(catalog.checkpointCounts(JOB)).containsEntry(CheckpointStatus.FAILED, 0L);
    for (long id = 1; id <= 4; id++) {
      catalog.checkpointStarted(started(id));
    }
    catalog.checkpointCompleted(completed(1), token);
    catalog.checkpointDiscarded(JOB, 1);
    catalog.checkpointFailed(started(2).failed(200, "EXPIRED", "too slow"));

    assertThat(catalog.checkpointCounts(JOB))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                CheckpointStatus.COMPLETED, 1L,
                CheckpointStatus.FAILED, 1L,
                CheckpointStatus.IN_PROGRESS, 2L));
  }

  @Test
  void aCheckpointWithoutVerticesIsKept() throws Exception {
    long token = registerAndLease();
    CheckpointRecord empty =
        CheckpointRecord.started(
            JOB, 1, 0, CheckpointType.FULL_CHECKPOINT, 100, "file:/to-be", List.of());
    catalog.checkpointStarted(empty);
    catalog.checkpointCompleted(empty.completed(150, "file:/c", 1, 2), token);

    assertThat(catalog.checkpoint(JOB, 1).orElseThrow().vertices()).isEmpty();
  }

  @Test
  void ofCompletingAndFailingAtOnceOneWins() throws Exception {
    long token = registerAndLease();
    for (long id = 1; id <= 10; id++) {
      long checkpoint = id;
      catalog.checkpointStarted(started(id));
      List<Boolean> completions =
          atOnce(
              List.of(
                  () -> {
                    try {
                      catalog.checkpointCompleted(completed(checkpoint), token);
                      return true;
                    } catch (CatalogException e) {
                      return false;
                    }
                  },
                  () ->
                      catalog.checkpointFailed(started(checkpoint).failed(2, "EXPIRED", "slow"))
                          == CheckpointStatus.COMPLETED));

      assertThat(completions.get(0)).isEqualTo(completions.get(1));
    }
    Map<CheckpointStatus, Long> counts = catalog.checkpointCounts(JOB);
    assertThat(counts.get(CheckpointStatus.COMPLETED) + counts.get(CheckpointStatus.FAILED))
        .isEqualTo(10);
  }

  @Test
  void oldCheckpointsWithoutFilesAreForgottenAndTheCountsAndIdsStay() throws Exception {
    long token = registerAndLease();
    catalog.checkpointStarted(started(1));
    catalog.checkpointCompleted(completed(1), token);
    catalog.checkpointStarted(started(2));
    catalog.checkpointCompleted(completed(2), token);
    catalog.checkpointDiscarded(JOB, 1);

    catalog.checkpointStarted(started(1_000_000));

    assertThat(catalog.checkpoint(JOB, 1)).isEmpty();
    assertThat(catalog.restorePoints(JOB)).extracting(CheckpointRecord::id).containsExactly(2L);
    assertThat(catalog.checkpointCounts(JOB)).containsEntry(CheckpointStatus.COMPLETED, 2L);
    assertThat(catalog.nextCheckpointId(JOB)).isEqualTo(1_000_001);
  }

  private void register(JobId id, String name) throws Exception {
    catalog.register(id, name, Map.of(), 100);
  }

  private long registerAndLease() throws Exception {
    register(JOB, "flights");
    return catalog.lease(JOB, "a", TAKE, 0, 1_000);
  }

  private static AttemptRecord attempt(int number) {
    return new AttemptRecord(
        JOB, number, 100, -1, OptionalLong.empty(), null, false, "a fresh start");
  }

  private static FailureRecord failure(int attempt, String task) {
    return new FailureRecord(
        JOB,
        attempt,
        7,
        "java.io.IOException",
        "trace\nof stack",
        task,
        task == null ? FailoverScope.JOB : FailoverScope.REGION);
  }

  private static CheckpointRecord started(long id) {
    return CheckpointRecord.started(
        JOB, id, 2, CheckpointType.CHECKPOINT, 100, "file:/to-be", vertices(-1));
  }

  private static CheckpointRecord completed(long id) {
    return started(id)
        .withVertices(vertices(140))
        .explained("The sink was slow.")
        .completed(150, "file:/chk-" + id, 11, 5_000);
  }

  private static CheckpointRecord adopted(JobId job, long id, Ownership ownership) {
    return CheckpointRecord.found(
        job, id, CheckpointType.CHECKPOINT, 100, "file:/chk-1", 5_000, ownership);
  }

  private static List<VertexRecord> vertices(long ackMillis) {
    return List.of(
        new VertexRecord(
            new VertexId(3, 4),
            "Source: flights",
            List.of(subtask(0, ackMillis)),
            ackMillis < 0 ? List.of() : OPERATORS),
        new VertexRecord(
            new VertexId(1, 2),
            "Keyed -> Sink",
            List.of(subtask(0, ackMillis), subtask(1, ackMillis)),
            List.of()));
  }

  private static SubtaskRecord subtask(int index, long ackMillis) {
    return new SubtaskRecord(
        index, ackMillis, 1, 2, 3, 4, 5L << 33, 6L << 33, 6, 7, index == 1 && ackMillis >= 0);
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
