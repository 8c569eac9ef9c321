package io.weir.engine.operator.function;

import io.weir.api.functions.FlatMapFunction;
import io.weir.api.functions.KeySelector;
import io.weir.engine.operator.OperatorContext;

/** Makes any number of records from each. */
public final class FlatMapOperator<I, O> extends FunctionOperator<I, O, FlatMapFunction<I, O>> {
  private TimestampedCollector<O> collector;

  public FlatMapOperator(FlatMapFunction<I, O> function, KeySelector<I, ?> keySelector) {
    super(function, keySelector);
  }

  @Override
  public void initialize(OperatorContext context) throws Exception {
    super.initialize(context);
    collector = new TimestampedCollector<>(output);
  }

  @Override
  protected void process(I value, long timestamp) throws Exception {
    collector.setTimestamp(timestamp);
    function.flatMap(value, collector);
  }
}
