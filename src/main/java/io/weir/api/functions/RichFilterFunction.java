package io.weir.api.functions;

/** A {@link FilterFunction} with {@code open} and {@code close}. */
public abstract class RichFilterFunction<T> extends AbstractRichFunction
    implements FilterFunction<T> {
  private static final long serialVersionUID = 1L;
}
