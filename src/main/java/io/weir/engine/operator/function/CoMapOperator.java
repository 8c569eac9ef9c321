package io.weir.engine.operator.function;

import io.weir.api.functions.KeySelector;
import io.weir.api.functions.co.CoMapFunction;

/** Makes one record from each record of either input. */
public final class CoMapOperator<A, B, O>
    extends TwoInputFunctionOperator<A, B, O, CoMapFunction<A, B, O>> {

  public CoMapOperator(
      CoMapFunction<A, B, O> function,
      KeySelector<A, ?> firstKeySelector,
      KeySelector<B, ?> secondKeySelector) {
    super(function, firstKeySelector, secondKeySelector);
  }

  @Override
  protected void processFirst(A value, long timestamp) throws Exception {
    collector.collect(function.map1(value));
  }

  @Override
  protected void processSecond(B value, long timestamp) throws Exception {
    collector.collect(function.map2(value));
  }
}
