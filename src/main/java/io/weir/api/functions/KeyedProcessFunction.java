package io.weir.api.functions;

import io.weir.api.types.Collector;
import io.weir.api.types.OutputTag;

/**
 * Processes each record of a keyed stream with access to the key, to state and to timers.
 *
 * @param <K> type of the key
 * @param <I> type of the input
 * @param <O> type of the output
 */
public abstract class KeyedProcessFunction<K, I, O> extends AbstractRichFunction {
  private static final long serialVersionUID = 1L;

  /**
   * Processes a record.
   *
   * @param value the record
   * @param ctx its key, time, timers and side outputs; valid during the call only
   * @param out takes what is emitted
   * @throws Exception to fail the task
   */
  public abstract void processElement(I value, Context ctx, Collector<O> out) throws Exception;

  /**
   * Called when a timer fires; state is that of the timer's key.
   *
   * @param timestamp the time of the timer
   * @param ctx which timer; valid during the call only
   * @param out takes what is emitted, with the time of the timer
   * @throws Exception to fail the task
   */
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<O> out) throws Exception {}

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
