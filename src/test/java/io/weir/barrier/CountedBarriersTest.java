package io.weir.barrier;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountedBarriersTest {

  @Nested
  class OneCheckpoint {
    @Test
    void withOneChannelTheBarrierTriggersAtOnce() {
      Scenario.atLeastOnce(1)
          .barrier(0, 1)
          .does("start 1", "trigger 1 aligned=1 ended=0")
          .isAligning(false)
          .currentIs(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 123})
    void theLastBarrierTriggersAndNoChannelIsEverBlocked(int channels) {
      Scenario scenario =
          Scenario.atLeastOnce(channels).barrier(0, 1).does("start 1").isAligning(true);
      for (int channel = 1; channel < channels - 1; channel++) {
        scenario.barrier(channel, 1).doesNothing().isAligning(true);
      }
      scenario
          .barrier(channels - 1, 1)
          .does("trigger 1 aligned=" + channels + " ended=0")
          .isAligning(false);
    }

    @Test
    void beforeAnyBarrierThereIsNoCheckpoint() {
      Scenario.atLeastOnce(3)
          .doesNothing()
          .isAligning(false)
          .currentIs(BarrierHandler.NO_CHECKPOINT);
    }

    @Test
    void aSavepointIsCountedLikeACheckpoint() {
      Scenario.atLeastOnce(2)
          .savepoint(0, 1)
          .savepoint(1, 1)
          .does("start 1", "savepoint 1 aligned=2 ended=0");
    }
  }

  @Nested
  class SeveralCheckpoints {
    @Test
    void severalCheckpointsAreCountedSideBySide() {
      Scenario.atLeastOnce(2)
          .barrier(0, 1)
          .barrier(0, 2)
          .barrier(0, 3)
          .does("start 1", "start 2", "start 3")
          .currentIs(3)
          .barrier(1, 1)
          .does("trigger 1 aligned=2 ended=0")
          .isAligning(true)
          .barrier(1, 2)
          .does("trigger 2 aligned=2 ended=0")
          .barrier(1, 3)
          .does("trigger 3 aligned=2 ended=0")
          .isAligning(false);
    }

    @Test
    void aLaterCheckpointThatCompletesTakesTheEarlierOnesWithIt() {
      Scenario.atLeastOnce(2)
          .barrier(0, 1)
          .barrier(0, 2)
          .barrier(0, 3)
          .does("start 1", "start 2", "start 3")
          .barrier(1, 3)
          .does("abort 1 SUBSUMED", "abort 2 SUBSUMED", "trigger 3 aligned=2 ended=0")
          .isAligning(false);
    }

    @Test
    void anEarlierOneThatCompletesLeavesTheLaterOnesPending() {
      Scenario.atLeastOnce(2)
          .barrier(0, 1)
          .barrier(1, 1)
          .barrier(0, 2)
          .does("start 1", "trigger 1 aligned=2 ended=0", "start 2")
          .isAligning(true);
    }

    @Test
    void aNewerBarrierDoesNotGiveUpTheOlderOne() {
      Scenario.atLeastOnce(3)
          .barrier(0, 1)
          .barrier(1, 2)
          .does("start 1", "start 2")
          .barrier(1, 1)
          .doesNothing()
          .isAligning(true);
    }

    @Test
    void aSavepointAmongCheckpointsKeepsItsKind() {
      Scenario.atLeastOnce(2)
          .barrier(0, 1)
          .savepoint(0, 2)
          .barrier(0, 3)
          .does("start 1", "start 2", "start 3")
          .barrier(1, 1)
          .savepoint(1, 2)
          .barrier(1, 3)
          .does(
              "trigger 1 aligned=2 ended=0",
              "savepoint 2 aligned=2 ended=0",
              "trigger 3 aligned=2 ended=0");
    }

    @Test
    void idsThatWereNeverBegunAreOverOnceANewerOneHasBegun() {
      Scenario.atLeastOnce(2)
          .barrier(0, 5)
          .does("start 5")
          .barrier(1, 4)
          .doesNothing()
          .barrier(1, 5)
          .does("trigger 5 aligned=2 ended=0");
    }

    @Test
    void whenMoreArePendingThanTheLimit_thenTheOldestIsGivenUp() {
      Scenario scenario = Scenario.atLeastOnce(2);
      for (long id = 1; id <= CountingBarriers.MAX_PENDING; id++) {
        scenario.barrier(0, id).does("start " + id);
      }
      long next = CountingBarriers.MAX_PENDING + 1;
      scenario
          .barrier(0, next)
          .does("start " + next, "abort 1 SUBSUMED")
          .barrier(1, 1)
          .doesNothing()
          .barrier(1, 2)
          .does("trigger 2 aligned=2 ended=0");
    }
  }

  @Nested
  class LateAndDuplicateBarriers {
    @Test
    void aDuplicateDoesNotCountTwice() {
      Scenario.atLeastOnce(3)
          .barrier(0, 1)
          .barrier(0, 1)
          .barrier(0, 1)
          .does("start 1")
          .isAligning(true);
    }

    @Test
    void aDuplicateAfterCompletionIsIgnored() {
      Scenario.atLeastOnce(2)
          .barrier(0, 1)
          .barrier(1, 1)
          .does("start 1", "trigger 1 aligned=2 ended=0")
          .barrier(0, 1)
          .barrier(1, 1)
          .doesNothing();
    }

    @Test
    void aLateBarrierOfASubsumedCheckpointIsIgnored() {
      Scenario.atLeastOnce(3)
          .barrier(0, 1)
          .barrier(0, 2)
          .barrier(1, 2)
          .barrier(2, 2)
          .does("start 1", "start 2", "abort 1 SUBSUMED", "trigger 2 aligned=3 ended=0")
          .barrier(1, 1)
          .doesNothing()
          .isAligning(false);
    }
  }

  @Nested
  class Aborts {
    @Test
    void anAbortWhileCountingPassesTheCancellationOn() {
      Scenario.atLeastOnce(2)
          .barrier(0, 1)
          .does("start 1")
          .abort(1)
          .does("abort 1 CANCELLED")
          .isAligning(false)
          .barrier(1, 1)
          .doesNothing();
    }

    @Test
    void anAbortOfOneLeavesTheOthersPending() {
      Scenario.atLeastOnce(2)
          .barrier(0, 1)
          .barrier(0, 2)
          .barrier(0, 3)
          .abort(2)
          .does("start 1", "start 2", "start 3", "abort 2 CANCELLED")
          .barrier(1, 1)
          .barrier(1, 2)
          .barrier(1, 3)
          .does("trigger 1 aligned=2 ended=0", "trigger 3 aligned=2 ended=0");
    }

    @Test
    void anAbortAheadIsRememberedAndPassedOnOnce() {
      Scenario.atLeastOnce(2)
          .abort(1)
          .doesNothing()
          .barrier(0, 1)
          .does("abort 1 CANCELLED")
          .barrier(1, 1)
          .doesNothing()
          .isAligning(false);
    }

    @Test
    void aBarrierThatWasAbortedAheadLeavesOlderOnesPending() {
      Scenario.atLeastOnce(2)
          .barrier(0, 1)
          .abort(2)
          .does("start 1")
          .barrier(0, 2)
          .does("abort 2 CANCELLED")
          .barrier(1, 1)
          .does("trigger 1 aligned=2 ended=0");
    }

    @Test
    void anAbortAfterCompletionIsIgnored() {
      Scenario.atLeastOnce(1)
          .barrier(0, 1)
          .does("start 1", "trigger 1 aligned=1 ended=0")
          .abort(1)
          .doesNothing();
    }

    @Test
    void aRepeatedAbortDoesNothingMore() {
      Scenario.atLeastOnce(2)
          .barrier(0, 1)
          .abort(1)
          .does("start 1", "abort 1 CANCELLED")
          .abort(1)
          .doesNothing();
    }
  }

  @Nested
  class EndOfInput {
    @Test
    void whenTheMissingChannelEnds_thenTheCheckpointTriggers() {
      Scenario.atLeastOnce(2)
          .barrier(0, 1)
          .does("start 1")
          .end(1)
          .does("trigger 1 aligned=1 ended=1");
    }

    @Test
    void whenAChannelEnds_thenAllCheckpointsThatWaitedForItTriggerInOrder() {
      Scenario.atLeastOnce(2)
          .barrier(0, 1)
          .barrier(0, 2)
          .barrier(0, 3)
          .does("start 1", "start 2", "start 3")
          .end(1)
          .does(
              "trigger 1 aligned=1 ended=1",
              "trigger 2 aligned=1 ended=1",
              "trigger 3 aligned=1 ended=1")
          .isAligning(false);
    }

    @Test
    void whenAnEndCompletesALaterCheckpointOnly_thenTheEarlierIncompleteOneIsSubsumed() {
      Scenario.atLeastOnce(3)
          .barrier(0, 1)
          .barrier(0, 2)
          .barrier(1, 2)
          .does("start 1", "start 2")
          .end(2)
          .does("abort 1 SUBSUMED", "trigger 2 aligned=2 ended=1")
          .isAligning(false);
    }

    @Test
    void aChannelThatEndedBeforeIsNotAwaited() {
      Scenario.atLeastOnce(3)
          .end(2)
          .barrier(0, 1)
          .barrier(1, 1)
          .does("start 1", "trigger 1 aligned=2 ended=1");
    }

    @Test
    void theEndOfAChannelThatDeliveredItsBarrierDoesNotCompleteForTheOthers() {
      Scenario.atLeastOnce(2)
          .barrier(0, 1)
          .does("start 1")
          .end(0)
          .doesNothing()
          .isAligning(true)
          .barrier(1, 1)
          .does("trigger 1 aligned=2 ended=1");
    }

    @Test
    void anEndWithNothingPendingDoesNothing() {
      Scenario.atLeastOnce(2).end(0).end(1).doesNothing();
    }
  }

  @Nested
  class Triggers {
    @Test
    void aSourceSnapshotsWhenTriggered() {
      Scenario.atLeastOnce(0)
          .trigger(1)
          .trigger(1)
          .trigger(2)
          .does("start 1", "trigger 1 aligned=0 ended=0", "start 2", "trigger 2 aligned=0 ended=0");
    }

    @Test
    void aTriggerWaitsForTheEndOfTheChannels() {
      Scenario.atLeastOnce(2)
          .trigger(1)
          .does("start 1")
          .end(0)
          .doesNothing()
          .end(1)
          .does("trigger 1 aligned=0 ended=2");
    }

    @Test
    void aTriggerThatWasAbortedAheadIsPassedOnAsCancellation() {
      Scenario.atLeastOnce(0).abort(1).trigger(1).does("abort 1 CANCELLED");
    }
  }
}
