package io.weir.api.functions;

/** A {@link MapFunction} with {@code open} and {@code close}. */
public abstract class RichMapFunction<IN, OUT> extends AbstractRichFunction
    implements MapFunction<IN, OUT> {
  private static final long serialVersionUID = 1L;
}
