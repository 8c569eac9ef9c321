package io.weir.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.snapshot.CheckpointType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Barriers that overtake the records in front of them from their start. */
class UnalignedBarriersTest {

  @Nested
  class OneCheckpoint {
    @Test
    void theAnnouncementOnTheOnlyChannelTakesTheSnapshotAndWhatIsQueued() {
      Scenario.exactlyOnce(1)
          .announceUnaligned(0, 1, 7)
          .does("start 1", "overtake 1 aligned=0 ended=0", "capture 0", "until 0 @7", "captured 1")
          .isAligning(false)
          .currentIs(1);
    }

    @Test
    void theBarrierItselfOnTheOnlyChannelLeavesNothingToCapture() {
      Scenario.exactlyOnce(1)
          .unaligned(0, 1)
          .does("start 1", "overtake 1 aligned=1 ended=0", "captured 1")
          .isAligning(false);
    }

    @Test
    void theFirstOfTwoAnnouncementsTakesTheSnapshotAndTheOtherChannelIsCapturedAsItIsPolled() {
      Scenario.exactlyOnce(2)
          .announceUnaligned(0, 1, 7)
          .does("start 1", "overtake 1 aligned=0 ended=0", "capture 0", "until 0 @7", "capture 1")
          .isAligning(true)
          .announceUnaligned(1, 1, 3)
          .does("until 1 @3", "captured 1")
          .isAligning(false);
    }

    @Test
    void aBarrierThatIsMetBeforeItsAnnouncementEndsTheCapture() {
      Scenario.exactlyOnce(2)
          .announceUnaligned(0, 1, 7)
          .unaligned(1, 1)
          .does(
              "start 1",
              "overtake 1 aligned=0 ended=0",
              "capture 0",
              "until 0 @7",
              "capture 1",
              "until 1 here",
              "captured 1");
    }

