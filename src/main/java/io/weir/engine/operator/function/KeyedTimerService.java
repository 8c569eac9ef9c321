package io.weir.engine.operator.function;

import io.weir.api.functions.TimerService;
import io.weir.engine.operator.time.InternalTimers;

/** The timers of a keyed function: those of {@link InternalTimers}, all in one namespace. */
final class KeyedTimerService implements TimerService {
  /** The namespace of timers that need none. */
  static final Byte NAMESPACE = (byte) 0;

  private final InternalTimers<?, Byte> timers;

  KeyedTimerService(InternalTimers<?, Byte> timers) {
    this.timers = timers;
  }

  @Override
  public long currentProcessingTime() {
    return timers.currentProcessingTime();
  }

  @Override
  public long currentWatermark() {
    return timers.currentWatermark();
  }

  @Override
  public void registerProcessingTimeTimer(long time) {
    timers.registerProcessingTime(NAMESPACE, time);
  }

  @Override
  public void registerEventTimeTimer(long time) {
    timers.registerEventTime(NAMESPACE, time);
  }

  @Override
  public void deleteProcessingTimeTimer(long time) {
    timers.deleteProcessingTime(NAMESPACE, time);
  }

  @Override
  public void deleteEventTimeTimer(long time) {
    timers.deleteEventTime(NAMESPACE, time);
  }
}
