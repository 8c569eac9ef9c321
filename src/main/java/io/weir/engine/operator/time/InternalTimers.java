package io.weir.engine.operator.time;

import io.weir.api.types.TypeInformation;
import io.weir.engine.operator.OperatorContext;
import io.weir.engine.operator.Output;
import io.weir.engine.operator.ProcessingTime;
import io.weir.state.KeyedStateBackend;
import io.weir.state.TimerQueue;

/**
 * The event-time and processing-time timers of one keyed operator, and the operator's watermark,
 * which decides when event-time timers fire.
 *
 * <p>The watermark goes downstream only after all timers that it makes due have fired. If the task
 * has something more urgent to do meanwhile, the rest of the timers stay where they are, in the
 * keyed state, until {@link #continueFiring()}.
 *
 * @param <K> the type of key
 * @param <N> the type of namespace
 */
public final class InternalTimers<K, N> {
  private static final String EVENT_TIMERS = "event-timers";
  private static final String PROCESSING_TIMERS = "processing-timers";
  private static final long NEVER = Long.MAX_VALUE;

  private final OperatorContext context;
  private final ProcessingTime processingTime;
  private final Output<?> output;
  private final TimerTarget<N> target;
  private final TimerQueue<K, N> eventTimers;
  private final TimerQueue<K, N> processingTimers;

  /** The last watermark taken in; event-time timers up to it are due. */
  private long watermark = Long.MIN_VALUE;

  /** Whether {@link #watermark} still has timers in front of it and has not gone downstream. */
  private boolean watermarkPending;

  /** Processing-time timers up to this timestamp are due. */
  private long processingDue = Long.MIN_VALUE;

  /** Whether processing-time timers up to {@link #processingDue} may be left. */
  private boolean processingPending;

  /**
   * The timestamp of the processing-time timer for which a callback is registered that counts;
   * later callbacks may be outstanding, and are ignored.
   */
  private long armedFor = NEVER;

  public InternalTimers(
      OperatorContext context, TypeInformation<N> namespace, TimerTarget<N> target) {
    this.context = context;
    this.processingTime = context.processingTime();
    this.output = context.output();
    this.target = target;
    KeyedStateBackend<K> backend = context.keyedState();
    this.eventTimers = backend.timers(EVENT_TIMERS, namespace);
    this.processingTimers = backend.timers(PROCESSING_TIMERS, namespace);
  }

  /** Begins to wait for restored processing-time timers. */
  public void open() {
    arm();
  }

  public long currentWatermark() {
    return watermark;
  }

  public long currentProcessingTime() {
    return processingTime.now();
  }

  public void registerEventTime(N namespace, long timestamp) {
    eventTimers.register(namespace, timestamp);
  }

  public void deleteEventTime(N namespace, long timestamp) {
    eventTimers.delete(namespace, timestamp);
  }

  public void registerProcessingTime(N namespace, long timestamp) {
    processingTimers.register(namespace, timestamp);
    if (timestamp < armedFor) {
      arm();
    }
  }

  public void deleteProcessingTime(N namespace, long timestamp) {
    processingTimers.delete(namespace, timestamp);
  }

  /** How many event-time timers there are. */
  public int eventTimers() {
    return eventTimers.size();
  }

  /** How many processing-time timers there are. */
  public int processingTimers() {
    return processingTimers.size();
  }

  /** Takes in a watermark and fires what it makes due, or as much of it as may be done now. */
  public void advanceWatermark(long timestamp) throws Exception {
    watermark = timestamp;
    watermarkPending = true;
    continueFiring();
  }

  /** Whether due timers are left. */
  public boolean hasPendingWork() {
    return watermarkPending || processingPending;
  }

  /** Fires due timers until none is left or the context says that it is enough. */
  public void continueFiring() throws Exception {
    if (watermarkPending) {
      fireEventTimers();
    }
    if (processingPending) {
      fireProcessingTimers();
    }
  }

  private void fireEventTimers() throws Exception {
    while (eventTimers.nextTimestamp() <= watermark && !eventTimers.isEmpty()) {
      if (!context.mayContinue()) {
        return;
      }
      eventTimers.takeDue(watermark);
      target.onEventTime(eventTimers.takenNamespace(), eventTimers.takenTimestamp());
    }
    watermarkPending = false;
    output.emitWatermark(watermark);
  }

  private void fireProcessingTimers() throws Exception {
    while (processingTimers.nextTimestamp() <= processingDue) {
      if (!context.mayContinue()) {
        return;
      }
      processingTimers.takeDue(processingDue);
      target.onProcessingTime(processingTimers.takenNamespace(), processingTimers.takenTimestamp());
    }
    processingPending = false;
    arm();
  }

  /**
   * Asks for a callback for the earliest processing-time timer. A timer fires when its millisecond
   * is over: then no record of that millisecond can come after it.
   */
  private void arm() {
    long next = processingTimers.nextTimestamp();
    if (next != TimerQueue.NONE && next < armedFor && !processingPending) {
      armedFor = next;
      processingTime.callAt(next + 1, this::onProcessingTime);
    }
  }

  private void onProcessingTime(long callbackTime) throws Exception {
    if (callbackTime - 1 != armedFor) {
      return;
    }
    armedFor = NEVER;
    processingDue = Math.max(callbackTime, processingTime.now()) - 1;
    processingPending = true;
    fireProcessingTimers();
  }
}
