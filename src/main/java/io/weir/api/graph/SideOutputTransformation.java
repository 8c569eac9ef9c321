package io.weir.api.graph;

import io.weir.api.types.OutputTag;
import java.util.List;
import java.util.Objects;

/**
 * Selects a side output of its input. It is no operator.
 *
 * @param <T> type of the records of the side output
 */
public final class SideOutputTransformation<T> extends Transformation<T> {
  private final Transformation<?> input;
  private final OutputTag<T> outputTag;

  public SideOutputTransformation(int id, Transformation<?> input, OutputTag<T> outputTag) {
    super(id, "SideOutput", outputTag.getTypeInfo());
    this.input = Objects.requireNonNull(input, "input");
    this.outputTag = outputTag;
  }

  public Transformation<?> input() {
    return input;
  }

  public OutputTag<T> outputTag() {
    return outputTag;
  }

  @Override
  public List<Transformation<?>> inputs() {
    return List.of(input);
  }

  @Override
  public <R> R accept(TransformationVisitor<R> visitor) {
    return visitor.sideOutput(this);
  }
}
