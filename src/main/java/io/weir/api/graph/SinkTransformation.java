package io.weir.api.graph;

import io.weir.api.connector.Sink;
import java.util.List;
import java.util.Objects;

/**
 * A sink.
 *
 * @param <T> type of the records that it takes
 */
public final class SinkTransformation<T> extends Transformation<T> {
  private final Transformation<T> input;
  private final Sink<T> sink;

  public SinkTransformation(int id, String name, Transformation<T> input, Sink<T> sink) {
    super(id, name, input.outputType());
    this.input = input;
    this.sink = Objects.requireNonNull(sink, "sink");
  }

  public Transformation<T> input() {
    return input;
  }

  public Sink<T> sink() {
    return sink;
  }

  @Override
  public List<Transformation<?>> inputs() {
    return List.of(input);
  }

  @Override
  public <R> R accept(TransformationVisitor<R> visitor) {
    return visitor.sink(this);
  }
}
