package io.weir.engine.operator.function;

import io.weir.api.functions.FilterFunction;
import io.weir.api.functions.KeySelector;

/** Lets some records through. */
public final class FilterOperator<T> extends FunctionOperator<T, T, FilterFunction<T>> {

  public FilterOperator(FilterFunction<T> function, KeySelector<T, ?> keySelector) {
    super(function, keySelector);
  }

  @Override
  protected void process(T value, long timestamp) throws Exception {
    if (function.filter(value)) {
      output.emit(value, timestamp);
    }
  }
}
