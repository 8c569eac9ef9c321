package io.weir.engine.operator.function;

import io.weir.api.functions.KeySelector;
import io.weir.api.functions.TimeDomain;
import io.weir.api.functions.TimerService;
import io.weir.api.types.Types;
import io.weir.engine.operator.OperatorContext;
import io.weir.engine.operator.Output;
import io.weir.engine.operator.time.InternalTimers;
import io.weir.engine.operator.time.TimerTarget;
import io.weir.state.KeyedStateBackend;

/**
 * An operator with one keyed input whose function has timers.
 *
 * @param <K> the type of key
 */
abstract class TimerFunctionOperator<K, I, O, F> extends FunctionOperator<I, O, F>
    implements TimerTarget<Byte> {
  protected TimestampedCollector<O> collector;
  protected KeyedStateBackend<K> backend;
  protected TimerService timerService;
  private InternalTimers<K, Byte> timers;

  protected TimerFunctionOperator(F function, KeySelector<I, ?> keySelector) {
    super(function, keySelector);
  }

  /**
   * Calls the function for a timer, whose key is the current one; the collector has its timestamp.
   */
  protected abstract void fire(long timestamp, TimeDomain timeDomain) throws Exception;

  @Override
  public void initialize(OperatorContext context) throws Exception {
    super.initialize(context);
    collector = new TimestampedCollector<>(output);
    backend = context.keyedState();
    timers = new InternalTimers<>(context, Types.BYTE, this);
    timerService = new KeyedTimerService(timers);
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers.open();
  }

  @Override
  public final void watermark(long timestamp) throws Exception {
    timers.advanceWatermark(timestamp);
  }

  @Override
  public final boolean hasPendingWork() {
    return timers.hasPendingWork();
  }

  @Override
  public final void continueWork() throws Exception {
    timers.continueFiring();
  }

  @Override
  public final void onEventTime(Byte namespace, long timestamp) throws Exception {
    collector.setTimestamp(timestamp);
    fire(timestamp, TimeDomain.EVENT_TIME);
  }

  @Override
  public final void onProcessingTime(Byte namespace, long timestamp) throws Exception {
    collector.setTimestamp(Output.NO_TIMESTAMP);
    fire(timestamp, TimeDomain.PROCESSING_TIME);
  }
}
