package io.weir.api.graph;

import io.weir.api.functions.KeySelector;
import io.weir.api.types.TypeInformation;
import java.util.List;
import java.util.Objects;

/**
 * An operator with two inputs of different types.
 *
 * @param <A> type of the records of the first input
 * @param <B> type of the records of the second input
 * @param <O> type of the records that it gives
 */
public final class TwoInputTransformation<A, B, O> extends Transformation<O> {
  private final Transformation<A> firstInput;
  private final Transformation<B> secondInput;
  private final Operator operator;
  private final KeySelector<A, ?> firstKeySelector;
  private final KeySelector<B, ?> secondKeySelector;
  private final TypeInformation<?> keyType;

  /**
   * @param firstKeySelector the key of a record of the first input, or null if it is not keyed
   * @param secondKeySelector the key of a record of the second input, or null if it is not keyed
   * @param keyType the type of the keys, or null if it is not known or there are none
   * @param outputType null when it is not known
   */
  public TwoInputTransformation(
      int id,
      String name,
      Transformation<A> firstInput,
      Transformation<B> secondInput,
      Operator operator,
      KeySelector<A, ?> firstKeySelector,
      KeySelector<B, ?> secondKeySelector,
      TypeInformation<?> keyType,
      TypeInformation<O> outputType) {
    super(id, name, outputType);
    this.firstInput = Objects.requireNonNull(firstInput, "firstInput");
    this.secondInput = Objects.requireNonNull(secondInput, "secondInput");
    this.operator = Objects.requireNonNull(operator, "operator");
    this.firstKeySelector = firstKeySelector;
    this.secondKeySelector = secondKeySelector;
    this.keyType = keyType;
  }

  public Transformation<A> firstInput() {
    return firstInput;
  }

  public Transformation<B> secondInput() {
    return secondInput;
  }

  public Operator operator() {
    return operator;
  }

  /** The key of a record of the first input, or null if it is not keyed. */
  public KeySelector<A, ?> firstKeySelector() {
    return firstKeySelector;
  }

  /** The key of a record of the second input, or null if it is not keyed. */
  public KeySelector<B, ?> secondKeySelector() {
    return secondKeySelector;
  }

  /** The type of the keys, or null if it is not known or there are none. */
  public TypeInformation<?> keyType() {
    return keyType;
  }

  @Override
  public List<Transformation<?>> inputs() {
    return List.of(firstInput, secondInput);
  }

  @Override
  public <R> R accept(TransformationVisitor<R> visitor) {
    return visitor.twoInput(this);
  }
}
