package io.weir.engine.operator.function;

import io.weir.api.types.Collector;
import io.weir.api.types.OutputTag;
import io.weir.engine.operator.Output;

/**
 * A collector that gives everything it collects one timestamp, that of the record or timer being
 * processed. One object serves an operator for all its records.
 *
 * @param <T> the type of record
 */
public final class TimestampedCollector<T> implements Collector<T> {
  private final Output<T> output;
  private long timestamp = Output.NO_TIMESTAMP;

  public TimestampedCollector(Output<T> output) {
    this.output = output;
  }

  public void setTimestamp(long timestamp) {
    this.timestamp = timestamp;
  }

  /** The timestamp as functions see it: null if there is none. */
  public Long timestampOrNull() {
    return timestamp == Output.NO_TIMESTAMP ? null : timestamp;
  }

  @Override
  public void collect(T record) {
    output.emit(record, timestamp);
  }

  /** Sends to a side output with the present timestamp. */
  public <X> void collectSide(OutputTag<X> tag, X value) {
    collectSide(tag, value, timestamp);
  }

  /** Sends to a side output with a timestamp of its own. */
  public <X> void collectSide(OutputTag<X> tag, X value, long timestamp) {
    if (tag == null) {
      throw new IllegalArgumentException("The OutputTag of a side output must not be null");
    }
    output.emitSide(tag, value, timestamp);
  }

  @Override
  public void close() {}
}
