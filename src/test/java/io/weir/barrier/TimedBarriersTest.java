package io.weir.barrier;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Barriers that are aligned until a timeout, and overtake the records in front of them then. */
class TimedBarriersTest {

  @Nested
  class InTime {
    @Test
    void allBarriersInTimeAreAnAlignedCheckpoint() {
      Scenario.exactlyOnce(2)
          .timed(0, 1)
          .timed(1, 1)
          .does("start 1", "block 0", "trigger 1 aligned=2 ended=0", "unblock")
          .isAligning(false);
    }

    @Test
    void announcementsAloneBeginItAndTakeNoSnapshot() {
      Scenario.exactlyOnce(2)
          .announceTimed(0, 1, 7)
          .announceTimed(1, 1, 3)
          .does("start 1")
          .isAligning(true)
          .currentIs(1);
    }

    @Test
    void barriersBehindTheirAnnouncementsAlign() {
      Scenario.exactlyOnce(2)
          .announceTimed(0, 1, 7)
          .announceTimed(1, 1, 3)
          .timed(1, 1)
          .does("start 1", "block 1")
          .timed(0, 1)
          .does("trigger 1 aligned=2 ended=0", "unblock");
    }

    @Test
    void theEndOfAChannelCompletesTheAlignment() {
      Scenario.exactlyOnce(2)
          .announceTimed(0, 1, 7)
          .timed(0, 1)
          .end(1)
          .does("start 1", "block 0", "trigger 1 aligned=1 ended=1", "unblock");
    }

    @Test
    void atASourceItIsTakenAtOnceAndStaysTimed() {
      Scenario.exactlyOnce(0).trigger(1).does("start 1", "trigger 1 aligned=0 ended=0");
    }
  }

  @Nested
  class Timeout {
    @Test
    void beforeAnythingOfTheCheckpointIsKnownItDoesNothing() {
      Scenario.exactlyOnce(2).timeout(1).doesNothing().isAligning(false);
    }

    @Test
    void beforeTheFirstBarrierItTakesWhatIsAnnouncedAndCapturesTheRest() {
      Scenario.exactlyOnce(2)
          .announceTimed(0, 1, 7)
          .does("start 1")
          .timeout(1)
          .does("overtake 1 aligned=0 ended=0", "capture 0", "until 0 @7", "capture 1")
          .announceTimed(1, 1, 3)
          .does("until 1 @3", "captured 1")
          .isAligning(false);
    }

    @Test
    void whileAligningItUnblocksAndCapturesTheOthers() {
      Scenario.exactlyOnce(3)
          .timed(0, 1)
          .announceTimed(1, 1, 4)
          .does("start 1", "block 0")
          .timeout(1)
          .does("overtake 1 aligned=1 ended=0", "unblock", "capture 1", "until 1 @4", "capture 2")
          .announceTimed(2, 1, 9)
          .does("until 2 @9", "captured 1");
    }

    @Test
    void aBarrierStillQueuedUpstreamIsCapturedUntilItIsAnnounced() {
      Scenario.exactlyOnce(2)
          .timed(0, 1)
          .timeout(1)
          .does("start 1", "block 0", "overtake 1 aligned=1 ended=0", "unblock", "capture 1")
          .timed(1, 1)
          .does("until 1 here", "captured 1");
    }

    @Test
    void whenAllAreAnnouncedNothingIsLeftToWaitFor() {
      Scenario.exactlyOnce(2)
          .announceTimed(1, 1, 5)
          .announceTimed(0, 1, 6)
          .timeout(1)
          .does(
              "start 1",
              "overtake 1 aligned=0 ended=0",
              "capture 0",
              "until 0 @6",
              "capture 1",
              "until 1 @5",
              "captured 1");
    }

    @Test
    void behindTheLastBarrierItDoesNothing() {
      Scenario.exactlyOnce(2)
          .timed(0, 1)
          .timed(1, 1)
          .does("start 1", "block 0", "trigger 1 aligned=2 ended=0", "unblock")
          .timeout(1)
          .doesNothing();
    }

    @Test
    void ofAnEarlierCheckpointItDoesNothing() {
      Scenario.exactlyOnce(2)
          .timed(0, 1)
          .timed(1, 1)
          .timed(0, 2)
          .does(
              "start 1", "block 0", "trigger 1 aligned=2 ended=0", "unblock", "start 2", "block 0")
          .timeout(1)
          .doesNothing()
          .isAligning(true);
    }

    @Test
    void aSecondTimeDuringTheCaptureItDoesNothing() {
      Scenario.exactlyOnce(2)
          .timed(0, 1)
          .timeout(1)
          .timeout(1)
          .does("start 1", "block 0", "overtake 1 aligned=1 ended=0", "unblock", "capture 1");
    }

