package io.weir.api.functions.co;

import io.weir.api.functions.AbstractRichFunction;

/** A {@link CoMapFunction} with {@code open} and {@code close}. */
public abstract class RichCoMapFunction<IN1, IN2, OUT> extends AbstractRichFunction
    implements CoMapFunction<IN1, IN2, OUT> {
  private static final long serialVersionUID = 1L;
}
