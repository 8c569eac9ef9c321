package io.weir.api.functions;

/** A {@link FlatMapFunction} with {@code open} and {@code close}. */
public abstract class RichFlatMapFunction<IN, OUT> extends AbstractRichFunction
    implements FlatMapFunction<IN, OUT> {
  private static final long serialVersionUID = 1L;
}
