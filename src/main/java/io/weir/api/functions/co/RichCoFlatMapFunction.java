package io.weir.api.functions.co;

import io.weir.api.functions.AbstractRichFunction;

/** A {@link CoFlatMapFunction} with {@code open} and {@code close}. */
public abstract class RichCoFlatMapFunction<IN1, IN2, OUT> extends AbstractRichFunction
    implements CoFlatMapFunction<IN1, IN2, OUT> {
  private static final long serialVersionUID = 1L;
}
