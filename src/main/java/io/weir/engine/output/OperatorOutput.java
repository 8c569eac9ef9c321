package io.weir.engine.output;

import io.weir.api.types.OutputTag;
import io.weir.engine.operator.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that one operator feeds: its main outputs, and those of each side output. */
public final class OperatorOutput<T> implements Output<T> {
  private final Output<T>[] main;
  private final Map<OutputTag<?>, List<Output<?>>> side;
  private final RecordCounter counter;

  /**
   * @param main may be empty: then records are dropped
   * @param counter counts what goes out
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public OperatorOutput(
      List<Output<?>> main, Map<OutputTag<?>, List<Output<?>>> side, RecordCounter counter) {
    this.main = main.toArray(new Output[0]);
    this.side = new LinkedHashMap<>(side);
    this.counter = counter;
  }

  @Override
  public void emit(T value, long timestamp) {
    counter.countOut();
    for (Output<T> output : main) {
      output.emit(value, timestamp);
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public <X> void emitSide(OutputTag<X> tag, X value, long timestamp) {
    List<Output<?>> outputs = side.get(tag);
    if (outputs != null) {
      counter.countOut();
      for (Output<?> output : outputs) {
        ((Output<X>) output).emit(value, timestamp);
      }
    }
  }

  @Override
  public void emitWatermark(long timestamp) {
    for (Output<T> output : main) {
      output.emitWatermark(timestamp);
    }
    for (List<Output<?>> outputs : side.values()) {
      outputs.forEach(output -> output.emitWatermark(timestamp));
    }
  }

  @Override
  public void emitIdleness(boolean idle) {
    for (Output<T> output : main) {
      output.emitIdleness(idle);
    }
    for (List<Output<?>> outputs : side.values()) {
      outputs.forEach(output -> output.emitIdleness(idle));
    }
  }
}
