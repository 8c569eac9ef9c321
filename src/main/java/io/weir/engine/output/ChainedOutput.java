package io.weir.engine.output;

import io.weir.api.types.OutputTag;
import io.weir.engine.operator.Input;
import io.weir.engine.operator.OperatorException;
import io.weir.engine.operator.Output;
import io.weir.serial.Serializer;

/** Calls the next operator of the chain. What that one throws is attributed to it here. */
public final class ChainedOutput<T> implements Output<T> {
  private final Input<T> next;
  private final String nextName;

  /** Null if records need not be copied. */
  private final Serializer<T> copier;

  public ChainedOutput(Input<T> next, String nextName, Serializer<T> copier) {
    this.next = next;
    this.nextName = nextName;
    this.copier = copier;
  }

  @Override
  public void emit(T value, long timestamp) {
    try {
      next.element(copier == null ? value : copier.copy(value), timestamp);
    } catch (OperatorException e) {
      throw e;
    } catch (Exception e) {
      throw new OperatorException(nextName, e);
    }
  }

  /** Side outputs have outputs of their own. */
  @Override
  public <X> void emitSide(OutputTag<X> tag, X value, long timestamp) {}

  @Override
  public void emitWatermark(long timestamp) {
    try {
      next.watermark(timestamp);
    } catch (OperatorException e) {
      throw e;
    } catch (Exception e) {
      throw new OperatorException(nextName, e);
    }
  }

  @Override
  public void emitIdleness(boolean idle) {
    try {
      next.idleness(idle);
    } catch (OperatorException e) {
      throw e;
    } catch (Exception e) {
      throw new OperatorException(nextName, e);
    }
  }
}
