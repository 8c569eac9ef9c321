package io.weir.checkpoint;

import static io.weir.checkpoint.FailureReason.CHECKPOINT_ASYNC_EXCEPTION;
import static io.weir.checkpoint.FailureReason.CHECKPOINT_DECLINED;
import static io.weir.checkpoint.FailureReason.CHECKPOINT_DECLINED_SUBSUMED;
import static io.weir.checkpoint.FailureReason.CHECKPOINT_DECLINED_TASK_NOT_READY;
import static io.weir.snapshot.CheckpointType.CHECKPOINT;
import static io.weir.snapshot.CheckpointType.FULL_CHECKPOINT;
import static io.weir.snapshot.CheckpointType.LAST_CHECKPOINT;
import static io.weir.snapshot.CheckpointType.SAVEPOINT;
import static io.weir.snapshot.CheckpointType.SUSPEND_SAVEPOINT;
import static io.weir.snapshot.CheckpointType.TERMINATE_SAVEPOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.snapshot.CheckpointType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointDecisionsTest {
  private static final String ALL = "s0,s1,m0,m1,k0";
  private static final CheckpointSettings EVERY_SECOND = CheckpointSettings.every(1_000);
  private static final CheckpointSettings TOLERANT =
      EVERY_SECOND.withTolerableFailures(CheckpointSettings.UNLIMITED_FAILURES);
  private static final CheckpointSettings ON_REQUEST = CheckpointSettings.onRequestOnly();

  @Nested
  class PeriodicTrigger {
    @Test
    void nothingIsTriggeredBeforeTheTasksRun() {
      Coordinator.of(EVERY_SECOND).tick(5_000).doesNothing().sleepsForever();
    }

    @Test
    void theFirstCheckpointIsDueAfterTheInitialDelay() {
      Coordinator.running(EVERY_SECOND.withInitialDelayMillis(300))
          .doesNothing()
          .wakesAt(300)
          .tick(299)
          .doesNothing()
          .tick(300)
          .does("trigger 1");
    }

    @Test
    void withoutAnInitialDelayTheFirstCheckpointIsDueAtOnce() {
      Coordinator.running(EVERY_SECOND.withInitialDelayMillis(0)).does("trigger 1");
    }

    @Test
    void checkpointsFollowEachOtherByTheInterval() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .does("trigger 1")
          .completes(1)
          .wakesAt(2_000)
          .tick(1_999)
          .doesNothing()
          .tick(2_000)
          .does("trigger 2");
    }

    @Test
    void aLateTickShiftsTheNextCheckpointAndMakesUpForNone() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_500)
          .does("trigger 1")
          .completes(1)
          .wakesAt(2_500)
          .tick(9_000)
          .does("trigger 2")
          .completes(2)
          .wakesAt(10_000);
    }

    @Test
    void sourcesAreTriggeredAndAllTasksAcknowledge() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .triggers("s0", "s1")
          .awaits("s0", "s1", "m0", "m1", "k0");
    }

    @Test
    void withoutAnIntervalNothingIsTriggered() {
      Coordinator.running(ON_REQUEST).tick(1_000_000_000L).doesNothing().sleepsForever();
    }

    @Test
    void idsContinueFromTheGivenOne() {
      Coordinator.of(CoordinatorState.initial(EVERY_SECOND, 42, List.of()))
          .tasksRunning(1)
          .tick(1_000)
          .does("trigger 42");
    }

    @Test
    void anyEventAtTheTimeTriggersTooSoThatALostTickOnlyDelays() {
      Coordinator.running(EVERY_SECOND).at(1_000).backlog(false).does("trigger 1");
    }
  }

  @Nested
  class Completion {
    @Test
    void theLastAcknowledgementAsksForTheRecordAndTheRecordCompletes() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .ack(1, "s0", "m1", "k0", "s1")
          .does("trigger 1", "keep 1 s0", "keep 1 m1", "keep 1 k0", "keep 1 s1")
          .ack(1, "m0")
          .does("keep 1 m0", "finalize 1")
          .stored(1)
          .does("complete 1 " + ALL);
    }

    @Test
    void withoutTheRecordNothingIsComplete() {
      Coordinator.running(EVERY_SECOND).tick(1_000).ackAll(1).forget().tick(3_000).doesNothing();
    }

    @Test
    void whenTheRecordFails_thenTheCheckpointIsAborted() {
      Coordinator.running(TOLERANT)
          .tick(1_000)
          .ackAll(1)
          .forget()
          .storeFailed(1)
          .does("abort 1 FINALIZE_CHECKPOINT_FAILURE " + ALL)
          .says("disk full");
    }

    @Test
    void aRecordForACheckpointThatLacksAcknowledgementsIsIgnored() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .ack(1, "s0")
          .forget()
          .stored(1)
          .storeFailed(1)
          .doesNothing();
    }

    @Test
    void aRecordForAnUnknownCheckpointIsIgnored() {
      Coordinator.running(EVERY_SECOND).stored(1).storeFailed(7).doesNothing();
    }

    @Test
    void aCheckpointThatIsBeingRecordedDoesNotExpire() {
      Coordinator.running(EVERY_SECOND.withTimeoutMillis(500))
          .tick(1_000)
          .ackAll(1)
          .forget()
          .sleepsForever()
          .tick(100_000)
          .doesNothing()
          .stored(1)
          .does("complete 1 " + ALL, "trigger 2");
    }

    @Test
    void theStateTellsWhatIsPendingAndRetained() {
      Coordinator coordinator = Coordinator.running(EVERY_SECOND).tick(1_000);
      assertThat(coordinator.state().pending(1)).isPresent();
      assertThat(coordinator.state().isFinalizing()).isFalse();
      assertThat(coordinator.ackAll(1).state().isFinalizing()).isTrue();
      assertThat(coordinator.stored(1).state().retention().snapshots())
          .extracting(CompletedSnapshot::checkpointId, CompletedSnapshot::subsumable)
          .containsExactly(tuple(1L, true));
    }
  }

  @Nested
  class Acknowledgements {
    @Test
    void aDuplicateIsNeitherKeptNorRemoved() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .ack(1, "s0")
          .forget()
          .ack(1, "s0")
          .doesNothing();
    }

    @Test
    void aDuplicateAfterCompletionIsLeftAloneBecauseItsFilesAreInUse() {
      Coordinator.running(EVERY_SECOND).tick(1_000).completes(1).ack(1, "s0").doesNothing();
    }

    @Test
    void aLateOneForAnAbortedCheckpointIsRemoved() {
      Coordinator.running(TOLERANT)
          .tick(1_000)
          .decline(1, "s0", CHECKPOINT_DECLINED)
          .forget()
          .ack(1, "m0")
          .does("discard 1 m0");
    }

    @Test
    void aLateOneForAnExpiredCheckpointIsRemoved() {
      Coordinator.running(TOLERANT.withTimeoutMillis(500))
          .tick(1_000)
          .tick(1_500)
          .forget()
          .ack(1, "s0", "m0")
          .does("discard 1 s0", "discard 1 m0");
    }

    @Test
    void aLateOneForASubsumedCheckpointIsRemoved() {
      Coordinator.running(EVERY_SECOND.withMaxConcurrent(2))
          .tick(1_000)
          .tick(2_000)
          .ack(1, "s0")
          .completes(2)
          .ack(1, "m0")
          .does("discard 1 m0");
    }

    @Test
    void oneForACheckpointThatWasNeverStartedIsIgnored() {
      Coordinator.running(EVERY_SECOND).ack(99, "s0").doesNothing();
    }

    @Test
    void oneFromAnOlderAttemptNeverCountsForTheCheckpointOfANewerOne() {
      Coordinator.running(EVERY_SECOND)
          .restarting()
          .tasksRunning(2)
          .tick(1_000)
          .does("trigger 1")
          .ackOf(1, 1, "s0", "s1", "m0", "m1", "k0")
          .doesNothing();
    }

    @Test
    void oneFromAnOlderAttemptForACheckpointOfThatAttemptIsRemoved() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .restarting()
          .tasksRunning(2)
          .forget()
          .ackOf(1, 1, "k0")
          .does("discard 1 k0");
    }

    @Test
    void oneFromATaskThatTakesNoPartIsIgnored() {
      Coordinator.running(ON_REQUEST)
          .finished("s0")
          .request("r")
          .forget()
          .ack(1, "s0")
          .doesNothing();
    }

    @Test
    void
        whenMoreAbortedCheckpointsAreRememberedThanTheLimit_thenTheOldestIsForgottenAndItsFilesAreLeftToTheOrphanFinder() {
      AbortedCheckpoints aborted = AbortedCheckpoints.NONE;
      for (long id = 1; id <= AbortedCheckpoints.MAX_REMEMBERED + 1; id++) {
        aborted = aborted.add(id);
      }
      assertThat(aborted.contains(1)).isFalse();
      assertThat(aborted.contains(2)).isTrue();
      assertThat(aborted.contains(AbortedCheckpoints.MAX_REMEMBERED + 1)).isTrue();
    }
  }

  @Nested
  class Declines {
    @Test
    void aDeclineAbortsAndTellsEveryTask() {
      Coordinator.running(TOLERANT)
          .tick(1_000)
          .ack(1, "s0")
          .forget()
          .decline(1, "m0", CHECKPOINT_DECLINED)
          .does("abort 1 CHECKPOINT_DECLINED " + ALL)
          .says("because");
    }

    @Test
    void aSecondDeclineIsIgnored() {
      Coordinator.running(TOLERANT)
          .tick(1_000)
          .decline(1, "m0", CHECKPOINT_DECLINED)
          .forget()
          .decline(1, "m1", CHECKPOINT_DECLINED)
          .doesNothing();
    }

    @Test
    void aDeclineOfATaskThatHasAcknowledgedAbortsToo() {
      Coordinator.running(TOLERANT)
          .tick(1_000)
          .ack(1, "m0")
          .forget()
          .decline(1, "m0", CHECKPOINT_ASYNC_EXCEPTION)
          .does("abort 1 CHECKPOINT_ASYNC_EXCEPTION " + ALL);
    }

    @Test
    void aDeclineOfACheckpointThatIsBeingRecordedIsIgnored() {
      Coordinator.running(TOLERANT)
          .tick(1_000)
          .ackAll(1)
          .forget()
          .decline(1, "m0", CHECKPOINT_DECLINED)
          .doesNothing();
    }

    @Test
    void aDeclineOfACompletedOrUnknownCheckpointIsIgnored() {
      Coordinator.running(TOLERANT)
          .tick(1_000)
          .completes(1)
          .decline(1, "m0", CHECKPOINT_DECLINED)
          .decline(9, "m0", CHECKPOINT_DECLINED)
          .doesNothing();
    }

    @Test
    void aDeclineFromAnOlderAttemptIsIgnored() {
      Coordinator.running(TOLERANT)
          .restarting()
          .tasksRunning(2)
          .tick(1_000)
          .does("trigger 1")
          .decline(1, "m0", CHECKPOINT_DECLINED)
          .doesNothing();
    }

    @Test
    void aDeclineFromATaskThatTakesNoPartIsIgnored() {
      Coordinator.running(ON_REQUEST)
          .finished("s0")
          .request("r")
          .forget()
          .decline(1, "s0", CHECKPOINT_DECLINED)
          .doesNothing();
    }

    @Test
    void afterADeclineTheNextCheckpointComesAtItsTime() {
      Coordinator.running(TOLERANT)
          .tick(1_000)
          .decline(1, "m0", CHECKPOINT_DECLINED)
          .forget()
          .tick(1_999)
          .doesNothing()
          .tick(2_000)
          .does("trigger 2");
    }

    @Test
    void aTaskCannotDeclineForAReasonThatComesBeforeTheCheckpoint() {
      assertThatThrownBy(
              () ->
                  new CheckpointEvent.Declined(
                      1, 1, Coordinator.task("s0"), FailureReason.TOO_MANY_CHECKPOINT_REQUESTS, ""))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTriggerThatCouldNotBeCarriedOutAborts() {
      Coordinator.running(TOLERANT)
          .tick(1_000)
          .forget()
          .feed(new CheckpointEvent.TriggerFailed(1, FailureReason.IO_EXCEPTION, "no space"))
          .does("abort 1 IO_EXCEPTION " + ALL)
          .says("no space")
          .feed(new CheckpointEvent.TriggerFailed(1, FailureReason.IO_EXCEPTION, "no space"))
          .doesNothing();
    }
  }

  @Nested
  class Expiry {
    @Test
    void aCheckpointThatTakesTooLongIsAborted() {
      Coordinator.running(TOLERANT.withTimeoutMillis(400))
          .tick(1_000)
          .forget()
          .wakesAt(1_400)
          .tick(1_399)
          .doesNothing()
          .tick(1_400)
          .does("abort 1 CHECKPOINT_EXPIRED " + ALL)
          .says("5 of 5 tasks");
    }

    @Test
    void theLastAcknowledgementAtTheVeryEndStillCounts() {
      Coordinator.running(TOLERANT.withTimeoutMillis(400))
          .tick(1_000)
          .ack(1, "s0", "s1", "m0", "m1")
          .forget()
          .at(1_400)
          .ack(1, "k0")
          .does("keep 1 k0", "finalize 1");
    }

    @Test
    void eachOfSeveralExpiresAtItsOwnTime() {
      Coordinator.running(TOLERANT.withTimeoutMillis(1_500).withMaxConcurrent(5))
          .tick(1_000)
          .tick(2_000)
          .does("trigger 1", "trigger 2")
          .wakesAt(2_500)
          .tick(2_500)
          .does("abort 1 CHECKPOINT_EXPIRED " + ALL)
          .wakesAt(3_000);
    }

    @Test
    void whenACheckpointExpires_thenTheNextOneTakesItsPlaceAtOnceIfItIsDue() {
      Coordinator.running(TOLERANT.withTimeoutMillis(5_000))
          .tick(1_000)
          .forget()
          .tick(3_000)
          .doesNothing()
          .tick(6_000)
          .does("abort 1 CHECKPOINT_EXPIRED " + ALL, "trigger 2");
    }

    @Test
    void aTimeoutBeyondTheEndOfTimeNeverComes() {
      Coordinator.running(ON_REQUEST.withTimeoutMillis(Long.MAX_VALUE))
          .at(5)
          .request("r")
          .does("trigger 1 for r")
          .sleepsForever();
    }
  }

  @Nested
  class Concurrency {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void neverMoreThanTheLimitAreInProgress(int limit) {
      Coordinator coordinator = Coordinator.running(EVERY_SECOND.withMaxConcurrent(limit));
      for (int i = 1; i <= limit; i++) {
        coordinator.tick(1_000L * i).does("trigger " + i);
      }
      coordinator.tick(1_000L * (limit + 1)).doesNothing().wakesAt(601_000);
    }

    @Test
    void aPostponedCheckpointStartsAsSoonAsThereIsRoom() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .tick(2_500)
          .forget()
          .ackAll(1)
          .forget()
          .at(2_700)
          .stored(1)
          .does("complete 1 " + ALL, "trigger 2")
          .ackAll(2)
          .forget()
          .stored(2)
          .wakesAt(3_700);
    }

    @Test
    void checkpointsMayCompleteOutOfOrder() {
      Coordinator.running(EVERY_SECOND.withMaxConcurrent(2))
          .tick(1_000)
          .tick(2_000)
          .ackAll(1)
          .ackAll(2)
          .forget()
          .stored(2)
          .does("complete 2 " + ALL)
          .stored(1)
          .does("complete 1");
      // nobody is told of 1: who was told of 2 has committed it, too
    }

    @Test
    void aMinPauseMakesThemFollowOneAnother() {
      Coordinator.running(EVERY_SECOND.withMaxConcurrent(5).withMinPauseMillis(10))
          .tick(1_000)
          .does("trigger 1")
          .tick(2_000)
          .doesNothing();
    }

    @Test
    void aRequestWaitsForRoomLikeAPeriodicOne() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .forget()
          .request("r")
          .doesNothing()
          .ackAll(1)
          .forget()
          .stored(1)
          .does("complete 1 " + ALL, "trigger 2 for r");
    }

    @Test
    void aForcedRequestDoesNotWait() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .forget()
          .request("r", FULL_CHECKPOINT, true)
          .does("trigger 2 FULL_CHECKPOINT for r");
    }

    @Test
    void aWaitingRequestGoesBeforeADuePeriodicOne() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .request("r")
          .tick(2_000)
          .forget()
          .ackAll(1)
          .forget()
          .stored(1)
          .does("complete 1 " + ALL, "trigger 2 for r");
    }

    @Test
    void anUnforcedSavepointWaits() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .forget()
          .request("s", SAVEPOINT, false)
          .doesNothing()
          .ackAll(1)
          .forget()
          .stored(1)
          .does("complete 1 " + ALL, "trigger 2 SAVEPOINT for s");
    }
  }

  @Nested
  class MinPause {
    private final CheckpointSettings pausing = EVERY_SECOND.withMinPauseMillis(700);

    @Test
    void thePauseIsCountedFromTheEndOfTheLastOne() {
      Coordinator.running(pausing)
          .tick(1_000)
          .ackAll(1)
          .forget()
          .at(1_900)
          .stored(1)
          .does("complete 1 " + ALL)
          .wakesAt(2_600)
          .tick(2_599)
          .doesNothing()
          .tick(2_600)
          .does("trigger 2");
    }

    @Test
    void aShortCheckpointLeavesTheIntervalAlone() {
      Coordinator.running(pausing)
          .tick(1_000)
          .ackAll(1)
          .forget()
          .at(1_100)
          .stored(1)
          .wakesAt(2_000);
    }

    @Test
    void thePauseIsCountedFromTheEndOfAFailedOneToo() {
      Coordinator.running(pausing.withTolerableFailures(9))
          .tick(1_000)
          .forget()
          .at(1_900)
          .decline(1, "s0", CHECKPOINT_DECLINED)
          .wakesAt(2_600);
    }

    @Test
    void aRequestDoesNotWaitForThePause() {
      Coordinator.running(pausing)
          .tick(1_000)
          .completes(1)
          .at(1_100)
          .request("r")
          .does("trigger 2 for r");
    }

    @Test
    void theEndOfASavepointStartsAPauseToo() {
      Coordinator.running(pausing).at(900).savepoint("s").ackAll(1).stored(1).wakesAt(1_600);
    }
  }

  @Nested
  class Backlog {
    private final CheckpointSettings slower = EVERY_SECOND.withIntervalDuringBacklogMillis(5_000);

    @Test
    void duringABacklogTheLongerIntervalHolds() {
      Coordinator.running(slower)
          .backlog(true)
          .wakesAt(5_000)
          .tick(5_000)
          .does("trigger 1")
          .completes(1)
          .wakesAt(10_000);
    }

    @Test
    void afterABacklogTheIntervalHoldsAgain() {
      Coordinator.running(slower).backlog(true).at(300).backlog(false).doesNothing().wakesAt(1_000);
    }

    @Test
    void whenABacklogEndsAndTheIntervalIsOver_thenACheckpointStartsAtOnce() {
      Coordinator.running(slower).backlog(true).at(3_000).backlog(false).does("trigger 1");
    }

    @Test
    void anIntervalOfZeroMeansNoneDuringABacklog() {
      Coordinator.running(EVERY_SECOND.withIntervalDuringBacklogMillis(0))
          .backlog(true)
          .sleepsForever()
          .tick(60_000)
          .doesNothing();
    }

    @Test
    void requestsAreServedDuringABacklog() {
      Coordinator.running(EVERY_SECOND.withIntervalDuringBacklogMillis(0))
          .backlog(true)
          .request("r")
          .does("trigger 1 for r");
    }

    @Test
    void withoutASettingABacklogChangesNothing() {
      Coordinator.running(EVERY_SECOND).backlog(true).wakesAt(1_000);
    }

    @Test
    void aNewAttemptHasNoBacklogUntilItsSourcesSaySo() {
      Coordinator.running(slower).backlog(true).restarting().tasksRunning(2).wakesAt(1_000);
    }
  }

  @Nested
  class Requests {
    @Test
    void aRequestIsAnsweredWhenItsCheckpointIsComplete() {
      Coordinator.running(ON_REQUEST)
          .request("r")
          .does("trigger 1 for r")
          .ackAll(1)
          .forget()
          .stored(1)
          .does("complete 1 " + ALL, "answer r 1");
    }

    @Test
    void aRequestIsAnsweredWhenItsCheckpointFails() {
      Coordinator.running(ON_REQUEST.withTolerableFailures(3))
          .request("r")
          .forget()
          .decline(1, "k0", CHECKPOINT_DECLINED)
          .does("abort 1 CHECKPOINT_DECLINED " + ALL, "answer r CHECKPOINT_DECLINED")
          .says("because");
    }

    @Test
    void aRequestBeforeTheTasksRunIsRefused() {
      Coordinator.of(ON_REQUEST).request("r").does("answer r NOT_ALL_REQUIRED_TASKS_RUNNING");
    }

    @Test
    void aRepeatedRequestIsOne() {
      Coordinator.running(ON_REQUEST)
          .request("r")
          .request("r")
          .does("trigger 1 for r")
          .request("q")
          .request("q")
          .doesNothing()
          .ackAll(1)
          .forget()
          .stored(1)
          .does("complete 1 " + ALL, "answer r 1", "trigger 2 for q");
    }

    @Test
    void savepointsGoFirstThenForcedOnesThenTheRestInTheOrderOfTheirArrival() {
      RequestQueue queue = RequestQueue.EMPTY;
      for (CheckpointRequest request :
          List.of(
              new CheckpointRequest("c1", CHECKPOINT, false),
              new CheckpointRequest("f1", CHECKPOINT, true),
              new CheckpointRequest("s1", SAVEPOINT, false),
              new CheckpointRequest("c2", FULL_CHECKPOINT, false),
              new CheckpointRequest("s2", SUSPEND_SAVEPOINT, true),
              new CheckpointRequest("f2", FULL_CHECKPOINT, true))) {
        queue = queue.offer(request).queue();
      }
      assertThat(queue.requests())
          .extracting(CheckpointRequest::requestId)
          .containsExactly("s1", "s2", "f1", "f2", "c1", "c2");
    }

    @Test
    void whenTheQueueIsFull_thenANewRequestIsRefused() {
      Coordinator coordinator = full();
      coordinator.request("late").does("answer late TOO_MANY_CHECKPOINT_REQUESTS");
    }

    @Test
    void whenTheQueueIsFull_thenAnUnforcedSavepointTakesThePlaceOfTheLastRequest() {
      full()
          .request("s", SAVEPOINT, false)
          .does("answer r" + RequestQueue.MAX_REQUESTS + " TOO_MANY_CHECKPOINT_REQUESTS")
          .ackAll(1)
          .forget()
          .stored(1)
          .does("complete 1 " + ALL, "trigger 2 SAVEPOINT for s");
    }

    @Test
    void aForcedRequestBehindOneThatWaitsIsServedAndTheOtherStillWaits() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .forget()
          .request("r")
          .request("f", CHECKPOINT, true)
          .does("trigger 2 for f");
    }

    private Coordinator full() {
      Coordinator coordinator = Coordinator.running(EVERY_SECOND).tick(1_000).forget();
      for (int i = 1; i <= RequestQueue.MAX_REQUESTS; i++) {
        coordinator.request("r" + i);
      }
      return coordinator.doesNothing();
    }
  }

  @Nested
  class Subsumption {
    @Test
    void aCompletedCheckpointSubsumesOlderPendingOnes() {
      Coordinator.running(EVERY_SECOND.withMaxConcurrent(3))
          .tick(1_000)
          .tick(2_000)
          .tick(3_000)
          .ackAll(2)
          .forget()
          .stored(2)
          .does("complete 2 " + ALL, "abort 1 CHECKPOINT_SUBSUMED " + ALL)
          .says("checkpoint 2");
    }

    @Test
    void aNewerPendingOneStays() {
      Coordinator.running(EVERY_SECOND.withMaxConcurrent(2))
          .tick(1_000)
          .tick(2_000)
          .forget()
          .completes(1)
          .ackAll(2)
          .forget()
          .stored(2)
          .does("complete 2 " + ALL);
    }

    @Test
    void aSavepointIsNeverSubsumed() {
      Coordinator.running(EVERY_SECOND)
          .savepoint("s")
          .forget()
          .request("f", CHECKPOINT, true)
          .does("trigger 2 for f")
          .ackAll(2)
          .forget()
          .stored(2)
          .does("complete 2 " + ALL, "answer f 2")
          .ackAll(1)
          .forget()
          .stored(1)
          .does("complete 1", "answer s 1");
    }

    @Test
    void aCompletedSavepointSubsumesNothing() {
      Coordinator coordinator =
          Coordinator.running(EVERY_SECOND)
              .tick(1_000)
              .savepoint("s")
              .ackAll(2)
              .forget()
              .stored(2)
              .does("complete 2", "answer s 2");
      assertThat(coordinator.state().pending(1)).isPresent();
      assertThat(coordinator.state().retention().snapshots()).isEmpty();
    }

    @Test
    void anOlderOneThatIsBeingRecordedIsNotGivenUp() {
      Coordinator coordinator =
          Coordinator.running(EVERY_SECOND.withMaxConcurrent(2))
              .tick(1_000)
              .tick(2_000)
              .ackAll(1)
              .ackAll(2)
              .forget();
      coordinator.stored(2).does("complete 2 " + ALL);
      assertThat(coordinator.state().isFinalizing()).isTrue();
    }

    @Test
    void aRequestWhoseCheckpointIsSubsumedIsAnswered() {
      Coordinator.running(ON_REQUEST.withMaxConcurrent(2))
          .request("a")
          .request("b")
          .forget()
          .ackAll(2)
          .forget()
          .stored(2)
          .does(
              "complete 2 " + ALL,
              "abort 1 CHECKPOINT_SUBSUMED " + ALL,
              "answer a CHECKPOINT_SUBSUMED",
              "answer b 2");
    }

    @Test
    void aTaskThatMetANewerBarrierFirstDeclinesWithoutCounting() {
      Coordinator.running(EVERY_SECOND.withMaxConcurrent(2))
          .tick(1_000)
          .tick(2_000)
          .forget()
          .decline(1, "m0", CHECKPOINT_DECLINED_SUBSUMED)
          .does("abort 1 CHECKPOINT_DECLINED_SUBSUMED " + ALL);
    }
  }

  @Nested
  class RetentionOfCompleted {
    @Test
    void theOldestIsSubsumedWhenThereAreMoreThanRetained() {
      Coordinator.running(EVERY_SECOND.withNumRetained(2))
          .tick(1_000)
          .completes(1)
          .tick(2_000)
          .completes(2)
          .tick(3_000)
          .ackAll(3)
          .forget()
          .stored(3)
          .does("complete 3 " + ALL, "subsume 1");
    }

    @Test
    void whatWasRetainedBeforeARestartOfTheServerCounts() {
      Coordinator.of(
              CoordinatorState.initial(
                  EVERY_SECOND.withNumRetained(2),
                  11,
                  List.of(new CompletedSnapshot(10, true, 0), new CompletedSnapshot(9, true, 0))))
          .tasksRunning(1)
          .tick(1_000)
          .ackAll(11)
          .forget()
          .stored(11)
          .does("complete 11 " + ALL, "subsume 9");
    }

    @Test
    void aSnapshotThatIsNotOursIsForgottenButNeverRemoved() {
      Coordinator coordinator =
          Coordinator.of(
                  CoordinatorState.initial(
                      EVERY_SECOND.withNumRetained(1),
                      6,
                      List.of(new CompletedSnapshot(5, false, 0))))
              .tasksRunning(1)
              .tick(1_000)
              .ackAll(6)
              .forget();
      coordinator.stored(6).does("complete 6 " + ALL);
      assertThat(coordinator.state().retention().snapshots())
          .extracting(CompletedSnapshot::checkpointId, CompletedSnapshot::subsumable)
          .containsExactly(tuple(6L, true));
    }

    @Test
    void aSnapshotThatIsNotOursStaysUntilEnoughOfOursAreThere() {
      Retention retention = new Retention(2, 0, List.of(new CompletedSnapshot(5, false, 0)));
      Retention.Change first = retention.add(new CompletedSnapshot(6, true, 0), 0);
      assertThat(first.retention().snapshots())
          .extracting(CompletedSnapshot::checkpointId)
          .containsExactly(5L, 6L);
      Retention.Change second = first.retention().add(new CompletedSnapshot(7, true, 0), 0);
      assertThat(second.retention().snapshots())
          .extracting(CompletedSnapshot::checkpointId)
          .containsExactly(6L, 7L);
      assertThat(second.subsumed()).isEmpty();
    }

    @Test
    void theLastCheckpointPushesAnOlderOneOutAndNothingFollowsIt() {
      Coordinator.running(EVERY_SECOND.withNumRetained(1))
          .tick(1_000)
          .completes(1)
          .request("last", LAST_CHECKPOINT, true)
          .ackAll(2)
          .forget()
          .stored(2)
          .does("complete 2 " + ALL, "subsume 1", "answer last 2")
          .tick(100_000)
          .doesNothing();
    }

    @Test
    void aSynchronousSavepointIsRetainedToRestoreFromButDoesNotPushACheckpointOut() {
      Coordinator coordinator =
          Coordinator.running(EVERY_SECOND.withNumRetained(1))
              .tick(1_000)
              .completes(1)
              .request("stop", SUSPEND_SAVEPOINT, true)
              .ackAll(2)
              .forget();
      coordinator.stored(2).does("complete 2 " + ALL, "answer stop 2");
      assertThat(coordinator.state().retention().snapshots())
          .extracting(CompletedSnapshot::checkpointId, CompletedSnapshot::subsumable)
          .containsExactly(tuple(1L, true), tuple(2L, false));
    }

    @Test
    void aLateOneThatIsOlderThanAllRetainedIsSubsumedItself() {
      Retention.Change change =
          new Retention(1, 0, List.of(new CompletedSnapshot(8, true, 0)))
              .add(new CompletedSnapshot(7, true, 0), 0);
      assertThat(change.subsumed()).containsExactly(7L);
      assertThat(change.retention().snapshots()).containsExactly(new CompletedSnapshot(8, true, 0));
    }

    @Test
    void whatIsYoungerThanTheTimeToRetainStaysBeyondTheNumber() {
      Retention retention = new Retention(1, 1_000, List.of(new CompletedSnapshot(1, true, 0)));
      Retention.Change young = retention.add(new CompletedSnapshot(2, true, 900), 900);
      assertThat(young.subsumed()).isEmpty();
      Retention.Change old = young.retention().add(new CompletedSnapshot(3, true, 1_000), 1_000);
      assertThat(old.subsumed()).containsExactly(1L);
      assertThat(old.retention().snapshots())
          .extracting(CompletedSnapshot::checkpointId)
          .containsExactly(2L, 3L);
    }

    @Test
    void anOldOneStaysAsLongAsTheNumberNeedsIt() {
      Retention retention = new Retention(2, 1_000, List.of(new CompletedSnapshot(1, true, 0)));
      assertThat(retention.add(new CompletedSnapshot(2, true, 9_000), 9_000).subsumed()).isEmpty();
    }

    @Test
    void aCheckpointIsRetainedForItsTime() {
      Coordinator.running(EVERY_SECOND.withNumRetained(1).withRetainForMillis(1_500))
          .tick(1_000)
          .completes(1)
          .tick(2_000)
          .ackAll(2)
          .forget()
          .stored(2)
          .does("complete 2 " + ALL)
          .tick(3_000)
          .ackAll(3)
          .forget()
          .stored(3)
          .does("complete 3 " + ALL, "subsume 1");
    }

    @Test
    void severalAreSubsumedAtOnceWhenTheNumberWasLowered() {
      Retention retention =
          new Retention(
              1,
              0,
              List.of(
                  new CompletedSnapshot(1, true, 0),
                  new CompletedSnapshot(2, true, 0),
                  new CompletedSnapshot(3, true, 0)));
      assertThat(retention.add(new CompletedSnapshot(4, true, 0), 0).subsumed())
          .containsExactly(1L, 2L, 3L);
    }
  }

  @Nested
  class FailureCounting {
    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void onlyTheFiveReasonsOfFlinkAndTheCatalogCount(FailureReason reason) {
      Set<FailureReason> counted =
          Set.of(
              FailureReason.IO_EXCEPTION,
              FailureReason.CATALOG_EXCEPTION,
              FailureReason.CHECKPOINT_ASYNC_EXCEPTION,
              FailureReason.CHECKPOINT_DECLINED,
              FailureReason.CHECKPOINT_EXPIRED,
              FailureReason.FINALIZE_CHECKPOINT_FAILURE);
      assertThat(FailureCounter.tolerating(0).failed(1, reason).isExceeded())
          .isEqualTo(counted.contains(reason));
    }

    @Test
    void thereAreTwentyFiveReasonsOfWhichSevenComeBeforeTheCheckpoint() {
      assertThat(FailureReason.values()).hasSize(25);
      assertThat(FailureReason.values()).filteredOn(FailureReason::isPreflight).hasSize(7);
    }

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void everyReasonExplainsItself(FailureReason reason) {
      assertThat(reason.sentence()).endsWith(".").hasSizeGreaterThan(20);
      assertThat(reason.explain("More.")).isEqualTo(reason.sentence() + " More.");
      assertThat(reason.explain("")).isEqualTo(reason.sentence());
    }

    @Test
    void byDefaultTheFirstCountedFailureFailsTheJob() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .forget()
          .decline(1, "m0", CHECKPOINT_ASYNC_EXCEPTION)
          .does("abort 1 CHECKPOINT_ASYNC_EXCEPTION " + ALL, "fail CHECKPOINT_ASYNC_EXCEPTION")
          .says("tolerable-failed-checkpoints", "because");
    }

    @Test
    void aFailureThatDoesNotCountIsForgiven() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .forget()
          .decline(1, "m0", CHECKPOINT_DECLINED_TASK_NOT_READY)
          .does("abort 1 CHECKPOINT_DECLINED_TASK_NOT_READY " + ALL)
          .tick(2_000)
          .does("trigger 2");
    }

    @Test
    void theJobFailsWithOneFailureMoreThanIsTolerated() {
      Coordinator coordinator = Coordinator.running(EVERY_SECOND.withTolerableFailures(2));
      coordinator
          .tick(1_000)
          .decline(1, "m0", CHECKPOINT_DECLINED)
          .tick(2_000)
          .decline(2, "m0", CHECKPOINT_DECLINED)
          .tick(3_000)
          .forget();
      coordinator
          .decline(3, "m0", CHECKPOINT_DECLINED)
          .does("abort 3 CHECKPOINT_DECLINED " + ALL, "fail CHECKPOINT_DECLINED");
    }

    @Test
    void aSuccessStartsTheCountAfresh() {
      Coordinator coordinator = Coordinator.running(EVERY_SECOND.withTolerableFailures(1));
      coordinator
          .tick(1_000)
          .decline(1, "m0", CHECKPOINT_DECLINED)
          .tick(2_000)
          .completes(2)
          .tick(3_000)
          .forget();
      coordinator
          .decline(3, "m0", CHECKPOINT_DECLINED)
          .does("abort 3 CHECKPOINT_DECLINED " + ALL)
          .tick(4_000)
          .forget();
      coordinator
          .decline(4, "m0", CHECKPOINT_DECLINED)
          .does("abort 4 CHECKPOINT_DECLINED " + ALL, "fail CHECKPOINT_DECLINED");
    }

    @Test
    void oneIdCountsOnce() {
      FailureCounter counter =
          FailureCounter.tolerating(1)
              .failed(7, CHECKPOINT_DECLINED)
              .failed(7, CHECKPOINT_ASYNC_EXCEPTION);
      assertThat(counter.isExceeded()).isFalse();
      assertThat(counter.failed(8, CHECKPOINT_DECLINED).isExceeded()).isTrue();
    }

    @Test
    void aFailureOlderThanTheLastSuccessDoesNotCount() {
      FailureCounter counter = FailureCounter.tolerating(0).succeeded(5);
      assertThat(counter.failed(4, CHECKPOINT_DECLINED).isExceeded()).isFalse();
      assertThat(counter.failed(6, CHECKPOINT_DECLINED).isExceeded()).isTrue();
    }

    @Test
    void anOlderSuccessDoesNotResetTheCount() {
      assertThat(
              FailureCounter.tolerating(0)
                  .succeeded(5)
                  .failed(6, CHECKPOINT_DECLINED)
                  .succeeded(4)
                  .isExceeded())
          .isTrue();
    }

    @Test
    void afterTheJobFailedTheCountStartsAfresh() {
      Coordinator.running(EVERY_SECOND.withTolerableFailures(1))
          .tick(1_000)
          .decline(1, "m0", CHECKPOINT_DECLINED)
          .tick(2_000)
          .decline(2, "m0", CHECKPOINT_DECLINED)
          .restarting()
          .tasksRunning(2)
          .tick(3_000)
          .forget()
          .feed(new CheckpointEvent.Declined(2, 3, Coordinator.task("m0"), CHECKPOINT_DECLINED, ""))
          .does("abort 3 CHECKPOINT_DECLINED " + ALL);
    }

    @Test
    void withoutALimitNoNumberOfFailuresFailsTheJob() {
      Coordinator coordinator = Coordinator.running(TOLERANT);
      for (int id = 1; id <= 100; id++) {
        coordinator
            .tick(1_000L * id)
            .does("trigger " + id)
            .decline(id, "s0", CHECKPOINT_DECLINED)
            .does("abort " + id + " CHECKPOINT_DECLINED " + ALL);
      }
    }

    @Test
    void aFailedSavepointNeverCounts() {
      Coordinator.running(ON_REQUEST)
          .savepoint("s")
          .forget()
          .decline(1, "m0", CHECKPOINT_DECLINED)
          .does("abort 1 CHECKPOINT_DECLINED " + ALL, "answer s CHECKPOINT_DECLINED");
    }

    @Test
    void afterTheJobFailedNothingIsTriggeredUntilTasksRunAgain() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .decline(1, "m0", CHECKPOINT_DECLINED)
          .forget()
          .tick(9_000)
          .request("r")
          .does("answer r NOT_ALL_REQUIRED_TASKS_RUNNING")
          .restarting()
          .tasksRunning(2)
          .tick(10_000)
          .does("trigger 2");
    }

    @Test
    void whenTheJobFailsForItsCheckpoints_thenWaitingRequestsAreAnswered() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .request("r")
          .forget()
          .decline(1, "m0", CHECKPOINT_DECLINED)
          .does(
              "abort 1 CHECKPOINT_DECLINED " + ALL,
              "fail CHECKPOINT_DECLINED",
              "answer r JOB_FAILOVER_REGION");
    }

    @Test
    void anExpiredCheckpointAndAFailedRecordCount() {
      Coordinator.running(EVERY_SECOND.withTimeoutMillis(500))
          .tick(1_000)
          .forget()
          .tick(1_500)
          .does("abort 1 CHECKPOINT_EXPIRED " + ALL, "fail CHECKPOINT_EXPIRED");
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .ackAll(1)
          .forget()
          .storeFailed(1)
          .does("abort 1 FINALIZE_CHECKPOINT_FAILURE " + ALL, "fail FINALIZE_CHECKPOINT_FAILURE");
    }
  }

  @Nested
  class StopWithSavepoint {
    @ParameterizedTest
    @EnumSource(names = {"SUSPEND_SAVEPOINT", "TERMINATE_SAVEPOINT"})
    void whenItIsComplete_thenAllTasksAreToldAndNothingMoreStarts(CheckpointType type) {
      Coordinator.running(EVERY_SECOND)
          .request("stop", type, true)
          .does("trigger 1 " + type + " for stop")
          .ackAll(1)
          .forget()
          .at(500)
          .stored(1)
          .does("complete 1 " + ALL, "answer stop 1")
          .sleepsForever()
          .tick(60_000)
          .doesNothing()
          .request("late")
          .does("answer late PERIODIC_SCHEDULER_SHUTDOWN");
    }

    @Test
    void nothingStartsWhileItIsInProgress() {
      Coordinator.running(EVERY_SECOND.withMaxConcurrent(5))
          .request("stop", SUSPEND_SAVEPOINT, true)
          .forget()
          .tick(5_000)
          .savepoint("s")
          .request("f", CHECKPOINT, true)
          .doesNothing();
    }

    @Test
    void whenItIsComplete_thenWaitingRequestsAreAnswered() {
      Coordinator.running(EVERY_SECOND)
          .request("stop", SUSPEND_SAVEPOINT, true)
          .savepoint("s")
          .ackAll(1)
          .forget()
          .stored(1)
          .does("complete 1 " + ALL, "answer stop 1", "answer s PERIODIC_SCHEDULER_SHUTDOWN");
    }

    @Test
    void itSubsumesOlderCheckpoints() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .request("stop", SUSPEND_SAVEPOINT, true)
          .ackAll(2)
          .forget()
          .stored(2)
          .does("complete 2 " + ALL, "abort 1 CHECKPOINT_SUBSUMED " + ALL, "answer stop 2");
    }

    @Test
    void whenADrainingOneIsDeclined_thenTheJobStartsAgainSinceNoTaskCanGoBack() {
      Coordinator.running(TOLERANT)
          .request("stop", TERMINATE_SAVEPOINT, true)
          .forget()
          .decline(1, "m0", CHECKPOINT_DECLINED)
          .does(
              "abort 1 CHECKPOINT_DECLINED " + ALL,
              "answer stop CHECKPOINT_DECLINED",
              "restart CHECKPOINT_DECLINED")
          .says("Savepoint 1", "drains")
          .tick(60_000)
          .doesNothing()
          .request("late")
          .does("answer late NOT_ALL_REQUIRED_TASKS_RUNNING");
    }

    @ParameterizedTest
    @EnumSource(names = {"SUSPEND_SAVEPOINT", "LAST_CHECKPOINT"})
    void whenASuspendingOneIsDeclined_thenTheTasksGoOnAndSoDoCheckpoints(CheckpointType type) {
      Coordinator.running(EVERY_SECOND)
          .request("stop", type, true)
          .forget()
          .decline(1, "m0", CHECKPOINT_DECLINED)
          .does("abort 1 CHECKPOINT_DECLINED " + ALL, "answer stop CHECKPOINT_DECLINED")
          .tick(1_000)
          .does("trigger 2");
    }

    @Test
    void whenItExpiresOrIsNotRecorded_thenTheTasksGoOn() {
      Coordinator.running(ON_REQUEST.withTimeoutMillis(100))
          .request("stop", SUSPEND_SAVEPOINT, true)
          .forget()
          .tick(100)
          .does("abort 1 CHECKPOINT_EXPIRED " + ALL, "answer stop CHECKPOINT_EXPIRED");
      Coordinator.running(ON_REQUEST)
          .request("stop", SUSPEND_SAVEPOINT, true)
          .ackAll(1)
          .forget()
          .storeFailed(1)
          .does(
              "abort 1 FINALIZE_CHECKPOINT_FAILURE " + ALL,
              "answer stop FINALIZE_CHECKPOINT_FAILURE");
    }

    @Test
    void whenADrainingOneExpiresOrIsNotRecorded_thenTheJobStartsAgain() {
      Coordinator.running(ON_REQUEST.withTimeoutMillis(100))
          .request("stop", TERMINATE_SAVEPOINT, true)
          .forget()
          .tick(100)
          .does(
              "abort 1 CHECKPOINT_EXPIRED " + ALL,
              "answer stop CHECKPOINT_EXPIRED",
              "restart CHECKPOINT_EXPIRED");
      Coordinator.running(ON_REQUEST)
          .request("stop", TERMINATE_SAVEPOINT, true)
          .ackAll(1)
          .forget()
          .storeFailed(1)
          .does(
              "abort 1 FINALIZE_CHECKPOINT_FAILURE " + ALL,
              "answer stop FINALIZE_CHECKPOINT_FAILURE",
              "restart FINALIZE_CHECKPOINT_FAILURE");
    }

    @Test
    void aFailedSuspendingCheckpointIsNoFailureOfTheJob() {
      Coordinator.running(EVERY_SECOND)
          .request("stop", CheckpointType.LAST_CHECKPOINT, true)
          .forget()
          .decline(1, "m0", CHECKPOINT_ASYNC_EXCEPTION)
          .does(
              "abort 1 CHECKPOINT_ASYNC_EXCEPTION " + ALL,
              "answer stop CHECKPOINT_ASYNC_EXCEPTION");
    }

    @Test
    void whenItCouldNotEvenBeTriggered_thenTheJobGoesOn() {
      Coordinator.running(EVERY_SECOND)
          .request("stop", SUSPEND_SAVEPOINT, true)
          .forget()
          .feed(new CheckpointEvent.TriggerFailed(1, FailureReason.IO_EXCEPTION, "no space"))
          .does("abort 1 IO_EXCEPTION " + ALL, "answer stop IO_EXCEPTION")
          .tick(1_000)
          .does("trigger 2");
    }

    @Test
    void whenTheJobFailsBehindIt_thenCheckpointsGoOnInTheNextAttempt() {
      Coordinator.running(EVERY_SECOND)
          .request("stop", SUSPEND_SAVEPOINT, true)
          .ackAll(1)
          .stored(1)
          .restarting()
          .tasksRunning(2)
          .forget()
          .tick(1_000)
          .does("trigger 2 FULL_CHECKPOINT");
    }
  }

  @Nested
  class BehindASnapshotThatIsNotTheJobs {
    @Test
    void checkpointsShareNothing_untilOneIsComplete() {
      Coordinator.of(
              CoordinatorState.initial(
                  EVERY_SECOND, 8, List.of(new CompletedSnapshot(7, false, 0))))
          .tasksRunning(1)
          .tick(1_000)
          .does("trigger 8 FULL_CHECKPOINT")
          .decline(8, "m0", FailureReason.CHECKPOINT_DECLINED_TASK_NOT_READY)
          .forget()
          .tick(2_000)
          .does("trigger 9 FULL_CHECKPOINT")
          .completes(9)
          .tick(3_000)
          .does("trigger 10");
    }

    @Test
    void checkpointsBehindOneThatIsClaimedMayShare() {
      Coordinator.of(
              CoordinatorState.initial(EVERY_SECOND, 8, List.of(new CompletedSnapshot(7, true, 0))))
          .tasksRunning(1)
          .tick(1_000)
          .does("trigger 8");
    }
  }

  @Nested
  class FinishedTasks {
    @Test
    void finishedTasksNeedNotAcknowledge() {
      Coordinator.running(EVERY_SECOND)
          .finished("s0")
          .tick(1_000)
          .triggers("s1")
          .awaits("s1", "m0", "m1", "k0");
    }

    @Test
    void whenAllSourcesHaveFinished_thenTheTasksBehindThemAreTriggered() {
      Coordinator.running(EVERY_SECOND)
          .finished("s0", "s1")
          .tick(1_000)
          .triggers("m0", "m1")
          .awaits("m0", "m1", "k0");
    }

    @Test
    void aTaskBehindOneRunningTaskIsNotTriggered() {
      Coordinator.running(EVERY_SECOND)
          .finished("s0", "s1", "m0")
          .tick(1_000)
          .triggers("m1")
          .awaits("m1", "k0");
    }

    @Test
    void finishedTasksAreNotToldOfTheCompletion() {
      Coordinator.running(EVERY_SECOND)
          .finished("s0")
          .tick(1_000)
          .ack(1, "s1", "m0", "m1", "k0")
          .forget()
          .stored(1)
          .does("complete 1 s1,m0,m1,k0");
    }

    @Test
    void aTaskThatFinishesAfterItAcknowledgedDoesNoHarm() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .ack(1, "s0")
          .finished("s0")
          .ack(1, "s1", "m0", "m1", "k0")
          .forget()
          .stored(1)
          .does("complete 1 s1,m0,m1,k0");
    }

    @Test
    void aTaskThatFinishesBeforeItAcknowledgedEndsTheCheckpointWithoutCounting() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .forget()
          .finished("s0")
          .does("abort 1 CHECKPOINT_DECLINED_TASK_CLOSING s1,m0,m1,k0")
          .tick(2_000)
          .does("trigger 2")
          .triggers("s1");
    }

    @Test
    void whenAllTasksHaveFinished_thenNothingIsTriggeredAndRequestsAreRefused() {
      Coordinator.running(EVERY_SECOND)
          .finished("s0", "s1", "m0", "m1", "k0")
          .tick(1_000)
          .doesNothing()
          .request("r")
          .does("answer r NOT_ALL_REQUIRED_TASKS_RUNNING");
    }

    @Test
    void whenCheckpointsMustNotGoOnAfterTasksFinished_thenTheyDoNot() {
      Coordinator.running(EVERY_SECOND.withAfterTasksFinish(false))
          .finished("s0")
          .tick(1_000)
          .doesNothing()
          .wakesAt(2_000)
          .request("r")
          .does("answer r NOT_ALL_REQUIRED_TASKS_RUNNING");
    }

    @Test
    void tasksRestoredAsFinishedNeedNotAcknowledge() {
      Coordinator.of(EVERY_SECOND).tasksRunning(1, "s0", "s1").tick(1_000).triggers("m0", "m1");
    }

    @Test
    void anEndFromAnOlderAttemptIsIgnored() {
      Coordinator.running(EVERY_SECOND)
          .restarting()
          .tasksRunning(2)
          .finished("s0")
          .tick(1_000)
          .triggers("s0", "s1");
    }

    @Test
    void aTopologyWithAnUnknownInputIsRefused() {
      assertThatThrownBy(
              () -> new TaskTopology(Map.of(Coordinator.task("m0"), Coordinator.tasks("s0"))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not in the topology");
    }
  }

  @Nested
  class Restart {
    @Test
    void aRestartAbortsEverythingInProgress() {
      Coordinator.running(EVERY_SECOND.withMaxConcurrent(2))
          .tick(1_000)
          .tick(2_000)
          .forget()
          .restarting()
          .does("abort 1 JOB_FAILOVER_REGION", "abort 2 JOB_FAILOVER_REGION")
          .sleepsForever();
    }

    @Test
    void aRestartAnswersAllRequests() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .request("r")
          .savepoint("s")
          .forget()
          .restarting()
          .does(
              "abort 1 JOB_FAILOVER_REGION",
              "abort 2 JOB_FAILOVER_REGION",
              "answer s JOB_FAILOVER_REGION",
              "answer r JOB_FAILOVER_REGION");
    }

    @Test
    void idsGoOnAfterARestart() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .restarting()
          .tasksRunning(2)
          .forget()
          .tick(2_000)
          .does("trigger 2");
    }

    @Test
    void whileRestartingNothingIsTriggered() {
      Coordinator.running(EVERY_SECOND)
          .restarting()
          .tick(60_000)
          .doesNothing()
          .request("r")
          .does("answer r NOT_ALL_REQUIRED_TASKS_RUNNING");
    }

    @Test
    void aRestartWhileACheckpointIsBeingRecordedAwaitsTheOutcome() {
      Coordinator coordinator =
          Coordinator.running(EVERY_SECOND)
              .tick(1_000)
              .ackAll(1)
              .forget()
              .restarting()
              .doesNothing();
      assertThat(coordinator.state().isFinalizing()).isTrue();
      coordinator.stored(1).does("complete 1").tasksRunning(2).doesNothing();
      assertThat(coordinator.state().retention().snapshots())
          .extracting(CompletedSnapshot::checkpointId, CompletedSnapshot::subsumable)
          .containsExactly(tuple(1L, true));
    }

    @Test
    void aRecordThatFailsDuringARestartDoesNotFailTheJobAgain() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .ackAll(1)
          .forget()
          .restarting()
          .storeFailed(1)
          .does("abort 1 FINALIZE_CHECKPOINT_FAILURE");
    }

    @Test
    void aNewAttemptMustNotRunBeforeTheOutcomeIsKnown() {
      Coordinator coordinator =
          Coordinator.running(EVERY_SECOND).tick(1_000).ackAll(1).restarting();
      assertThatThrownBy(() -> coordinator.tasksRunning(2))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("checkpoint 1");
    }

    @Test
    void aRepeatedOrOlderStartIsIgnored() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .does("trigger 1")
          .tasksRunning(1)
          .tasksRunning(0)
          .doesNothing()
          .ackAll(1)
          .forget()
          .stored(1)
          .does("complete 1 " + ALL);
    }

    @Test
    void aFailedTaskEndsTheCheckpointsThatStillAwaitIt() {
      Coordinator.running(EVERY_SECOND.withMaxConcurrent(2))
          .tick(1_000)
          .tick(2_000)
          .ack(1, "m0")
          .forget()
          .feed(new CheckpointEvent.TaskFailed(1, Coordinator.task("m0"), "divided by zero"))
          .does("abort 2 TASK_FAILURE " + ALL)
          .says("divided by zero")
          .feed(new CheckpointEvent.TaskFailed(0, Coordinator.task("s0"), "late"))
          .doesNothing();
    }

    @Test
    void afterARestartTheInitialDelayHoldsAgain() {
      Coordinator.running(EVERY_SECOND.withInitialDelayMillis(200))
          .tick(200)
          .restarting()
          .at(5_000)
          .tasksRunning(2)
          .wakesAt(5_200);
    }
  }

  @Nested
  class Shutdown {
    @Test
    void theEndOfTheJobAbortsEverything() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .request("r")
          .forget()
          .stop()
          .does(
              "abort 1 CHECKPOINT_COORDINATOR_SHUTDOWN", "answer r CHECKPOINT_COORDINATOR_SHUTDOWN")
          .sleepsForever();
    }

    @Test
    void aSuspensionSaysSo() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .forget()
          .suspend()
          .does("abort 1 CHECKPOINT_COORDINATOR_SUSPEND");
    }

    @Test
    void afterTheEndNothingHappensAnyMore() {
      Coordinator.running(EVERY_SECOND)
          .stop()
          .stop()
          .tasksRunning(2)
          .restarting()
          .tick(60_000)
          .doesNothing()
          .sleepsForever()
          .request("r")
          .does("answer r CHECKPOINT_COORDINATOR_SHUTDOWN");
    }

    @Test
    void aCheckpointThatIsBeingRecordedMayStillBeCompleted() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .ackAll(1)
          .forget()
          .stop()
          .doesNothing()
          .stored(1)
          .does("complete 1");
    }

    @Test
    void lateAcknowledgementsAreRemoved() {
      Coordinator.running(EVERY_SECOND)
          .tick(1_000)
          .stop()
          .forget()
          .ack(1, "s0")
          .does("discard 1 s0");
    }

    @Test
    void aShutdownDuringAStopWithSavepointDoesNotFailTheJob() {
      Coordinator.running(EVERY_SECOND)
          .request("stop", SUSPEND_SAVEPOINT, true)
          .forget()
          .stop()
          .does(
              "abort 1 CHECKPOINT_COORDINATOR_SHUTDOWN",
              "answer stop CHECKPOINT_COORDINATOR_SHUTDOWN");
    }
  }
}
