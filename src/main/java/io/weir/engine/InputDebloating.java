package io.weir.engine;

import io.weir.checkpoint.inflight.DebloatSettings;
import io.weir.checkpoint.inflight.InFlightLimit;
import io.weir.engine.channel.Channel;
import io.weir.engine.channel.RecordBatch;
import io.weir.engine.operator.ProcessingTime;

/**
 * Fits what a task's input channels may hold to the rate at which the task processes it: measures
 * once in a period, not per record. Used by the task's thread alone, except where another is named.
 */
final class InputDebloating {
  private final DebloatSettings settings;
  private final InputChannels channels;
  private final TaskLoad load;
  private final Clock clock;
  private final ProcessingTime timers;
  private volatile InFlightLimit limit;
  private long sinceNanos;
  private long recordsBefore;
  private long idleNanosBefore;

  InputDebloating(
      DebloatSettings settings,
      InputChannels channels,
      TaskLoad load,
      Clock clock,
      ProcessingTime timers) {
    this.settings = settings;
    this.channels = channels;
    this.load = load;
    this.clock = clock;
    this.timers = timers;
    this.limit = InFlightLimit.full(settings, RecordBatch.CAPACITY);
  }

  void begin() {
    remember();
    measureLater();
  }

  private void measureLater() {
    timers.callAt(timers.now() + settings.periodMillis(), this::measure);
  }

  /** A period in which nothing was processed is part of the next one: records may be that slow. */
  private void measure(long time) {
    long processed = load.recordsIn() - recordsBefore;
    if (processed > 0) {
      long idle = load.idleNanos() - idleNanosBefore;
      int open = channels.open().cardinality();
      limit =
          limit.after(
              processed, clock.nanoTime() - sinceNanos - idle, open * Channel.CAPACITY_ITEMS);
      channels.limitBatches(limit.records());
      remember();
    }
    measureLater();
  }

  private void remember() {
    sinceNanos = clock.nanoTime();
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
