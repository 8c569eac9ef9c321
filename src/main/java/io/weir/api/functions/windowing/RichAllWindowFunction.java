package io.weir.api.functions.windowing;

import io.weir.api.functions.AbstractRichFunction;
import io.weir.api.windowing.windows.Window;

/** An {@link AllWindowFunction} with {@code open} and {@code close}. */
public abstract class RichAllWindowFunction<IN, OUT, W extends Window> extends AbstractRichFunction
    implements AllWindowFunction<IN, OUT, W> {
  private static final long serialVersionUID = 1L;
}
