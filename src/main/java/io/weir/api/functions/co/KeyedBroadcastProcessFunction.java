package io.weir.api.functions.co;

import io.weir.api.functions.TimeDomain;
import io.weir.api.functions.TimerService;
import io.weir.api.state.KeyedStateFunction;
import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.types.Collector;

/**
 * Processes a keyed stream, with state and timers, together with a broadcast one, whose records
 * reach every subtask.
 *
 * @param <KS> type of the key
 * @param <IN1> type of the keyed stream
 * @param <IN2> type of the broadcast stream
 * @param <OUT> type of the output
 */
public abstract class KeyedBroadcastProcessFunction<KS, IN1, IN2, OUT>
    extends BaseBroadcastProcessFunction {
  private static final long serialVersionUID = 1L;

  /**
   * Processes a record.
   *
   * @param value a record of the keyed stream
   * @param ctx key, timers and read access to broadcast state; valid during the call only
   * @param out takes what is emitted
   * @throws Exception to fail the task
   */
  public abstract void processElement(IN1 value, ReadOnlyContext ctx, Collector<OUT> out)
      throws Exception;

  /**
   * Processes a record of the broadcast stream.
   *
   * @param value a record of the broadcast stream
   * @param ctx access to broadcast state; valid during the call only
   * @param out takes what is emitted
   * @throws Exception to fail the task
   */
  public abstract void processBroadcastElement(IN2 value, Context ctx, Collector<OUT> out)
      throws Exception;

  /**
   * Called when a timer fires; state is that of the timer's key.
   *
   * @param timestamp the time of the timer
   * @param ctx which timer; valid during the call only
   * @param out takes what is emitted, with the time of the timer
   * @throws Exception to fail the task
   */
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<OUT> out) throws Exception {}

  /** The context of the broadcast side, where no key is present. */
  public abstract class Context extends BaseBroadcastProcessFunction.Context {
    /**
     * Calls a function for every key of this subtask that has a value in a state.
     *
     * @param stateDescriptor which state, not null
     * @param function what is done with each key's state, not null; it may change it
     * @throws Exception what the function throws
     */
    public abstract <VS, S extends State> void applyToKeyedState(
        StateDescriptor<S, VS> stateDescriptor, KeyedStateFunction<KS, S> function)
        throws Exception;
  }

  /** The context of the keyed side. */
  public abstract class ReadOnlyContext extends BaseBroadcastProcessFunction.ReadOnlyContext {
    /** Time and timers. */
    public abstract TimerService timerService();

    /** Key of the record or of the timer. */
    public abstract KS getCurrentKey();
  }

  /** As {@link ReadOnlyContext}, while a timer fires. */
  public abstract class OnTimerContext extends ReadOnlyContext {
    /** Which time the timer goes by. */
    public abstract TimeDomain timeDomain();

    @Override
    public abstract KS getCurrentKey();
  }
}
