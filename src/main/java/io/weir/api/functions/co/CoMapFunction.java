package io.weir.api.functions.co;

import io.weir.api.functions.Function;

/**
 * Makes one record of each record of two streams.
 *
 * @param <IN1> type of the first input
 * @param <IN2> type of the second input
 * @param <OUT> type of the output
 */
public interface CoMapFunction<IN1, IN2, OUT> extends Function {
  /**
   * Maps a record of the first stream.
   *
   * @param value a record of the first stream
   * @throws Exception to fail the task
   */
  OUT map1(IN1 value) throws Exception;

  /**
   * Maps a record of the second stream.
   *
   * @param value a record of the second stream
   * @throws Exception to fail the task
   */
  OUT map2(IN2 value) throws Exception;
}