    @Test
    void behindAnAbortItDoesNothing() {
      Scenario.exactlyOnce(2)
          .timed(0, 1)
          .abort(1)
          .does("start 1", "block 0", "unblock", "abort 1 CANCELLED")
          .timeout(1)
          .doesNothing();
    }

    @Test
    void withAnEndedChannelOnlyTheOpenOnesAreCaptured() {
      Scenario.exactlyOnce(3)
          .end(1)
          .timed(0, 1)
          .timeout(1)
          .does("start 1", "block 0", "overtake 1 aligned=1 ended=1", "unblock", "capture 2")
          .end(2)
          .does("until 2 here", "captured 1");
    }

    @Test
    void inAMixedGateTheSnapshotStillWaitsForTheChannelThatStaysAligned() {
      Scenario.mixed(3, 1)
          .announceTimed(1, 1, 7)
          .timed(2, 1)
          .timeout(1)
          .does("start 1", "block 2")
          .timed(0, 1)
          .does("overtake 1 aligned=2 ended=0", "unblock", "capture 1", "until 1 @7", "captured 1");
    }

    @Test
    void inAMixedGateItMayComeBehindTheBarrierOfTheChannelThatStaysAligned() {
      Scenario.mixed(2, 1)
          .timed(0, 1)
          .does("start 1", "block 0")
          .timeout(1)
          .does("overtake 1 aligned=1 ended=0", "unblock", "capture 1");
    }
  }

  @Nested
  class ToldByTasksInFront {
    @Test
    void anUnalignedAnnouncementTurnsTheAlignmentAtOnce() {
      Scenario.exactlyOnce(2)
          .timed(0, 1)
          .does("start 1", "block 0")
          .announceUnaligned(1, 1, 8)
          .does("overtake 1 aligned=1 ended=0", "unblock", "capture 1", "until 1 @8", "captured 1");
    }

    @Test
    void anUnalignedBarrierTurnsTheAlignmentAtOnce() {
      Scenario.exactlyOnce(3)
          .timed(0, 1)
          .does("start 1", "block 0")
          .unaligned(1, 1)
          .does("overtake 1 aligned=2 ended=0", "unblock", "capture 2");
    }

    @Test
    void anUnalignedAnnouncementBehindATimedOneOfTheSameChannelCounts() {
      Scenario.exactlyOnce(1)
          .announceTimed(0, 1, 7)
          .announceUnaligned(0, 1, 7)
          .does("start 1", "overtake 1 aligned=0 ended=0", "capture 0", "until 0 @7", "captured 1");
    }

    @Test
    void aTimedBarrierDuringTheCaptureEndsIt() {
      Scenario.exactlyOnce(2)
          .announceUnaligned(0, 1, 3)
          .does("start 1", "overtake 1 aligned=0 ended=0", "capture 0", "until 0 @3", "capture 1")
          .timed(1, 1)
          .does("until 1 here", "captured 1");
    }
  }

  @Nested
  class SeveralCheckpoints {
    @Test
    void aNewerAnnouncementGivesTheAlignmentUp() {
      Scenario.exactlyOnce(2)
          .timed(0, 1)
          .announceTimed(1, 2, 5)
          .does("start 1", "block 0", "unblock", "abort 1 SUBSUMED", "start 2")
          .timeout(2)
          .does("overtake 2 aligned=0 ended=0", "capture 0", "capture 1", "until 1 @5");
    }

    @Test
    void anAbortBeforeTheFirstBarrierEndsIt() {
      Scenario.exactlyOnce(2)
          .announceTimed(0, 1, 7)
          .abort(1)
          .does("start 1", "abort 1 CANCELLED")
          .timed(0, 1)
          .timed(1, 1)
          .doesNothing();
    }

    @Test
    void aSavepointIsNeverTurned() {
      Scenario.exactlyOnce(2)
          .savepoint(0, 1)
          .does("start 1", "block 0")
          .savepoint(1, 1)
          .does("savepoint 1 aligned=2 ended=0", "unblock");
    }

    @Test
    void oneThatWasTurnedIsFollowedByOneThatIsNot() {
      Scenario.exactlyOnce(2)
          .timed(0, 1)
          .timeout(1)
          .timed(1, 1)
          .does(
              "start 1",
              "block 0",
              "overtake 1 aligned=1 ended=0",
              "unblock",
              "capture 1",
              "until 1 here",
              "captured 1")
          .timed(1, 2)
          .timed(0, 2)
          .does("start 2", "block 1", "trigger 2 aligned=2 ended=0", "unblock");
    }
  }
}
