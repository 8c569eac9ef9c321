package io.weir.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlignedBarriersTest {

  @Nested
  class OneCheckpoint {
    @Test
    void withOneChannelTheBarrierTriggersAtOnceAndNothingIsBlocked() {
      Scenario.exactlyOnce(1)
          .barrier(0, 1)
          .does("start 1", "trigger 1 aligned=1 ended=0")
          .isAligning(false)
          .currentIs(1);
    }

    @Test
    void theFirstOfTwoBarriersBlocksItsChannel() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .does("start 1", "block 0")
          .isAligning(true)
          .currentIs(1);
    }

    @Test
    void theLastBarrierTriggersBeforeChannelsAreUnblocked() {
      Scenario.exactlyOnce(2)
          .barrier(1, 1)
          .does("start 1", "block 1")
          .barrier(0, 1)
          .does("trigger 1 aligned=2 ended=0", "unblock")
          .isAligning(false);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8, 123})
    void everyChannelButTheLastIsBlockedOnce(int channels) {
      Scenario scenario = Scenario.exactlyOnce(channels);
      scenario.barrier(0, 7).does("start 7", "block 0");
      for (int channel = 1; channel < channels - 1; channel++) {
        scenario.barrier(channel, 7).does("block " + channel).isAligning(true);
      }
      scenario
          .barrier(channels - 1, 7)
          .does("trigger 7 aligned=" + channels + " ended=0", "unblock")
          .isAligning(false);
    }

    @Test
    void beforeAnyBarrierThereIsNoCheckpoint() {
      Scenario.exactlyOnce(3)
          .doesNothing()
          .isAligning(false)
          .currentIs(BarrierHandler.NO_CHECKPOINT);
    }

    @Test
    void theFirstCheckpointMayHaveAnyId() {
      Scenario.exactlyOnce(1).barrier(0, 0).does("start 0", "trigger 0 aligned=1 ended=0");
      Scenario.exactlyOnce(1).barrier(0, 4711).does("start 4711", "trigger 4711 aligned=1 ended=0");
    }

    @Test
    void theBarrierThatArrivedFirstIsTheOneThatIsForwarded() {
      Scenario.exactlyOnce(2)
          .savepoint(0, 5)
          .savepoint(1, 5)
          .does("start 5", "block 0", "savepoint 5 aligned=2 ended=0", "unblock");
    }
  }

  @Nested
  class SeveralCheckpoints {
    @Test
    void oneFollowsTheOther() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .barrier(1, 1)
          .does("start 1", "block 0", "trigger 1 aligned=2 ended=0", "unblock")
          .barrier(1, 2)
          .barrier(0, 2)
          .does("start 2", "block 1", "trigger 2 aligned=2 ended=0", "unblock");
    }

    @Test
    void idsMayBeSkipped() {
      Scenario.exactlyOnce(1)
          .barrier(0, 3)
          .barrier(0, 9)
          .does("start 3", "trigger 3 aligned=1 ended=0", "start 9", "trigger 9 aligned=1 ended=0");
    }

    @Test
    void aSavepointBetweenCheckpointsIsAlignedLikeThem() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .barrier(1, 1)
          .savepoint(0, 2)
          .savepoint(1, 2)
          .barrier(0, 3)
          .barrier(1, 3)
          .does(
              "start 1",
              "block 0",
              "trigger 1 aligned=2 ended=0",
              "unblock",
              "start 2",
              "block 0",
              "savepoint 2 aligned=2 ended=0",
              "unblock",
              "start 3",
              "block 0",
              "trigger 3 aligned=2 ended=0",
              "unblock");
    }

    @Test
    void aNewerBarrierGivesUpTheOlderAlignmentAndStartsItsOwn() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .does("start 1", "block 0")
          .barrier(1, 2)
          .does("unblock", "abort 1 SUBSUMED", "start 2", "block 1")
          .isAligning(true)
          .currentIs(2);
    }

    @Test
    void afterANewerBarrierTheChannelOfTheOlderOneIsAwaitedAgain() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .barrier(1, 2)
          .does("start 1", "block 0", "unblock", "abort 1 SUBSUMED", "start 2", "block 1")
          .barrier(0, 2)
          .does("trigger 2 aligned=2 ended=0", "unblock");
    }

    @Test
    void aNewerBarrierGivesUpTheOlderOneHoweverFarThatGot() {
      Scenario.exactlyOnce(4)
          .barrier(0, 1)
          .barrier(1, 1)
          .barrier(2, 1)
          .does("start 1", "block 0", "block 1", "block 2")
          .barrier(3, 2)
          .does("unblock", "abort 1 SUBSUMED", "start 2", "block 3");
    }

    @Test
    void newerBarriersMayOvertakeAgainAndAgain() {
      Scenario.exactlyOnce(3)
          .barrier(0, 1)
          .barrier(1, 2)
          .barrier(2, 3)
          .does(
              "start 1",
              "block 0",
              "unblock",
              "abort 1 SUBSUMED",
              "start 2",
              "block 1",
              "unblock",
              "abort 2 SUBSUMED",
              "start 3",
              "block 2")
          .barrier(0, 3)
          .barrier(1, 3)
          .does("block 0", "trigger 3 aligned=3 ended=0", "unblock");
    }

    @Test
    void aNewerBarrierOnTheChannelThatIsBlockedGivesUpTheOlderOneToo() {
      // an engine that respects blocking never does this; giving up is the safe answer
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .barrier(0, 2)
          .does("start 1", "block 0", "unblock", "abort 1 SUBSUMED", "start 2", "block 0");
    }

    @Test
    void aSavepointMayBeOvertakenByANewerCheckpointOnly() {
      Scenario.exactlyOnce(2)
          .savepoint(0, 4)
          .barrier(1, 3)
          .does("start 4", "block 0")
          .barrier(1, 5)
          .does("unblock", "abort 4 SUBSUMED", "start 5", "block 1");
    }
  }

  @Nested
  class LateAndDuplicateBarriers {
    @Test
    void aDuplicateWhileAligningIsIgnored() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .does("start 1", "block 0")
          .barrier(0, 1)
          .doesNothing()
          .isAligning(true);
    }

    @Test
    void aDuplicateDoesNotCountForAnotherChannel() {
      Scenario.exactlyOnce(3)
          .barrier(0, 1)
          .barrier(0, 1)
          .barrier(0, 1)
          .does("start 1", "block 0")
          .barrier(1, 1)
          .does("block 1")
          .isAligning(true);
    }

    @Test
    void aDuplicateAfterCompletionIsIgnored() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .barrier(1, 1)
          .does("start 1", "block 0", "trigger 1 aligned=2 ended=0", "unblock")
          .barrier(0, 1)
          .doesNothing()
          .isAligning(false);
    }

    @Test
    void aDuplicateWithOneChannelDoesNotTriggerTwice() {
      Scenario.exactlyOnce(1)
          .barrier(0, 1)
          .does("start 1", "trigger 1 aligned=1 ended=0")
          .barrier(0, 1)
          .doesNothing();
    }

    @Test
    void anOlderBarrierWhileAligningIsIgnored() {
      Scenario.exactlyOnce(2)
          .barrier(0, 5)
          .does("start 5", "block 0")
          .barrier(1, 4)
          .doesNothing()
          .isAligning(true)
          .currentIs(5);
    }

    @Test
    void anOlderBarrierBetweenCheckpointsIsIgnored() {
      Scenario.exactlyOnce(1)
          .barrier(0, 5)
          .does("start 5", "trigger 5 aligned=1 ended=0")
          .barrier(0, 4)
          .doesNothing()
          .currentIs(5);
    }

    @Test
    void aLateBarrierOfAnOvertakenCheckpointIsIgnored() {
      Scenario.exactlyOnce(3)
          .barrier(0, 1)
          .barrier(1, 2)
          .does("start 1", "block 0", "unblock", "abort 1 SUBSUMED", "start 2", "block 1")
          .barrier(2, 1)
          .doesNothing()
          .barrier(2, 2)
          .does("block 2");
    }
  }

  @Nested
  class Aborts {
    @Test
    void anAbortWhileAligningUnblocksAndPassesTheCancellationOn() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .does("start 1", "block 0")
          .abort(1)
          .does("unblock", "abort 1 CANCELLED")
          .isAligning(false);
    }

    @Test
    void afterAnAbortTheOtherBarriersOfThatCheckpointAreIgnored() {
      Scenario.exactlyOnce(3)
          .barrier(0, 1)
          .abort(1)
          .does("start 1", "block 0", "unblock", "abort 1 CANCELLED")
          .barrier(1, 1)
          .barrier(2, 1)
          .doesNothing()
          .isAligning(false);
    }

    @Test
    void afterAnAbortTheNextCheckpointIsAlignedAfresh() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .abort(1)
          .does("start 1", "block 0", "unblock", "abort 1 CANCELLED")
          .barrier(1, 2)
          .barrier(0, 2)
          .does("start 2", "block 1", "trigger 2 aligned=2 ended=0", "unblock");
    }

    @Test
    void anAbortBeforeTheFirstBarrierIsRememberedAndPassedOnWithThatBarrier() {
      Scenario.exactlyOnce(2)
          .abort(1)
          .doesNothing()
          .barrier(0, 1)
          .does("abort 1 CANCELLED")
          .isAligning(false)
          .currentIs(1);
    }

    @Test
    void aCheckpointThatWasAbortedAheadIsPassedOnOnce() {
      Scenario.exactlyOnce(3)
          .abort(1)
          .barrier(0, 1)
          .does("abort 1 CANCELLED")
          .barrier(1, 1)
          .barrier(2, 1)
          .doesNothing();
    }

    @Test
    void anAbortAheadDoesNotTouchEarlierOrLaterCheckpoints() {
      Scenario.exactlyOnce(1)
          .abort(2)
          .barrier(0, 1)
          .does("start 1", "trigger 1 aligned=1 ended=0")
          .barrier(0, 2)
          .does("abort 2 CANCELLED")
          .barrier(0, 3)
          .does("start 3", "trigger 3 aligned=1 ended=0");
    }

    @Test
    void anAbortAfterCompletionIsIgnored() {
      Scenario.exactlyOnce(1)
          .barrier(0, 1)
          .does("start 1", "trigger 1 aligned=1 ended=0")
          .abort(1)
          .doesNothing()
          .barrier(0, 2)
          .does("start 2", "trigger 2 aligned=1 ended=0");
    }

    @Test
    void anAbortOfAnOlderCheckpointLeavesTheAlignmentAlone() {
      Scenario.exactlyOnce(2)
          .barrier(0, 5)
          .does("start 5", "block 0")
          .abort(4)
          .doesNothing()
          .isAligning(true);
    }

    @Test
    void anAbortOfANewerCheckpointLeavesTheAlignmentAlone() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .abort(2)
          .does("start 1", "block 0")
          .isAligning(true)
          .barrier(1, 1)
          .does("trigger 1 aligned=2 ended=0", "unblock")
          .barrier(0, 2)
          .does("abort 2 CANCELLED")
          .barrier(1, 2)
          .doesNothing();
    }

    @Test
    void aBarrierOfAnAbortedNewerCheckpointStillGivesUpTheOlderOne() {
      // channel 1 has passed checkpoint 1, so that checkpoint can no longer be completed here
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .abort(2)
          .does("start 1", "block 0")
          .barrier(1, 2)
          .does("unblock", "abort 1 SUBSUMED", "abort 2 CANCELLED")
          .isAligning(false);
    }

    @Test
    void aRepeatedAbortDoesNothingMore() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .abort(1)
          .does("start 1", "block 0", "unblock", "abort 1 CANCELLED")
          .abort(1)
          .abort(1)
          .doesNothing();
    }

    @Test
    void aRepeatedAbortAheadIsOne() {
      Scenario.exactlyOnce(1)
          .abort(3)
          .abort(3)
          .barrier(0, 3)
          .does("abort 3 CANCELLED")
          .abort(3)
          .barrier(0, 3)
          .doesNothing();
    }

    @Test
    void abortsAheadOfSeveralCheckpointsAreAllRemembered() {
      Scenario.exactlyOnce(1)
          .abort(3)
          .abort(1)
          .abort(2)
          .barrier(0, 1)
          .barrier(0, 2)
          .barrier(0, 3)
          .does("abort 1 CANCELLED", "abort 2 CANCELLED", "abort 3 CANCELLED");
    }

    @Test
    void whenMoreAbortsAreRememberedThanTheLimit_thenTheOldestIsForgotten() {
      Scenario scenario = Scenario.exactlyOnce(1);
      for (long id = 1; id <= SeenCheckpoints.MAX_REMEMBERED_ABORTS + 1; id++) {
        scenario.abort(id);
      }
      scenario
          .barrier(0, 1)
          .does("start 1", "trigger 1 aligned=1 ended=0")
          .barrier(0, 2)
          .does("abort 2 CANCELLED");
    }

    @Test
    void anAlignmentWithoutBlockedChannelsHasNothingToUnblock() {
      Scenario.exactlyOnce(2).trigger(1).does("start 1").abort(1).does("abort 1 CANCELLED");
    }
  }

  @Nested
  class EndOfInput {
    @Test
    void whenTheMissingChannelEnds_thenTheAlignmentIsComplete() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .does("start 1", "block 0")
          .end(1)
          .does("trigger 1 aligned=1 ended=1", "unblock")
          .isAligning(false);
    }

    @Test
    void whenOneOfTwoMissingChannelsEnds_thenTheOtherIsStillAwaited() {
      Scenario.exactlyOnce(3)
          .barrier(0, 1)
          .does("start 1", "block 0")
          .end(1)
          .doesNothing()
          .isAligning(true)
          .barrier(2, 1)
          .does("trigger 1 aligned=2 ended=1", "unblock");
    }

    @Test
    void aChannelThatEndedBeforeTheBarrierIsNotAwaited() {
      Scenario.exactlyOnce(2)
          .end(0)
          .doesNothing()
          .barrier(1, 1)
          .does("start 1", "trigger 1 aligned=1 ended=1");
    }

    @Test
    void anEndWithoutAlignmentDoesNothing() {
      Scenario.exactlyOnce(3).end(0).end(1).end(2).doesNothing().isAligning(false);
    }

    @Test
    void whenAllOtherChannelsEndOneByOne_thenTheLastEndCompletes() {
      Scenario.exactlyOnce(4)
          .barrier(2, 1)
          .does("start 1", "block 2")
          .end(0)
          .end(1)
          .doesNothing()
          .end(3)
          .does("trigger 1 aligned=1 ended=3", "unblock");
    }

    @Test
    void anEndWhileAligningCountsForEveryLaterCheckpoint() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .end(1)
          .does("start 1", "block 0", "trigger 1 aligned=1 ended=1", "unblock")
          .barrier(0, 2)
          .does("start 2", "trigger 2 aligned=1 ended=1");
    }

    @Test
    void theEndOfAChannelThatHasDeliveredItsBarrierDoesNotCompleteForTheOthers() {
      Scenario.exactlyOnce(3)
          .barrier(0, 1)
          .does("start 1", "block 0")
          .end(0)
          .doesNothing()
          .isAligning(true)
          .end(1)
          .doesNothing()
          .barrier(2, 1)
          .does("trigger 1 aligned=2 ended=2", "unblock");
    }

    @Test
    void afterAnAbortTheEndOfTheMissingChannelTriggersNothing() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .abort(1)
          .does("start 1", "block 0", "unblock", "abort 1 CANCELLED")
          .end(1)
          .doesNothing();
    }

    @Test
    void afterANewerBarrierAnEndCompletesTheNewerOne() {
      Scenario.exactlyOnce(3)
          .barrier(0, 1)
          .barrier(1, 2)
          .does("start 1", "block 0", "unblock", "abort 1 SUBSUMED", "start 2", "block 1")
          .end(2)
          .doesNothing()
          .end(0)
          .does("trigger 2 aligned=1 ended=2", "unblock");
    }

    @Test
    void aBarrierBehindAnEndIsRefused() {
      assertThatThrownBy(() -> Scenario.exactlyOnce(2).end(0).barrier(0, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("channel 0");
    }

    @Test
    void aSecondEndIsRefused() {
      assertThatThrownBy(() -> Scenario.exactlyOnce(2).end(1).end(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("channel 1");
    }

    @Test
    void aChannelThatDoesNotExistIsRefused() {
      assertThatThrownBy(() -> Scenario.exactlyOnce(2).barrier(2, 1))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessageContaining("2 of 2");
      assertThatThrownBy(() -> Scenario.exactlyOnce(2).end(-1))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Nested
  class Triggers {
    @Test
    void aSourceSnapshotsWhenTriggered() {
      Scenario.exactlyOnce(0)
          .trigger(1)
          .does("start 1", "trigger 1 aligned=0 ended=0")
          .trigger(2)
          .does("start 2", "trigger 2 aligned=0 ended=0")
          .isAligning(false);
    }

    @Test
    void aDuplicateOrOlderTriggerIsIgnored() {
      Scenario.exactlyOnce(0)
          .trigger(2)
          .does("start 2", "trigger 2 aligned=0 ended=0")
          .trigger(2)
          .trigger(1)
          .doesNothing();
    }

    @Test
    void aTriggerThatWasAbortedAheadIsPassedOnAsCancellation() {
      Scenario.exactlyOnce(0)
          .abort(1)
          .trigger(1)
          .does("abort 1 CANCELLED")
          .trigger(2)
          .does("start 2", "trigger 2 aligned=0 ended=0");
    }

    @Test
    void whenAllChannelsHaveEnded_thenATriggerActsAtOnce() {
      Scenario.exactlyOnce(2)
          .end(0)
          .end(1)
          .trigger(1)
          .does("start 1", "trigger 1 aligned=0 ended=2");
    }

    @Test
    void whenChannelsStillHoldTheirLastRecords_thenATriggerWaitsForTheirEnd() {
      Scenario.exactlyOnce(2)
          .end(0)
          .trigger(1)
          .does("start 1")
          .isAligning(true)
          .end(1)
          .does("trigger 1 aligned=0 ended=2")
          .isAligning(false);
    }

    @Test
    void aTriggerForACheckpointThatIsBeingAlignedIsIgnored() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .does("start 1", "block 0")
          .trigger(1)
          .doesNothing()
          .barrier(1, 1)
          .does("trigger 1 aligned=2 ended=0", "unblock");
    }

    @Test
    void aNewerTriggerGivesUpTheOlderAlignment() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .does("start 1", "block 0")
          .trigger(2)
          .does("unblock", "abort 1 SUBSUMED", "start 2")
          .end(0)
          .end(1)
          .does("trigger 2 aligned=0 ended=2");
    }

    @Test
    void aBarrierMayFollowATriggerOfTheSameCheckpoint() {
      Scenario.exactlyOnce(2)
          .trigger(1)
          .does("start 1")
          .barrier(0, 1)
          .does("block 0")
          .end(1)
          .does("trigger 1 aligned=1 ended=1", "unblock");
    }
  }

  @Nested
  class Values {
    @Test
    void onlyASubsumedCheckpointIsNewsForTheCoordinator() {
      assertThat(AbortReason.SUBSUMED.isNewToCoordinator()).isTrue();
      assertThat(AbortReason.CANCELLED.isNewToCoordinator()).isFalse();
    }

    @Test
    void aNegativeCheckpointIdIsRefused() {
      assertThatThrownBy(() -> new Barrier(-1, 0, CheckpointOptions.alignedCheckpoint()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("-1");
    }

    @Test
    void aNegativeNumberOfChannelsIsRefused() {
      assertThatThrownBy(() -> Scenario.exactlyOnce(-1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
