package io.weir.api.graph;

import io.weir.api.functions.Function;
import io.weir.api.functions.windowing.AllWindowFunction;
import io.weir.api.functions.windowing.ProcessAllWindowFunction;
import io.weir.api.functions.windowing.ProcessWindowFunction;
import io.weir.api.functions.windowing.WindowFunction;
import io.weir.api.windowing.windows.Window;
import java.io.Serializable;
import java.util.Objects;

/** The author's function that makes results of a fired window's contents. */
public sealed interface WindowOutput extends Serializable {
  /** The author's function. */
  Function function();

  /** Calls the visitor's method for this kind of function. */
  <R> R accept(Visitor<R> visitor);

  /** A {@link WindowFunction}, which gets key, window and contents. */
  record Apply<I, O, K, W extends Window>(WindowFunction<I, O, K, W> function)
      implements WindowOutput {
    public Apply {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.apply(this);
    }
  }

  /** A {@link ProcessWindowFunction}, which also gets a context with state and side outputs. */
  @SuppressWarnings("JavaLangClash") // the name that authors know it by
  record Process<I, O, K, W extends Window>(ProcessWindowFunction<I, O, K, W> function)
      implements WindowOutput {
    public Process {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.process(this);
    }
  }

  /** An {@link AllWindowFunction} of a stream without keys. */
  record ApplyAll<I, O, W extends Window>(AllWindowFunction<I, O, W> function)
      implements WindowOutput {
    public ApplyAll {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.applyAll(this);
    }
  }

  /** A {@link ProcessAllWindowFunction} of a stream without keys. */
  record ProcessAll<I, O, W extends Window>(ProcessAllWindowFunction<I, O, W> function)
      implements WindowOutput {
    public ProcessAll {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.processAll(this);
    }
  }

  /**
   * One method for every kind of window function, so that none can be forgotten.
   *
   * @param <R> what is computed
   */
  interface Visitor<R> {
    <I, O, K, W extends Window> R apply(Apply<I, O, K, W> output);

    <I, O, K, W extends Window> R process(Process<I, O, K, W> output);

    <I, O, W extends Window> R applyAll(ApplyAll<I, O, W> output);

    <I, O, W extends Window> R processAll(ProcessAll<I, O, W> output);
  }
}
