package io.weir.api.types;

import java.lang.reflect.TypeVariable;
import java.util.Optional;

/**
 * Finds out the types that a function works with.
 *
 * <p>Known: the type arguments that a named or anonymous class gives to the function's interface or
 * superclass, also through a hierarchy, and also when they follow from the input types; the exact
 * type behind a method reference; the class of a lambda's result. Not known, because the compiler
 * does not keep it: the type arguments of a lambda's result or of a lambda's collector, and the
 * value of a type variable of a surrounding generic method or class. The result is then empty, and
 * the author states the type with {@code returns(...)}.
 *
 * <p>Pure functions, usable from any thread.
 */
public final class TypeExtraction {
  private TypeExtraction() {}

  /**
   * The type that a function produces.
   *
   * @param function the function, not null; one that is {@link ResultTypeQueryable} answers itself
   * @param functionType the interface or class as which it is used, for example {@code
   *     MapFunction.class}
   * @param typeParameter which of that type's parameters is the output, counted from 0
   * @param inputTypes the types of the first parameters as far as they are known; elements may be
   *     null
   * @return empty when the type is not known
   */
  @SuppressWarnings("unchecked") // what a function declares to produce
  public static <T> Optional<TypeInformation<T>> outputType(
      Object function, Class<?> functionType, int typeParameter, TypeInformation<?>... inputTypes) {
    if (function instanceof ResultTypeQueryable<?> queryable) {
      return Optional.of((TypeInformation<T>) queryable.getProducedType());
    }
    return typeArgument(function, functionType, typeParameter, inputTypes);
  }

  /**
   * As {@link #outputType}, for any type parameter of a function, for example the accumulator of an
   * aggregate function.
   */
  @SuppressWarnings(
      "TypeParameterUnusedInFormals") // the caller knows what the parameter stands for
  public static <T> Optional<TypeInformation<T>> typeArgument(
      Object function, Class<?> functionType, int typeParameter, TypeInformation<?>... inputTypes) {
    Optional<LambdaTypes> lambda = LambdaTypes.of(function);
    return lambda.isPresent()
        ? lambda.get().typeArgument(functionType, typeParameter)
        : typeArgument(function.getClass(), functionType, typeParameter, inputTypes);
  }

  /** As {@link #outputType}, for a class instead of a function object. */
  @SuppressWarnings(
      "TypeParameterUnusedInFormals") // the caller knows what the parameter stands for
  public static <T> Optional<TypeInformation<T>> typeArgument(
      Class<?> functionClass,
      Class<?> functionType,
      int typeParameter,
      TypeInformation<?>... inputTypes) {
    TypeVariable<?>[] parameters = functionType.getTypeParameters();
    TypeBindings open = TypeBindings.of(functionClass);
    TypeBindings fromInputs = TypeBindings.none();
    for (int i = 0; i < inputTypes.length; i++) {
      if (inputTypes[i] != null) {
        fromInputs.unify(open.substitute(parameters[i]), inputTypes[i].getType());
      }
    }
    return TypeInformation.resolved(
        TypeBindings.of(functionClass, fromInputs).substitute(parameters[typeParameter]));
  }
}