    @Test
    void aBarrierThatIsMetFirstTakesTheSnapshotAndNothingIsBlocked() {
      Scenario.exactlyOnce(3)
          .unaligned(1, 1)
          .does("start 1", "overtake 1 aligned=1 ended=0", "capture 0", "capture 2")
          .unaligned(0, 1)
          .does("until 0 here")
          .unaligned(2, 1)
          .does("until 2 here", "captured 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8, 123})
    void everyChannelIsCapturedOnce(int channels) {
      Scenario scenario = Scenario.exactlyOnce(channels).announceUnaligned(0, 1, 10);
      String[] calls = new String[channels + 3];
      calls[0] = "start 1";
      calls[1] = "overtake 1 aligned=0 ended=0";
      calls[2] = "capture 0";
      calls[3] = "until 0 @10";
      for (int channel = 1; channel < channels; channel++) {
        calls[channel + 3] = "capture " + channel;
      }
      scenario.does(calls);
      for (int channel = 1; channel < channels - 1; channel++) {
        scenario.announceUnaligned(channel, 1, channel).does("until " + channel + " @" + channel);
      }
      scenario
          .announceUnaligned(channels - 1, 1, 0)
          .does("until " + (channels - 1) + " @0", "captured 1")
          .isAligning(false);
    }

    @Test
    void theBarrierBehindItsAnnouncementIsIgnoredWhileOthersAreCaptured() {
      Scenario.exactlyOnce(2)
          .announceUnaligned(0, 1, 7)
          .does("start 1", "overtake 1 aligned=0 ended=0", "capture 0", "until 0 @7", "capture 1")
          .unaligned(0, 1)
          .doesNothing()
          .isAligning(true);
    }

    @Test
    void theBarrierBehindItsAnnouncementIsIgnoredWhenAllIsOver() {
      Scenario.exactlyOnce(1)
          .announceUnaligned(0, 1, 7)
          .does("start 1", "overtake 1 aligned=0 ended=0", "capture 0", "until 0 @7", "captured 1")
          .unaligned(0, 1)
          .doesNothing()
          .isAligning(false);
    }

    @Test
    void anAnnouncementBehindItsBarrierIsIgnored() {
      Scenario.exactlyOnce(2)
          .unaligned(0, 1)
          .does("start 1", "overtake 1 aligned=1 ended=0", "capture 1")
          .announceUnaligned(0, 1, 7)
          .doesNothing();
    }

    @Test
    void aSecondAnnouncementOfTheSameBarrierIsIgnored() {
      Scenario.exactlyOnce(2)
          .announceUnaligned(0, 1, 7)
          .does("start 1", "overtake 1 aligned=0 ended=0", "capture 0", "until 0 @7", "capture 1")
          .announceUnaligned(0, 1, 7)
          .doesNothing();
    }

    @Test
    void atASourceTheTriggerLeavesNothingToCapture() {
      Scenario.exactlyOnce(0)
          .triggerUnaligned(1)
          .does("start 1", "overtake 1 aligned=0 ended=0", "captured 1")
          .isAligning(false);
    }
  }

  @Nested
  class Ends {
    @Test
    void theEndOfAChannelEndsItsCapture() {
      Scenario.exactlyOnce(2)
          .announceUnaligned(0, 1, 7)
          .does("start 1", "overtake 1 aligned=0 ended=0", "capture 0", "until 0 @7", "capture 1")
          .end(1)
          .does("until 1 here", "captured 1")
          .isAligning(false);
    }

    @Test
    void theEndOfAChannelThatIsCapturedAlreadyChangesNothing() {
      Scenario.exactlyOnce(2)
          .announceUnaligned(0, 1, 7)
          .does("start 1", "overtake 1 aligned=0 ended=0", "capture 0", "until 0 @7", "capture 1")
          .unaligned(0, 1)
          .end(0)
          .doesNothing()
          .isAligning(true)
          .announceUnaligned(1, 1, 2)
          .does("until 1 @2", "captured 1");
    }

    @Test
    void aChannelThatHasEndedIsNotCaptured() {
      Scenario.exactlyOnce(3)
          .end(1)
          .announceUnaligned(0, 1, 7)
          .does("start 1", "overtake 1 aligned=0 ended=1", "capture 0", "until 0 @7", "capture 2")
          .unaligned(2, 1)
          .does("until 2 here", "captured 1");
    }

    @Test
    void anAnnouncementOfAChannelThatHasEndedIsIgnored() {
      Scenario.exactlyOnce(2)
          .unaligned(0, 1)
          .does("start 1", "overtake 1 aligned=1 ended=0", "capture 1")
          .end(0)
          .announceUnaligned(0, 1, 7)
          .doesNothing();
    }

    @Test
    void anAnnouncementOfAChannelThatHasEndedDoesNotBeginACheckpoint() {
      Scenario.exactlyOnce(1).end(0).announceUnaligned(0, 1, 7).doesNothing();
    }

    @Test
    void aTaskWhoseInputsHaveFinishedIsTriggeredAndCapturesWhatTheyLeft() {
      Scenario.exactlyOnce(2)
          .end(0)
          .triggerUnaligned(4)
          .does("start 4", "overtake 4 aligned=0 ended=1", "capture 1")
          .end(1)
          .does("until 1 here", "captured 4");
    }

    @Test
    void whenAllChannelsEndTheCaptureIsComplete() {
      Scenario.exactlyOnce(3)
          .unaligned(0, 1)
          .does("start 1", "overtake 1 aligned=1 ended=0", "capture 1", "capture 2")
          .end(2)
          .does("until 2 here")
          .end(0)
          .doesNothing()
          .end(1)
          .does("until 1 here", "captured 1");
    }
  }

  @Nested
  class SeveralCheckpoints {
    @Test
    void oneFollowsTheOther() {
      Scenario.exactlyOnce(1)
          .announceUnaligned(0, 1, 7)
          .unaligned(0, 1)
          .announceUnaligned(0, 2, 9)
          .does(
              "start 1",
              "overtake 1 aligned=0 ended=0",
              "capture 0",
              "until 0 @7",
              "captured 1",
              "start 2",
              "overtake 2 aligned=0 ended=0",
              "capture 0",
              "until 0 @9",
              "captured 2");
    }

    @Test
    void barriersOfTheEarlierOneThatAreStillQueuedAreIgnored() {
      Scenario.exactlyOnce(1)
          .announceUnaligned(0, 1, 7)
          .announceUnaligned(0, 2, 9)
          .does(
              "start 1",
              "overtake 1 aligned=0 ended=0",
              "capture 0",
              "until 0 @7",
              "captured 1",
              "start 2",
              "overtake 2 aligned=0 ended=0",
              "capture 0",
              "until 0 @9",
              "captured 2")
          .unaligned(0, 1)
          .unaligned(0, 2)
          .doesNothing();
    }

    @Test
    void aNewerAnnouncementGivesTheCaptureUp() {
      Scenario.exactlyOnce(2)
          .announceUnaligned(0, 1, 7)
          .does("start 1", "overtake 1 aligned=0 ended=0", "capture 0", "until 0 @7", "capture 1")
          .announceUnaligned(1, 2, 5)
          .does(
              "abort 1 SUBSUMED",
              "start 2",
              "overtake 2 aligned=0 ended=0",
              "capture 0",
              "capture 1",
              "until 1 @5")
          .currentIs(2);
    }

    @Test
    void aNewerBarrierGivesTheCaptureUp() {
      Scenario.exactlyOnce(2)
          .unaligned(0, 1)
          .does("start 1", "overtake 1 aligned=1 ended=0", "capture 1")
          .unaligned(0, 2)
          .does("abort 1 SUBSUMED", "start 2", "overtake 2 aligned=1 ended=0", "capture 1");
    }

    @Test
    void aNewerTriggerGivesTheCaptureUp() {
      Scenario.exactlyOnce(2)
          .unaligned(0, 1)
          .does("start 1", "overtake 1 aligned=1 ended=0", "capture 1")
          .triggerUnaligned(2)
          .does(
              "abort 1 SUBSUMED",
              "start 2",
              "overtake 2 aligned=0 ended=0",
              "capture 0",
              "capture 1");
    }

    @Test
    void anOlderTriggerIsIgnored() {
      Scenario.exactlyOnce(2)
          .unaligned(0, 2)
          .does("start 2", "overtake 2 aligned=1 ended=0", "capture 1")
          .triggerUnaligned(1)
          .doesNothing();
    }

    @Test
    void anAnnouncementGivesAnOlderAlignmentUp() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .does("start 1", "block 0")
          .announceUnaligned(1, 2, 4)
          .does(
              "unblock",
              "abort 1 SUBSUMED",
              "start 2",
              "overtake 2 aligned=0 ended=0",
              "capture 0",
              "capture 1",
              "until 1 @4");
    }

    @Test
    void aSavepointBehindItIsAligned() {
      Scenario.exactlyOnce(2)
          .announceUnaligned(0, 1, 7)
          .announceUnaligned(1, 1, 8)
          .does(
              "start 1",
              "overtake 1 aligned=0 ended=0",
              "capture 0",
              "until 0 @7",
              "capture 1",
              "until 1 @8",
              "captured 1")
          .savepoint(0, 2)
          .does("start 2", "block 0")
          .savepoint(1, 2)
          .does("savepoint 2 aligned=2 ended=0", "unblock");
    }

    @Test
    void barriersOfBothKindsMayFollowEachOther() {
      Scenario.exactlyOnce(2)
          .barrier(0, 1)
          .barrier(1, 1)
          .does("start 1", "block 0", "trigger 1 aligned=2 ended=0", "unblock")
          .unaligned(0, 2)
          .announceUnaligned(1, 2, 3)
          .does("start 2", "overtake 2 aligned=1 ended=0", "capture 1", "until 1 @3", "captured 2")
          .barrier(1, 3)
          .barrier(0, 3)
          .does("start 3", "block 1", "trigger 3 aligned=2 ended=0", "unblock");
    }
  }

