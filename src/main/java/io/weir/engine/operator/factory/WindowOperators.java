package io.weir.engine.operator.factory;

import io.weir.api.graph.Operator;
import io.weir.api.graph.WindowAggregation;
import io.weir.api.graph.WindowOutput;
import io.weir.api.types.TypeInformation;
import io.weir.api.windowing.evictors.Evictor;
import io.weir.api.windowing.windows.Window;
import io.weir.engine.operator.StreamOperator;
import io.weir.engine.operator.window.AllAppliedResults;
import io.weir.engine.operator.window.AllProcessedResults;
import io.weir.engine.operator.window.AppliedResults;
import io.weir.engine.operator.window.ContentsAsResults;
import io.weir.engine.operator.window.ContentsFactory;
import io.weir.engine.operator.window.ProcessedResults;
import io.weir.engine.operator.window.WindowOperator;
import io.weir.engine.operator.window.WindowPolicy;
import io.weir.engine.operator.window.WindowResults;

/**
 * Puts together the window operator that the graph describes. The graph is typed where it is built;
 * here the types are taken for granted.
 */
@SuppressWarnings("unchecked")
final class WindowOperators<T, W extends Window>
    implements WindowAggregation.Visitor<StreamOperator> {
  private final Operator.Window<T, W> window;
  private final AuthorCode code;
  private final TypeInformation<T> type;

  WindowOperators(Operator.Window<T, W> window, AuthorCode code, TypeInformation<T> type) {
    this.window = window;
    this.code = code;
    this.type = type;
  }

  StreamOperator create() {
    return window.aggregation().accept(this);
  }

  @Override
  public <X> StreamOperator reducing(WindowAggregation.Reducing<X> aggregation) {
    WindowAggregation.Reducing<T> reducing = (WindowAggregation.Reducing<T>) aggregation;
    return operator(
        window.evictor() == null
            ? ContentsFactory.reducing(reducing.function(), type)
            : ContentsFactory.evictingReducing(evictor(), reducing.function(), type),
        aggregation.output());
  }

  @Override
  public <I, A, V> StreamOperator aggregating(WindowAggregation.Aggregating<I, A, V> aggregation) {
    WindowAggregation.Aggregating<T, A, V> aggregating =
        (WindowAggregation.Aggregating<T, A, V>) aggregation;
    return operator(
        window.evictor() == null
            ? ContentsFactory.aggregating(aggregating.function(), aggregating.accumulatorType())
            : ContentsFactory.evictingAggregating(evictor(), aggregating.function(), type),
        aggregation.output());
  }

  @Override
  public StreamOperator collecting(WindowAggregation.Collecting aggregation) {
    return operator(
        window.evictor() == null
            ? ContentsFactory.collecting(type)
            : ContentsFactory.evictingCollecting(evictor(), type),
        aggregation.output());
  }

  private Evictor<T, W> evictor() {
    return (Evictor<T, W>) window.evictor();
  }

  private <V> StreamOperator operator(ContentsFactory<T, V, W> contents, WindowOutput output) {
    WindowPolicy<T, W> policy =
        new WindowPolicy<>(
            window.assigner(),
            window.trigger(),
            window.allowedLatenessMillis(),
            window.lateDataTag());
    WindowResults<Object, V, ?, W> results =
        output == null
            ? new ContentsAsResults<>()
            : (WindowResults<Object, V, ?, W>) output.accept(new ResultsOf());
    return new WindowOperator<>(policy, contents, results, code.firstKeys());
  }

  /** Wraps each kind of window function. */
  private static final class ResultsOf implements WindowOutput.Visitor<WindowResults<?, ?, ?, ?>> {
    @Override
    public <I, O, K, W extends Window> WindowResults<?, ?, ?, ?> apply(
        WindowOutput.Apply<I, O, K, W> output) {
      return new AppliedResults<>(output.function());
    }

    @Override
    public <I, O, K, W extends Window> WindowResults<?, ?, ?, ?> process(
        WindowOutput.Process<I, O, K, W> output) {
      return new ProcessedResults<>(output.function());
    }

    @Override
    public <I, O, W extends Window> WindowResults<?, ?, ?, ?> applyAll(
        WindowOutput.ApplyAll<I, O, W> output) {
      return new AllAppliedResults<>(output.function());
    }

    @Override
    public <I, O, W extends Window> WindowResults<?, ?, ?, ?> processAll(
        WindowOutput.ProcessAll<I, O, W> output) {
      return new AllProcessedResults<>(output.function());
    }
  }
}
