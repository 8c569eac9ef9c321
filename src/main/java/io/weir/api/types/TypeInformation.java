package io.weir.api.types;

import java.io.Serializable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The full generic type of a value, for example {@code Tuple2<String, List<Long>>}.
 *
 * <p>It only names the type: how values of it become bytes is decided by the layer that serializes
 * them. The type is always completely resolved: a {@link Class}, a {@link ParameterizedType} or a
 * {@link GenericArrayType} without type variables and wildcards ({@code ? extends X} and {@code ?
 * super X} stand for X, {@code ?} for Object). Primitive types are described by their wrapper.
 *
 * <p>Immutable, serializable, usable from any thread.
 *
 * @param <T> the described type
 */
public final class TypeInformation<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // only a Class or one of the serializable forms in ResolvedTypes
  private final Type type;

  private TypeInformation(Type type) {
    this.type = type;
  }

  /**
   * Describes a class. A class with type parameters is described raw, without its arguments: prefer
   * {@link #of(TypeHint)} for it.
   *
   * @param typeClass the class, not null; a primitive class stands for its wrapper
   */
  public static <T> TypeInformation<T> of(Class<T> typeClass) {
    Objects.requireNonNull(typeClass, "typeClass");
    return new TypeInformation<>(ResolvedTypes.box(typeClass));
  }

  /**
   * Describes a generic type.
   *
   * @param typeHint states the type, not null
   */
  public static <T> TypeInformation<T> of(TypeHint<T> typeHint) {
    return typeHint.getTypeInfo();
  }

  /**
   * Describes a type that was found by reflection.
   *
   * @param type any type, not null
   * @throws InvalidTypesException if it contains a type variable
   */
  public static TypeInformation<?> ofType(Type type) {
    return TypeInformation.<Object>resolved(TypeBindings.none().substitute(type))
        .orElseThrow(
            () ->
                new InvalidTypesException(
                    "The type "
                        + type.getTypeName()
                        + " contains a type variable whose value is unknown here. State the type"
                        + " with a TypeHint."));
  }

  /** The description of a substituted type, empty when variables are left in it. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows what the type stands for
  static <T> Optional<TypeInformation<T>> resolved(Type substituted) {
    return ResolvedTypes.isResolved(substituted)
        ? Optional.of(new TypeInformation<>(ResolvedTypes.box(substituted)))
        : Optional.empty();
  }

  /** The resolved type: a Class, ParameterizedType or GenericArrayType without variables. */
  public Type getType() {
    return type;
  }

  /** The class of the described values, without type arguments. */
  @SuppressWarnings("unchecked") // T and type are created together
  public Class<T> getTypeClass() {
    return (Class<T>) ResolvedTypes.erase(type);
  }

  /**
   * The type arguments by the names of the class' type parameters; empty for plain and raw types.
   */
  public Map<String, TypeInformation<?>> getGenericParameters() {
    if (!(type instanceof ParameterizedType parameterized)) {
      return Map.of();
    }
    TypeVariable<?>[] parameters = getTypeClass().getTypeParameters();
    Type[] arguments = parameterized.getActualTypeArguments();
    Map<String, TypeInformation<?>> result = new LinkedHashMap<>();
    for (int i = 0; i < parameters.length; i++) {
      result.put(parameters[i].getName(), new TypeInformation<>(ResolvedTypes.box(arguments[i])));
    }
    return Collections.unmodifiableMap(result);
  }

  /**
   * The type that a field, record component or accessor has in values of this type: {@code T} of
   * {@code Box<T>} is {@code String} in {@code Box<String>}, also when it is declared in a
   * superclass.
   *
   * @param declared the generic type as it is declared in this type's class or a supertype, not
   *     null
   * @return empty when it contains a variable that this type leaves open
   */
  public Optional<TypeInformation<?>> memberType(Type declared) {
    return TypeInformation.<Object>resolved(TypeBindings.of(type).substitute(declared))
        .map(found -> found);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TypeInformation<?> that && type.equals(that.type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  /** The type as it is written in Java, with full class names. */
  @Override
  public String toString() {
    return type.getTypeName();
  }
}
