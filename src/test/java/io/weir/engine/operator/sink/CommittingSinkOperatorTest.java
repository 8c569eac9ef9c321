package io.weir.engine.operator.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.testkit.OperatorHarness;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CommittingSinkOperatorTest {
  private static final int RETRIES = 10;

  private final LedgerSink.Ledger ledger = new LedgerSink.Ledger();
  private CommittingSinkOperator<String, String> operator;

  private CommittingSinkOperator<String, String> operator() {
    LedgerSink sink = new LedgerSink(ledger);
    operator = new CommittingSinkOperator<>(sink, sink, RETRIES);
    return operator;
  }

  private OperatorHarness open() throws Exception {
    return OperatorHarness.of(operator()).withoutKeys().open();
  }

  private OperatorHarness restore(OperatorHarness.Image image) throws Exception {
    return OperatorHarness.restored(operator(), image).withoutKeys().open();
  }

  @Test
  void resultsAreCommittedWhenTheirCheckpointIsComplete() throws Exception {
    OperatorHarness harness = open();
    harness.element("a", 1).element("b");
    harness.snapshot(1);
    harness.element("c");
    assertThat(ledger.committed).isEmpty();
    harness.completed(1);
    assertThat(ledger.committed).containsExactly("1:a@1,b");
    harness.snapshot(2);
    harness.completed(2);
    assertThat(ledger.committed).containsExactly("1:a@1,b", "2:c");
  }

  @Test
  void theWriterIsFlushedBeforeItPrepares() throws Exception {
    OperatorHarness harness = open();
    harness.element("a");
    harness.snapshot(1);
    assertThat(ledger.calls).containsExactly("create writer", "flush", "prepare");
  }

  @Test
  void whenACheckpointIsAbortedItsResultsAreCommittedWithTheNext() throws Exception {
    OperatorHarness harness = open();
    harness.element("a");
    harness.snapshot(1);
    operator.checkpointAborted(1);
    harness.element("b");
    harness.snapshot(2);
    assertThat(ledger.committed).isEmpty();
    harness.completed(2);
    assertThat(ledger.committed).containsExactly("1:a", "2:b");
  }

  @Test
  void aCheckpointThatIsNotYetCompleteIsNotCommittedByAnOlderOne() throws Exception {
    OperatorHarness harness = open();
    harness.element("a");
    harness.snapshot(1);
    harness.element("b");
    harness.snapshot(2);
    harness.completed(1);
    assertThat(ledger.committed).containsExactly("1:a");
  }

  @Test
  void aSavepointThatIsNotToldCommitsNothing() throws Exception {
    OperatorHarness harness = open();
    harness.element("a");
    harness.snapshot(1);
    harness.element("b");
    harness.snapshot(2);
    harness.completed(2);
    assertThat(ledger.committed).containsExactly("1:a", "2:b");
  }

  @Test
  void whenTheTaskFailsBeforeTheBarrierItsResultsAreWrittenAgain() throws Exception {
    OperatorHarness before = open();
    before.element("a");
    OperatorHarness.Image image = before.snapshot(1);
    before.completed(1);
    before.element("lost");
    before.close();

    OperatorHarness after = restore(image);
    after.element("lost");
    after.snapshot(2);
    after.completed(2);
    assertThat(ledger.committed).containsExactly("1:a", "2:lost");
  }

  @Test
  void whenTheTaskFailsBetweenPrepareAndSnapshotThePreparedIsDiscarded() throws Exception {
    OperatorHarness before = open();
    before.element("a");
    OperatorHarness.Image image = before.snapshot(1);
    before.completed(1);
    before.element("b");
    operator.beforeBarrier(2);
    before.close();

    OperatorHarness after = restore(image);
    after.element("b");
    after.snapshot(3);
    after.completed(3);
    assertThat(ledger.committed).containsExactly("1:a", "2:b");
  }

  @Test
  void whenTheTaskFailsBetweenSnapshotAndCompletionNoticeTheRestoreCommitsBeforeAnythingIsWritten()
      throws Exception {
    OperatorHarness before = open();
    before.element("a");
    OperatorHarness.Image image = before.snapshot(1);
    before.close();
    ledger.calls.clear();

    OperatorHarness after = restore(image);
    assertThat(ledger.committed).containsExactly("1:a");
    assertThat(ledger.calls).containsExactly("commit 1:a", "restore writer [1]");
    after.element("b");
    after.snapshot(2);
    after.completed(2);
    assertThat(ledger.committed).containsExactly("1:a", "2:b");
  }

  @Test
  void whenTheTaskFailsAfterTheCommitTheSecondCommitHasNoEffect() throws Exception {
    OperatorHarness before = open();
    before.element("a");
    OperatorHarness.Image image = before.snapshot(1);
    before.completed(1);
    before.close();

    OperatorHarness after = restore(image);
    assertThat(ledger.committed).containsExactly("1:a");
    assertThat(after.counter("alreadyCommittedCommittables")).isEqualTo(1);
    assertThat(after.counter("successfulCommittables")).isZero();
  }

  @Test
  void whatSeveralCheckpointsHoldIsCommittedOldestFirstAfterARestore() throws Exception {
    OperatorHarness before = open();
    before.element("a");
    before.snapshot(9);
    before.element("b");
    before.snapshot(10);
    before.element("c");
    OperatorHarness.Image image = before.snapshot(11);
    restore(image);
    assertThat(ledger.committed).containsExactly("1:a", "2:b", "3:c");
  }

  @Test
  void whatIsCommittedIsNotInLaterSnapshots() throws Exception {
    OperatorHarness before = open();
    before.element("a");
    before.snapshot(1);
    before.completed(1);
    OperatorHarness.Image image = before.snapshot(2);
    ledger.calls.clear();
    restore(image);
    assertThat(ledger.calls).containsExactly("restore writer [1]");
  }

  @Test
  void whatIsToBeRetriedIsRetriedAndOnlyThat() throws Exception {
    OperatorHarness harness = open();
    harness.element("a");
    harness.snapshot(1);
    ledger.verdict =
        request -> {
          if (request.getNumberOfRetries() < 2) {
            request.retryLater();
          }
        };
    harness.completed(1);
    assertThat(ledger.committed).containsExactly("1:a");
    assertThat(ledger.calls).endsWith("commit 1:a", "commit 1:a retry 1", "commit 1:a retry 2");
    assertThat(harness.counter("retriedCommittables")).isEqualTo(2);
    assertThat(harness.counter("successfulCommittables")).isEqualTo(1);
  }

  @Test
  void aCommittableMayBeReplacedForTheRetry() throws Exception {
    OperatorHarness harness = open();
    harness.element("a");
    harness.snapshot(1);
    ledger.verdict =
        request -> {
          if (request.getNumberOfRetries() == 0) {
            request.updateAndRetryLater("better");
          }
        };
    harness.completed(1);
    assertThat(ledger.committed).containsExactly("better");
  }

  @Test
  void afterTooManyRetriesTheTaskFails() throws Exception {
    OperatorHarness harness = open();
    harness.element("a");
    harness.snapshot(1);
    ledger.verdict = request -> request.retryLater();
    assertThatThrownBy(() -> harness.completed(1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("11 attempts")
        .hasMessageContaining("checkpoint 1")
        .hasMessageContaining("sink.committer.retries");
    assertThat(ledger.calls.stream().filter(call -> call.startsWith("commit")))
        .hasSize(RETRIES + 1);
  }

  @Test
  void aFailureForAKnownReasonIsCountedAndDropped() throws Exception {
    OperatorHarness harness = open();
    harness.element("a");
    harness.snapshot(1);
    ledger.verdict = request -> request.signalFailedWithKnownReason(new IOException("expired"));
    harness.completed(1);
    assertThat(ledger.committed).isEmpty();
    assertThat(harness.counter("failedCommittables")).isEqualTo(1);
    ledger.calls.clear();
    harness.completed(2);
    assertThat(ledger.calls).as("it is given up").isEmpty();
  }

  @Test
  void aFailureForAnUnknownReasonFailsTheTaskAndIsCommittedAgainAfterTheRestart() throws Exception {
    OperatorHarness before = open();
    before.element("a");
    OperatorHarness.Image image = before.snapshot(1);
    IOException reason = new IOException("connection reset");
    ledger.verdict = request -> request.signalFailedWithUnknownReason(reason);
    assertThatThrownBy(() -> before.completed(1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("1:a")
        .hasCause(reason);
    ledger.verdict = request -> {};
    restore(image);
    assertThat(ledger.committed).containsExactly("1:a");
  }

  @Test
  void whenTheCommitterThrowsTheTaskFailsAndNothingIsLost() throws Exception {
    OperatorHarness before = open();
    before.element("a");
    OperatorHarness.Image image = before.snapshot(1);
    ledger.commitFailure = new IOException("down");
    assertThatThrownBy(() -> before.completed(1)).isSameAs(ledger.commitFailure);
    assertThatThrownBy(() -> restore(image)).isSameAs(ledger.commitFailure);
    ledger.commitFailure = null;
    restore(image);
    assertThat(ledger.committed).containsExactly("1:a");
  }

  @Test
  void theEndOfTheInputWaitsForOneMoreCheckpoint() throws Exception {
    OperatorHarness harness = open();
    harness.element("a").finish();
    assertThat(operator.awaitsLastCheckpoint()).isTrue();
    assertThat(ledger.committed).isEmpty();
    harness.snapshot(5);
    harness.completed(5);
    assertThat(ledger.committed).containsExactly("1:a");
    assertThat(operator.awaitsLastCheckpoint()).isFalse();
    assertThat(ledger.calls)
        .as("nothing is flushed after the end")
        .containsOnlyOnce("prepare")
        .doesNotContain("flush");
  }

  @Test
  void aCheckpointFromBeforeTheEndDoesNotCommitWhatCameAfterItsBarrier() throws Exception {
    OperatorHarness harness = open();
    harness.element("a");
    harness.snapshot(5);
    harness.element("b").finish();
    harness.completed(5);
    assertThat(ledger.committed).containsExactly("1:a");
    assertThat(operator.awaitsLastCheckpoint()).isTrue();
    harness.snapshot(6);
    harness.completed(6);
    assertThat(ledger.committed).containsExactly("1:a", "2:b");
    assertThat(operator.awaitsLastCheckpoint()).isFalse();
  }

  @Test
  void whenTheTaskFailsAfterTheEndTheLastResultsAreCommittedByTheRestore() throws Exception {
    OperatorHarness before = open();
    before.element("a").finish();
    OperatorHarness.Image image = before.snapshot(5);
    before.close();
    restore(image);
    assertThat(ledger.committed).containsExactly("1:a");
  }

  @Test
  void whenThereIsNothingToCommitTheEndWaitsForNothing() throws Exception {
    OperatorHarness harness = open();
    harness.finish();
    assertThat(operator.awaitsLastCheckpoint()).isFalse();
  }

  @Test
  void withoutCheckpointsEverythingIsCommittedAtTheEnd() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(operator()).withoutKeys().withoutCheckpoints().open();
    harness.element("a").element("b").finish();
    assertThat(ledger.committed).containsExactly("1:a,b");
    assertThat(operator.awaitsLastCheckpoint()).isFalse();
  }

  @Test
  void writerAndCommitterAreClosed() throws Exception {
    OperatorHarness harness = open();
    harness.close();
    assertThat(ledger.calls).endsWith("close writer", "close committer");
  }
}