  @Nested
  class Aborts {
    @Test
    void anAbortEndsTheCapture() {
      Scenario.exactlyOnce(2)
          .unaligned(0, 1)
          .does("start 1", "overtake 1 aligned=1 ended=0", "capture 1")
          .abort(1)
          .does("abort 1 CANCELLED")
          .isAligning(false)
          .announceUnaligned(1, 1, 7)
          .unaligned(1, 1)
          .doesNothing();
    }

    @Test
    void anAbortAheadKeepsTheCheckpointFromBeginning() {
      Scenario.exactlyOnce(2)
          .abort(1)
          .doesNothing()
          .announceUnaligned(0, 1, 7)
          .does("abort 1 CANCELLED")
          .announceUnaligned(1, 1, 7)
          .unaligned(0, 1)
          .doesNothing();
    }

    @Test
    void anAbortOfALaterOneIsRememberedDuringACapture() {
      Scenario.exactlyOnce(2)
          .unaligned(0, 1)
          .does("start 1", "overtake 1 aligned=1 ended=0", "capture 1")
          .abort(2)
          .doesNothing()
          .unaligned(1, 1)
          .does("until 1 here", "captured 1")
          .announceUnaligned(0, 2, 9)
          .does("abort 2 CANCELLED");
    }

    @Test
    void anAbortOfAnEarlierOneIsIgnoredDuringACapture() {
      Scenario.exactlyOnce(2)
          .unaligned(0, 2)
          .does("start 2", "overtake 2 aligned=1 ended=0", "capture 1")
          .abort(1)
          .doesNothing()
          .isAligning(true);
    }

