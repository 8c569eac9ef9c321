package io.weir.api.types;

/**
 * States a generic type: {@code new TypeHint<Tuple2<String, Long>>() {}}.
 *
 * @param <T> the type that is stated; it must not contain type variables
 */
public abstract class TypeHint<T> {
  private final TypeInformation<T> typeInfo;

  /**
   * Captures the type argument of the anonymous subclass.
   *
   * @throws InvalidTypesException if the type argument is missing or contains a type variable
   */
  protected TypeHint() {
    this.typeInfo =
        TypeExtraction.<T>typeArgument(getClass(), TypeHint.class, 0)
            .orElseThrow(
                () ->
                    new InvalidTypesException(
                        "A TypeHint needs a type argument without type variables, for example"
                            + " new TypeHint<Tuple2<String, Long>>() {}. In generic code, take the"
                            + " TypeInformation as a parameter."));
  }

  /** The captured type. */
  public TypeInformation<T> getTypeInfo() {
    return typeInfo;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TypeHint<?> that && typeInfo.equals(that.typeInfo);
  }

  @Override
  public int hashCode() {
    return typeInfo.hashCode();
  }

  @Override
  public String toString() {
    return "TypeHint: " + typeInfo;
  }
}
