package io.weir.engine.operator.sink;

import io.weir.api.metrics.Counter;
import io.weir.api.metrics.MetricGroup;

/** Counts what becomes of committables, under Flink's names. */
final class CommitMetrics {
  private final Counter total;
  private final Counter successful;
  private final Counter alreadyCommitted;
  private final Counter retried;
  private final Counter failed;

  CommitMetrics(MetricGroup group) {
    total = group.counter("totalCommittables");
    successful = group.counter("successfulCommittables");
    alreadyCommitted = group.counter("alreadyCommittedCommittables");
    retried = group.counter("retriedCommittables");
    failed = group.counter("failedCommittables");
  }

  void prepared(int count) {
    total.inc(count);
  }

  void attempted(PendingCommit.Outcome outcome) {
    switch (outcome) {
      case COMMITTED -> successful.inc();
      case ALREADY_COMMITTED -> alreadyCommitted.inc();
      case RETRY -> retried.inc();
      case DROPPED, FAILED -> failed.inc();
    }
  }
}