    @Test
    void anAbortBehindTheCaptureIsIgnored() {
      Scenario.exactlyOnce(1)
          .unaligned(0, 1)
          .does("start 1", "overtake 1 aligned=1 ended=0", "captured 1")
          .abort(1)
          .doesNothing();
    }

    @Test
    void theNextOneBeginsBehindAnAbort() {
      Scenario.exactlyOnce(2)
          .unaligned(0, 1)
          .abort(1)
          .does("start 1", "overtake 1 aligned=1 ended=0", "capture 1", "abort 1 CANCELLED")
          .announceUnaligned(1, 2, 3)
          .does("start 2", "overtake 2 aligned=0 ended=0", "capture 0", "capture 1", "until 1 @3");
    }
  }

  /** Channel 0, or channels 0 and 1, cannot be captured. */
  @Nested
  class MixedGates {
    @Test
    void theSnapshotWaitsForTheChannelThatStaysAligned() {
      Scenario.mixed(2, 1)
          .announceUnaligned(1, 1, 7)
          .does("start 1")
          .isAligning(true)
          .unaligned(0, 1)
          .does("overtake 1 aligned=1 ended=0", "capture 1", "until 1 @7", "captured 1")
          .isAligning(false);
    }

    @Test
    void theChannelThatStaysAlignedNeedNotWaitForTheOthers() {
      Scenario.mixed(2, 1)
          .unaligned(0, 1)
          .does("start 1", "overtake 1 aligned=1 ended=0", "capture 1")
          .announceUnaligned(1, 1, 7)
          .does("until 1 @7", "captured 1");
    }

    @Test
    void aChannelWhoseBarrierIsMetWaitsForTheOneThatStaysAligned() {
      Scenario.mixed(2, 1)
          .unaligned(1, 1)
          .does("start 1", "block 1")
          .unaligned(0, 1)
          .does("overtake 1 aligned=2 ended=0", "unblock", "captured 1");
    }

    @Test
    void channelsThatStayAlignedWaitForEachOther() {
      Scenario.mixed(3, 2)
          .unaligned(0, 1)
          .does("start 1", "block 0")
          .announceUnaligned(2, 1, 5)
          .doesNothing()
          .unaligned(1, 1)
          .does("overtake 1 aligned=2 ended=0", "unblock", "capture 2", "until 2 @5", "captured 1");
    }

