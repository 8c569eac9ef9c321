package io.weir.api.datastream;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.functions.KeySelector;
import io.weir.api.graph.Operator;
import io.weir.api.graph.TwoInputTransformation;
import io.weir.api.types.TypeExtraction;
import io.weir.api.types.TypeInformation;
import java.util.Objects;

/** The two inputs of an operator, and how it is added to the graph. */
record TwoStreams<A, B>(
    StreamExecutionEnvironment environment, DataStream<A> first, DataStream<B> second) {
  TwoStreams {
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
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

  private static <T> KeySelector<T, ?> keySelector(DataStream<T> stream) {
    return stream instanceof KeyedStream<T, ?> keyed ? keyed.getKeySelector() : null;
  }

  private TypeInformation<?> keyType() {
    if (first instanceof KeyedStream<A, ?> keyed && keyed.getKeyType() != null) {
      return keyed.getKeyType();
    }
    return second instanceof KeyedStream<B, ?> keyed ? keyed.getKeyType() : null;
  }
}
