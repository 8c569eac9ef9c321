package io.weir.api.types;

import java.io.Serializable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Serializable forms of generic types, equal to those of the JDK, and questions about types. */
final class ResolvedTypes {
  private static final Map<Class<?>, Class<?>> WRAPPERS =
      Map.of(
          boolean.class, Boolean.class,
          byte.class, Byte.class,
          short.class, Short.class,
          char.class, Character.class,
          int.class, Integer.class,
          long.class, Long.class,
          float.class, Float.class,
          double.class, Double.class,
          void.class, Void.class);

  private ResolvedTypes() {}

  static Type parameterized(Type owner, Class<?> raw, List<Type> arguments) {
    return new Parameterized(
        owner,
        raw,
        arguments.stream()
            .map(ResolvedTypes::box)
            .collect(Collectors.toCollection(ArrayList::new)));
  }

  static Type arrayOf(Type component) {
    return component instanceof Class<?> plain ? plain.arrayType() : new GenericArray(component);
  }

  static Type box(Type type) {
    return type instanceof Class<?> plain && plain.isPrimitive() ? WRAPPERS.get(plain) : type;
  }

  /** Whether no type variable is left in a type whose wildcards were already replaced. */
  static boolean isResolved(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      return Arrays.stream(parameterized.getActualTypeArguments())
              .allMatch(ResolvedTypes::isResolved)
          && (parameterized.getOwnerType() == null || isResolved(parameterized.getOwnerType()));
    }
    if (type instanceof GenericArrayType array) {
      return isResolved(array.getGenericComponentType());
    }
    return type instanceof Class<?>;
  }

  /** Whether a type is a class or an array of classes, without any type arguments. */
  static boolean isErased(Type type) {
    return type instanceof Class<?>;
  }

  /** The class of a type; of a type variable the class of its first bound. */
  static Class<?> erase(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    if (type instanceof ParameterizedType parameterized) {
      return (Class<?>) parameterized.getRawType();
    }
    if (type instanceof GenericArrayType array) {
      return erase(array.getGenericComponentType()).arrayType();
    }
    if (type instanceof TypeVariable<?> variable) {
      return erase(variable.getBounds()[0]);
    }
    return erase(((WildcardType) type).getUpperBounds()[0]);
  }

  /** A generic class with its arguments; the list is one that can be serialized. */
  @SuppressWarnings("serial") // all parts are a Class or one of the two records here
  private record Parameterized(Type owner, Class<?> raw, ArrayList<Type> arguments)
      implements ParameterizedType, Serializable {
    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(new Type[0]);
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public Type getOwnerType() {
      return owner;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ParameterizedType that
          && raw.equals(that.getRawType())
          && Objects.equals(owner, that.getOwnerType())
          && Arrays.equals(getActualTypeArguments(), that.getActualTypeArguments());
    }

    /** The formula of the JDK's own form, to which this one is equal. */
    @Override
    public int hashCode() {
      return Arrays.hashCode(getActualTypeArguments()) ^ Objects.hashCode(owner) ^ raw.hashCode();
    }

    @Override
    public String toString() {
      return raw.getName()
          + arguments.stream().map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
    }
  }

  /** An array of a generic type. */
  @SuppressWarnings("serial") // the component is one of the two records here
  private record GenericArray(Type component) implements GenericArrayType, Serializable {
    @Override
    public Type getGenericComponentType() {
      return component;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof GenericArrayType that
          && component.equals(that.getGenericComponentType());
    }

    /** The formula of the JDK's own form, to which this one is equal. */
    @Override
    public int hashCode() {
      return component.hashCode();
    }

    @Override
    public String toString() {
      return component.getTypeName() + "[]";
    }
  }
}
