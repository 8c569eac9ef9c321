package io.weir.api.graph;

import io.weir.api.functions.AggregateFunction;
import io.weir.api.functions.ReduceFunction;
import io.weir.api.types.TypeInformation;
import java.io.Serializable;
import java.util.Objects;

/** What a window keeps of the records assigned to it, and what it emits when it fires. */
public sealed interface WindowAggregation extends Serializable {
  /** What makes results of the contents; null when the aggregate itself is the result. */
  WindowOutput output();

  /** Calls the visitor's method for this kind of aggregation. */
  <R> R accept(Visitor<R> visitor);

  /**
   * Keeps one record that stands for all.
   *
   * @param output gets the one record; null when it is the result
   */
  record Reducing<T>(ReduceFunction<T> function, WindowOutput output) implements WindowAggregation {
    public Reducing {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.reducing(this);
    }
  }

  /**
   * Keeps an accumulator.
   *
   * @param accumulatorType the type of the accumulator, or null if it is not known
   * @param output gets the function's one result; null when that is the window's result
   */
  record Aggregating<I, A, V>(
      AggregateFunction<I, A, V> function, TypeInformation<A> accumulatorType, WindowOutput output)
      implements WindowAggregation {
    public Aggregating {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.aggregating(this);
    }
  }

  /**
   * Keeps all records.
   *
   * @param output gets all records
   */
  record Collecting(WindowOutput output) implements WindowAggregation {
    public Collecting {
      Objects.requireNonNull(output, "output");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.collecting(this);
    }
  }

  /**
   * One method for every kind of aggregation, so that none can be forgotten.
   *
   * @param <R> what is computed
   */
  interface Visitor<R> {
    <T> R reducing(Reducing<T> aggregation);

    <I, A, V> R aggregating(Aggregating<I, A, V> aggregation);

    R collecting(Collecting aggregation);
  }
}
