package io.weir.api.graph;

import io.weir.api.functions.KeySelector;
import io.weir.api.types.TypeInformation;
import java.util.List;
import java.util.Objects;

/**
 * An operator with one input.
 *
 * @param <I> type of the records that it takes
 * @param <O> type of the records that it gives
 */
public final class OneInputTransformation<I, O> extends Transformation<O> {
  private final Transformation<I> input;
  private final Operator operator;
  private final KeySelector<I, ?> keySelector;
  private final TypeInformation<?> keyType;

  /**
   * @param keySelector the key of a record, or null if the input is not keyed
   * @param keyType the type of the key, or null if it is not known or there is none
   * @param outputType null when it is not known
   */
  public OneInputTransformation(
      int id,
      String name,
      Transformation<I> input,
      Operator operator,
      KeySelector<I, ?> keySelector,
      TypeInformation<?> keyType,
      TypeInformation<O> outputType) {
    super(id, name, outputType);
    this.input = Objects.requireNonNull(input, "input");
    this.operator = Objects.requireNonNull(operator, "operator");
    this.keySelector = keySelector;
    this.keyType = keyType;
  }

  public Transformation<I> input() {
    return input;
  }

  public Operator operator() {
    return operator;
  }

  /** The key of a record, or null if the input is not keyed. */
  public KeySelector<I, ?> keySelector() {
    return keySelector;
  }

  /** The type of the key, or null if it is not known or there is none. */
  public TypeInformation<?> keyType() {
    return keyType;
  }

  @Override
  public List<Transformation<?>> inputs() {
    return List.of(input);
  }

  @Override
  public <R> R accept(TransformationVisitor<R> visitor) {
    return visitor.oneInput(this);
  }
}