    @Test
    void theEndOfTheChannelThatStaysAlignedLetsTheSnapshotBeTaken() {
      Scenario.mixed(2, 1)
          .announceUnaligned(1, 1, 7)
          .does("start 1")
          .end(0)
          .does("overtake 1 aligned=0 ended=1", "capture 1", "until 1 @7", "captured 1");
    }

    @Test
    void theEndOfAChannelThatCanBeCapturedDoesNot() {
      Scenario.mixed(3, 1)
          .announceUnaligned(1, 1, 7)
          .does("start 1")
          .end(2)
          .doesNothing()
          .unaligned(0, 1)
          .does("overtake 1 aligned=1 ended=1", "capture 1", "until 1 @7", "captured 1");
    }

    @Test
    void withoutAChannelThatCanBeCapturedItIsLikeAnAlignedOne() {
      Scenario.mixed(2, 2)
          .unaligned(0, 1)
          .does("start 1", "block 0")
          .unaligned(1, 1)
          .does("overtake 1 aligned=2 ended=0", "unblock", "captured 1");
    }

    @Test
    void aNewerAnnouncementGivesTheWaitingOneUp() {
      Scenario.mixed(2, 1)
          .announceUnaligned(1, 1, 7)
          .announceUnaligned(1, 2, 9)
          .does("start 1", "abort 1 SUBSUMED", "start 2")
          .unaligned(0, 1)
          .doesNothing()
          .unaligned(0, 2)
          .does("overtake 2 aligned=1 ended=0", "capture 1", "until 1 @9", "captured 2");
    }

    @Test
    void anAbortWhileItWaitsUnblocks() {
      Scenario.mixed(3, 1)
          .unaligned(1, 1)
          .announceUnaligned(2, 1, 4)
          .does("start 1", "block 1")
          .abort(1)
          .does("unblock", "abort 1 CANCELLED")
          .isAligning(false);
    }

    @Test
    void anAnnouncementOnAChannelThatStaysAlignedIsAnError() {
      Scenario scenario = Scenario.mixed(2, 1);
      assertThatThrownBy(() -> scenario.announceUnaligned(0, 1, 7))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("channel 0");
    }
  }

  @Nested
  class Values {
    @Test
    void atLeastOnceHasNothingToOvertake() {
      Scenario.atLeastOnce(2).announceUnaligned(0, 1, 7).timeout(1).doesNothing();
    }

    @Test
    void aSavepointCannotBeUnaligned() {
      assertThatThrownBy(
              () ->
                  new CheckpointOptions(
                      CheckpointType.SAVEPOINT, CheckpointOptions.Alignment.UNALIGNED))
          .hasMessageContaining("always aligned");
      assertThatThrownBy(
              () ->
                  new CheckpointOptions(
                      CheckpointType.SUSPEND_SAVEPOINT, CheckpointOptions.Alignment.ALIGNED, 500))
          .hasMessageContaining("always aligned");
    }

    @Test
    void onlyAnAlignedCheckpointHasATimeout() {
      assertThatThrownBy(
              () ->
                  new CheckpointOptions(
                      CheckpointType.CHECKPOINT, CheckpointOptions.Alignment.UNALIGNED, 500))
          .hasMessageContaining("500");
      assertThatThrownBy(
              () ->
                  new CheckpointOptions(
                      CheckpointType.CHECKPOINT, CheckpointOptions.Alignment.ALIGNED, -1))
          .hasMessageContaining("-1");
    }

    @Test
    void aBarrierThatOvertakesStaysTheSameOne() {
      Barrier barrier = Scenario.unalignedOf(3);
      assertThat(barrier.unaligned()).isSameAs(barrier);
      assertThat(Scenario.timedOf(3).unaligned()).isEqualTo(barrier);
    }
  }
}
