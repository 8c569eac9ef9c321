package io.weir.engine.operator.function;

import io.weir.api.functions.KeySelector;
import io.weir.api.functions.MapFunction;

/** Makes one record from each. */
public final class MapOperator<I, O> extends FunctionOperator<I, O, MapFunction<I, O>> {

  public MapOperator(MapFunction<I, O> function, KeySelector<I, ?> keySelector) {
    super(function, keySelector);
  }

  @Override
  protected void process(I value, long timestamp) throws Exception {
    output.emit(function.map(value), timestamp);
  }
}
