package io.weir.api.graph;

import io.weir.api.types.TypeInformation;
import java.util.List;

/**
 * Several streams of one type taken as one. It is no operator: its consumers read all inputs.
 *
 * @param <T> type of the records
 */
public final class UnionTransformation<T> extends Transformation<T> {
  private final List<Transformation<T>> unitedInputs;

  /**
   * @param inputs the streams, at least one
   */
  public UnionTransformation(
      int id, List<Transformation<T>> inputs, TypeInformation<T> outputType) {
    super(id, "Union", outputType);
    this.unitedInputs = List.copyOf(inputs);
  }

  @Override
  public List<Transformation<?>> inputs() {
    return List.copyOf(unitedInputs);
  }

  @Override
  public <R> R accept(TransformationVisitor<R> visitor) {
    return visitor.union(this);
  }
}
