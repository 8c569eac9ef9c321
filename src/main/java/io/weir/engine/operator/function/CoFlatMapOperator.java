package io.weir.engine.operator.function;

import io.weir.api.functions.KeySelector;
import io.weir.api.functions.co.CoFlatMapFunction;

/** Makes any number of records from each record of either input. */
public final class CoFlatMapOperator<A, B, O>
    extends TwoInputFunctionOperator<A, B, O, CoFlatMapFunction<A, B, O>> {

  public CoFlatMapOperator(
      CoFlatMapFunction<A, B, O> function,
      KeySelector<A, ?> firstKeySelector,
      KeySelector<B, ?> secondKeySelector) {
    super(function, firstKeySelector, secondKeySelector);
  }

  @Override
  protected void processFirst(A value, long timestamp) throws Exception {
    function.flatMap1(value, collector);
  }

  @Override
  protected void processSecond(B value, long timestamp) throws Exception {
    function.flatMap2(value, collector);
  }
}
