package io.weir.engine.operator.function;

import io.weir.api.functions.KeySelector;
import io.weir.api.functions.ReduceFunction;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.engine.operator.OperatorContext;

/** Combines each record with what its key's earlier records gave, and sends the result. */
public final class KeyedReduceOperator<T> extends FunctionOperator<T, T, ReduceFunction<T>> {
  private final ValueStateDescriptor<T> descriptor;
  private ValueState<T> reduced;

  public KeyedReduceOperator(
      ReduceFunction<T> function, KeySelector<T, ?> keySelector, TypeInformation<T> type) {
    super(function, keySelector);
    this.descriptor = new ValueStateDescriptor<>("reduced", type);
  }

  @Override
  public void initialize(OperatorContext context) throws Exception {
    super.initialize(context);
    reduced = context.keyedState().state(descriptor);
  }

  @Override
  protected void process(T value, long timestamp) throws Exception {
    T before = reduced.value();
    T after = before == null ? value : function.reduce(before, value);
    reduced.update(after);
    output.emit(after, timestamp);
  }
}
