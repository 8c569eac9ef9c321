package io.weir.api.functions.co;

import io.weir.api.functions.AbstractRichFunction;
import io.weir.api.functions.TimeDomain;
import io.weir.api.functions.TimerService;
import io.weir.api.types.Collector;
import io.weir.api.types.OutputTag;

/**
 * Processes two connected keyed streams with access to the key, to state and to timers.
 *
 * @param <K> type of the key
 * @param <IN1> type of the first input
 * @param <IN2> type of the second input
 * @param <OUT> type of the output
 */
public abstract class KeyedCoProcessFunction<K, IN1, IN2, OUT> extends AbstractRichFunction {
  private static final long serialVersionUID = 1L;

  /**
   * Processes a record of the first stream.
   *
   * @param value a record of the first stream
   * @param ctx its key, time, timers and side outputs; valid during the call only
   * @param out takes what is emitted
   * @throws Exception to fail the task
   */
  public abstract void processElement1(IN1 value, Context ctx, Collector<OUT> out) throws Exception;

  /**
   * Processes a record of the second stream.
   *
   * @param value a record of the second stream
   * @param ctx its key, time, timers and side outputs; valid during the call only
   * @param out takes what is emitted
   * @throws Exception to fail the task
   */
  public abstract void processElement2(IN2 value, Context ctx, Collector<OUT> out) throws Exception;

  /**
   * Called when a timer fires; state is that of the timer's key.
   *
   * @param timestamp the time of the timer
   * @param ctx which timer; valid during the call only
   * @param out takes what is emitted, with the time of the timer
   * @throws Exception to fail the task
   */
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<OUT> out) throws Exception {}

  /** What the function may know and do while it processes a record. */
  public abstract class Context {
    /** Timestamp of the record or time of the timer; null if the record has none. */
    public abstract Long timestamp();

    /** Time and timers. */
    public abstract TimerService timerService();

    /**
     * Emits a record to a side output.
     *
     * @param outputTag which side output, not null
     * @param value the record
     */
    public abstract <X> void output(OutputTag<X> outputTag, X value);

    /** Key of the record or of the timer. */
    public abstract K getCurrentKey();
  }

  /** As {@link Context}, while a timer fires. */
  public abstract class OnTimerContext extends Context {
    /** Which time the timer goes by. */
    public abstract TimeDomain timeDomain();

    @Override
    public abstract K getCurrentKey();
  }
}
