package io.weir.checkpoint;

import java.util.OptionalLong;

/**
 * When the next periodic checkpoint is due.
 *
 * @param anchorMillis the interval is counted from here: the last periodic checkpoint, or the start
 *     of the tasks
 * @param lastEndMillis when a checkpoint last ended, however; empty before the first
 * @param processingBacklog whether sources work off a backlog
 */
record TriggerSchedule(
    CheckpointSettings settings,
    long anchorMillis,
    OptionalLong lastEndMillis,
    boolean processingBacklog) {

  static TriggerSchedule of(CheckpointSettings settings) {
    return new TriggerSchedule(settings, 0, OptionalLong.empty(), false);
  }

  /** The tasks begin to run; whether there is a backlog is told afresh. */
  TriggerSchedule started(long nowMillis) {
    return new TriggerSchedule(
        settings,
        Times.after(nowMillis, settings.initialDelayMillis()) - settings.intervalMillis(),
        lastEndMillis,
        false);
  }

  TriggerSchedule triggered(long nowMillis) {
    return new TriggerSchedule(settings, nowMillis, lastEndMillis, processingBacklog);
  }

  TriggerSchedule ended(long nowMillis) {
    return new TriggerSchedule(
        settings, anchorMillis, OptionalLong.of(nowMillis), processingBacklog);
  }

  TriggerSchedule withBacklog(boolean backlog) {
    return new TriggerSchedule(settings, anchorMillis, lastEndMillis, backlog);
  }

  /** Empty if there are no periodic checkpoints now. */
  OptionalLong dueMillis() {
    long interval =
        processingBacklog
            ? settings.intervalDuringBacklogMillis().orElse(settings.intervalMillis())
            : settings.intervalMillis();
    if (interval == 0) {
      return OptionalLong.empty();
    }
    long pauseOver =
        lastEndMillis.isPresent()
            ? Times.after(lastEndMillis.getAsLong(), settings.minPauseMillis())
            : Long.MIN_VALUE;
    return OptionalLong.of(Math.max(Times.after(anchorMillis, interval), pauseOver));
  }
}
