package io.weir.api.functions;

import java.util.Objects;

/** Keeps the runtime context for rich functions. */
public abstract class AbstractRichFunction implements RichFunction {
  private static final long serialVersionUID = 1L;

  private transient RuntimeContext runtimeContext;

  @Override
  public void setRuntimeContext(RuntimeContext context) {
    this.runtimeContext = Objects.requireNonNull(context, "context");
  }

  @Override
  public RuntimeContext getRuntimeContext() {
    if (runtimeContext == null) {
      throw new IllegalStateException(
          "The runtime context of "
              + getClass().getName()
              + " is not there yet. Use it in open() and later, not in the constructor.");
    }
    return runtimeContext;
  }
}
