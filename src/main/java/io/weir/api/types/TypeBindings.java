package io.weir.api.types;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the type variables of a class and of all its supertypes stand for. Variables of the starting
 * type itself that nobody bound stay as they are.
 */
final class TypeBindings {
  private final Map<TypeVariable<?>, Type> bindings = new HashMap<>();

  private TypeBindings() {}

  static TypeBindings none() {
    return new TypeBindings();
  }

  /** The bindings that hold in values of a type. */
  static TypeBindings of(Type type) {
    return of(type, none());
  }

  /** As {@link #of(Type)}, with values for the variables that the type itself leaves open. */
  static TypeBindings of(Type type, TypeBindings known) {
    TypeBindings result = new TypeBindings();
    result.bindings.putAll(known.bindings);
    result.visit(type);
    return result;
  }

  private void visit(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      bindArguments(parameterized);
    }
    Class<?> raw = ResolvedTypes.erase(type);
    if (raw.getGenericSuperclass() != null) {
      visit(raw.getGenericSuperclass());
    }
    for (Type superInterface : raw.getGenericInterfaces()) {
      visit(superInterface);
    }
  }

  private void bindArguments(ParameterizedType type) {
    if (type.getOwnerType() instanceof ParameterizedType owner) {
      bindArguments(owner);
    }
    TypeVariable<?>[] parameters = ((Class<?>) type.getRawType()).getTypeParameters();
    Type[] arguments = type.getActualTypeArguments();
    Type[] substituted = new Type[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      substituted[i] = substitute(arguments[i]);
    }
    for (int i = 0; i < parameters.length; i++) {
      bindings.put(parameters[i], substituted[i]);
    }
  }

  /** The type with all bound variables replaced, and each wildcard replaced by its bound. */
  Type substitute(Type type) {
    if (type instanceof TypeVariable<?> variable) {
      return bindings.getOrDefault(variable, variable);
    }
    if (type instanceof ParameterizedType parameterized) {
      List<Type> arguments = new ArrayList<>();
      for (Type argument : parameterized.getActualTypeArguments()) {
        arguments.add(substitute(argument));
      }
      Type owner = parameterized.getOwnerType();
      return ResolvedTypes.parameterized(
          owner == null ? null : substitute(owner),
          (Class<?>) parameterized.getRawType(),
          arguments);
    }
    if (type instanceof GenericArrayType array) {
      return ResolvedTypes.arrayOf(substitute(array.getGenericComponentType()));
    }
    if (type instanceof WildcardType wildcard) {
      Type[] lower = wildcard.getLowerBounds();
      return substitute(lower.length > 0 ? lower[0] : wildcard.getUpperBounds()[0]);
    }
    return type;
  }

  /**
   * Binds the variables in {@code formal} so that it becomes {@code actual}, as far as the two have
   * the same form; a variable that is already bound keeps its value.
   */
  void unify(Type formal, Type actual) {
    if (formal instanceof TypeVariable<?> variable) {
      bindings.putIfAbsent(variable, actual);
    } else if (formal instanceof ParameterizedType generic) {
      TypeBindings actualBindings = of(actual);
      Class<?> raw = (Class<?>) generic.getRawType();
      Type[] arguments = generic.getActualTypeArguments();
      for (int i = 0; i < arguments.length; i++) {
        Type found = actualBindings.bindings.get(raw.getTypeParameters()[i]);
        if (found != null && ResolvedTypes.isResolved(found)) {
          unify(arguments[i], found);
        }
      }
    } else if (formal instanceof GenericArrayType array) {
      unifyComponents(array, actual);
    }
  }

  private void unifyComponents(GenericArrayType formal, Type actual) {
    if (actual instanceof GenericArrayType array) {
      unify(formal.getGenericComponentType(), array.getGenericComponentType());
    } else if (actual instanceof Class<?> plain && plain.isArray()) {
      unify(formal.getGenericComponentType(), plain.getComponentType());
    }
  }
}
