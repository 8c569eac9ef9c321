package io.weir.engine;

import io.weir.checkpoint.inflight.DebloatSettings;
import io.weir.checkpoint.inflight.InFlightLimit;
import io.weir.engine.channel.Channel;
import io.weir.engine.channel.RecordBatch;
import java.util.concurrent.TimeUnit;

/**
 * Fits what a task's input channels may hold to the rate at which the task processes it: measures
 * once in a period in which something is processed. Used by the task's thread alone, except where
 * another is named.
 */
final class InputDebloating {
  private final InputChannels channels;
  private final TaskLoad load;
  private final Clock clock;
  private final long periodNanos;
  private volatile InFlightLimit limit;
  private long sinceNanos;
  private long recordsBefore;
  private long idleNanosBefore;

  InputDebloating(DebloatSettings settings, InputChannels channels, TaskLoad load, Clock clock) {
    this.channels = channels;
    this.load = load;
    this.clock = clock;
    this.periodNanos = TimeUnit.MILLISECONDS.toNanos(settings.periodMillis());
    this.limit = InFlightLimit.unmeasured(settings, RecordBatch.CAPACITY);
    remember(clock.nanoTime());
  }

  /** To be called when records have been processed. */
  void processed() {
    long now = clock.nanoTime();
    if (now - sinceNanos >= periodNanos) {
      long records = load.recordsIn() - recordsBefore;
      long idleNanos = load.idleNanos() - idleNanosBefore;
      int batches = channels.open().cardinality() * Channel.MOST_BATCHES;
      limit = limit.after(records, now - sinceNanos - idleNanos, batches);
      channels.limitBatches(limit.records());
      remember(now);
    }
  }

  private void remember(long now) {
    sinceNanos = now;
    recordsBefore = load.recordsIn();
    idleNanosBefore = load.idleNanos();
  }

  /** Records that a batch may hold; for any thread. */
  int batchRecords() {
    return limit.records();
  }

  /** How long the task will need for what is queued; an estimate, for any thread. */
  long millisToProcess() {
    InFlightLimit present = limit;
    return present.millisToProcess((long) channels.queuedItems() * present.records());
  }
}
