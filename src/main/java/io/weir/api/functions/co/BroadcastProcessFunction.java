package io.weir.api.functions.co;

import io.weir.api.types.Collector;

/**
 * Processes a stream together with a broadcast one, whose records reach every subtask.
 *
 * @param <IN1> type of the stream
 * @param <IN2> type of the broadcast stream
 * @param <OUT> type of the output
 */
public abstract class BroadcastProcessFunction<IN1, IN2, OUT> extends BaseBroadcastProcessFunction {
  private static final long serialVersionUID = 1L;

  /**
   * Processes a record.
   *
   * @param value a record of the stream
   * @param ctx read access to broadcast state; valid during the call only
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

  /** The context of the broadcast side. */
  public abstract class Context extends BaseBroadcastProcessFunction.Context {}

  /** The context of the other side. */
  public abstract class ReadOnlyContext extends BaseBroadcastProcessFunction.ReadOnlyContext {}
}
