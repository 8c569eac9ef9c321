package io.weir.api.functions.windowing;

import io.weir.api.functions.AbstractRichFunction;
import io.weir.api.windowing.windows.Window;

/** A {@link WindowFunction} with {@code open} and {@code close}. */
public abstract class RichWindowFunction<IN, OUT, KEY, W extends Window>
    extends AbstractRichFunction implements WindowFunction<IN, OUT, KEY, W> {
  private static final long serialVersionUID = 1L;
}
