package io.weir.engine.operator.factory;

import io.weir.api.graph.Operator;
import io.weir.api.graph.OperatorVisitor;
import io.weir.api.types.TypeInformation;
import io.weir.api.windowing.windows.Window;
import io.weir.engine.operator.StreamOperator;
import io.weir.engine.operator.function.BroadcastProcessOperator;
import io.weir.engine.operator.function.CoFlatMapOperator;
import io.weir.engine.operator.function.CoMapOperator;
import io.weir.engine.operator.function.CoProcessOperator;
import io.weir.engine.operator.function.FilterOperator;
import io.weir.engine.operator.function.FlatMapOperator;
import io.weir.engine.operator.function.KeyedBroadcastProcessOperator;
import io.weir.engine.operator.function.KeyedCoProcessOperator;
import io.weir.engine.operator.function.KeyedProcessOperator;
import io.weir.engine.operator.function.KeyedReduceOperator;
import io.weir.engine.operator.function.MapOperator;
import io.weir.engine.operator.function.ProcessOperator;
import io.weir.engine.operator.function.TimerCoProcessOperator;
import io.weir.engine.operator.function.TimerProcessOperator;
import io.weir.engine.operator.time.TimestampsAndWatermarksOperator;

/** Makes the operator for each kind of operator in the graph. */
final class FunctionOperators implements OperatorVisitor<StreamOperator> {
  private final String operatorName;
  private final AuthorCode code;
  private final TypeInformation<?> inputType;

  /**
   * @param code the operator's own copy
   * @param inputType of the only input; not looked at for two inputs
   */
  FunctionOperators(String operatorName, AuthorCode code, TypeInformation<?> inputType) {
    this.operatorName = operatorName;
    this.code = code;
    this.inputType = inputType;
  }

  /** The type of what the operator keeps in its state: the records of its input. */
  @SuppressWarnings("unchecked") // the graph is typed where it is built
  private <T> TypeInformation<T> recordType() {
    if (inputType == null) {
      throw new IllegalArgumentException(
          "The operator '%s' keeps records in its state, but their type is not known. State it with returns(...) on the stream in front of it."
              .formatted(operatorName));
    }
    return (TypeInformation<T>) inputType;
  }

  @Override
  public <I, O> StreamOperator map(Operator.Map<I, O> operator) {
    return new MapOperator<>(operator.function(), code.firstKeys());
  }

  @Override
  public <I, O> StreamOperator flatMap(Operator.FlatMap<I, O> operator) {
    return new FlatMapOperator<>(operator.function(), code.firstKeys());
  }

  @Override
  public <T> StreamOperator filter(Operator.Filter<T> operator) {
    return new FilterOperator<>(operator.function(), code.firstKeys());
  }

  @Override
  public <I, O> StreamOperator process(Operator.Process<I, O> operator) {
    return code.keySelector() == null
        ? new ProcessOperator<>(operator.function())
        : new TimerProcessOperator<>(operator.function(), code.firstKeys());
  }

  @Override
  public <K, I, O> StreamOperator keyedProcess(Operator.KeyedProcess<K, I, O> operator) {
    return new KeyedProcessOperator<>(operator.function(), code.firstKeys());
  }

  @Override
  public <T> StreamOperator reduce(Operator.Reduce<T> operator) {
    return new KeyedReduceOperator<>(operator.function(), code.firstKeys(), recordType());
  }

  @Override
  public <T, W extends Window> StreamOperator window(Operator.Window<T, W> operator) {
    return new WindowOperators<>(operator, code, recordType()).create();
  }

  @Override
  public <T> StreamOperator timestampsAndWatermarks(Operator.TimestampsAndWatermarks<T> operator) {
    return new TimestampsAndWatermarksOperator<>(operator.strategy());
  }

  @Override
  public <A, B, O> StreamOperator coMap(Operator.CoMap<A, B, O> operator) {
    return new CoMapOperator<>(operator.function(), code.firstKeys(), code.secondKeys());
  }

  @Override
  public <A, B, O> StreamOperator coFlatMap(Operator.CoFlatMap<A, B, O> operator) {
    return new CoFlatMapOperator<>(operator.function(), code.firstKeys(), code.secondKeys());
  }

  @Override
  public <A, B, O> StreamOperator coProcess(Operator.CoProcess<A, B, O> operator) {
    return code.keySelector() == null
        ? new CoProcessOperator<>(operator.function())
        : new TimerCoProcessOperator<>(operator.function(), code.firstKeys(), code.secondKeys());
  }

  @Override
  public <K, A, B, O> StreamOperator keyedCoProcess(Operator.KeyedCoProcess<K, A, B, O> operator) {
    return new KeyedCoProcessOperator<>(operator.function(), code.firstKeys(), code.secondKeys());
  }

  @Override
  public <A, B, O> StreamOperator broadcastProcess(Operator.BroadcastProcess<A, B, O> operator) {
    return new BroadcastProcessOperator<>(operator.function(), operator.broadcastStates());
  }

  @Override
  public <K, A, B, O> StreamOperator keyedBroadcastProcess(
      Operator.KeyedBroadcastProcess<K, A, B, O> operator) {
    return new KeyedBroadcastProcessOperator<>(
        operator.function(), code.firstKeys(), operator.broadcastStates());
  }
}
