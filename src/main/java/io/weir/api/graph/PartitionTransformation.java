package io.weir.api.graph;

import java.util.List;
import java.util.Objects;

/**
 * Says how the records of its input are spread over the subtasks of its consumers. It is no
 * operator.
 *
 * @param <T> type of the records
 */
public final class PartitionTransformation<T> extends Transformation<T> {
  private final Transformation<T> input;
  private final Partitioning partitioning;

  public PartitionTransformation(int id, Transformation<T> input, Partitioning partitioning) {
    super(id, "Partition", input.outputType());
    this.input = input;
    this.partitioning = Objects.requireNonNull(partitioning, "partitioning");
  }

  public Transformation<T> input() {
    return input;
  }

  public Partitioning partitioning() {
    return partitioning;
  }

  @Override
  public List<Transformation<?>> inputs() {
    return List.of(input);
  }

  @Override
  public <R> R accept(TransformationVisitor<R> visitor) {
    return visitor.partition(this);
  }
}
