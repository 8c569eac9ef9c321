package io.weir.api.functions.co;

import io.weir.api.functions.Function;
import io.weir.api.types.Collector;

/**
 * Makes any number of records of each record of two streams.
 *
 * @param <IN1> type of the first input
 * @param <IN2> type of the second input
 * @param <OUT> type of the output
 */
public interface CoFlatMapFunction<IN1, IN2, OUT> extends Function {
  /**
   * Maps a record of the first stream.
   *
   * @param value a record of the first stream
   * @param out takes what is emitted
   * @throws Exception to fail the task
   */
  void flatMap1(IN1 value, Collector<OUT> out) throws Exception;

  /**
   * Maps a record of the second stream.
   *
   * @param value a record of the second stream
   * @param out takes what is emitted
   * @throws Exception to fail the task
   */
  void flatMap2(IN2 value, Collector<OUT> out) throws Exception;
}
