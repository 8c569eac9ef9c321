package io.weir.api.functions;

/** A {@link ReduceFunction} with {@code open} and {@code close}. */
public abstract class RichReduceFunction<T> extends AbstractRichFunction
    implements ReduceFunction<T> {
  private static final long serialVersionUID = 1L;
}
