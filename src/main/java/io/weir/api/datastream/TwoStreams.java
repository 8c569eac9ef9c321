package io.weir.api.datastream;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.functions.KeySelector;
import io.weir.api.graph.Operator;
import io.weir.api.graph.TwoInputTransformation;
import io.weir.api.types.InvalidTypesException;
import io.weir.api.types.TypeExtraction;
import io.weir.api.types.TypeInformation;
import java.util.Objects;

/**
 * The two inputs of an operator, and how it is added to the graph.
 *
 * @param broadcast whether the second goes to every subtask
 */
record TwoStreams<A, B>(
    StreamExecutionEnvironment environment,
    DataStream<A> first,
    DataStream<B> second,
    boolean broadcast) {
  TwoStreams {
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
    requireSameKeyType(first, second);
  }

  private static void requireSameKeyType(DataStream<?> first, DataStream<?> second) {
    TypeInformation<?> ofFirst = keyType(first);
    TypeInformation<?> ofSecond = keyType(second);
    if (ofFirst != null && ofSecond != null && !ofFirst.equals(ofSecond)) {
      throw new InvalidTypesException(
          "Two connected streams need keys of one type, but these have "
              + ofFirst
              + " and "
              + ofSecond
              + ". Make both key selectors return the same type.");
    }
  }

  <R> TypeInformation<R> outputType(Object function, Class<?> functionType, int typeParameter) {
    return TypeExtraction.<R>outputType(
            function,
            functionType,
            typeParameter,
            first.getTransformation().outputType(),
            second.getTransformation().outputType())
        .orElse(null);
  }

  /** For a function whose first type parameter is the key. */
  <R> TypeInformation<R> keyedOutputType(
      Object function, Class<?> functionType, int typeParameter) {
    return TypeExtraction.<R>outputType(
            function,
            functionType,
            typeParameter,
            keyType(),
            first.getTransformation().outputType(),
            second.getTransformation().outputType())
        .orElse(null);
  }

  <R> SingleOutputStreamOperator<R> transform(Operator operator, TypeInformation<R> outputType) {
    return new SingleOutputStreamOperator<>(
        environment,
        environment.addTransformation(
            new TwoInputTransformation<>(
                environment.nextTransformationId(),
                operator.defaultName(),
                first.getTransformation(),
                second.getTransformation(),
                operator,
                keySelector(first),
                keySelector(second),
                keyType(),
                outputType)));
  }

  /** Two streams share state per key only where both have one; a broadcast stream has none. */
  private boolean isKeyed() {
    return first instanceof KeyedStream && (broadcast || second instanceof KeyedStream);
  }

  private <T> KeySelector<T, ?> keySelector(DataStream<T> stream) {
    return isKeyed() && stream instanceof KeyedStream<T, ?> keyed ? keyed.getKeySelector() : null;
  }

  private TypeInformation<?> keyType() {
    if (!isKeyed()) {
      return null;
    }
    TypeInformation<?> ofFirst = keyType(first);
    return ofFirst == null ? keyType(second) : ofFirst;
  }

  private static TypeInformation<?> keyType(DataStream<?> stream) {
    return stream instanceof KeyedStream<?, ?> keyed ? keyed.getKeyType() : null;
  }
}
