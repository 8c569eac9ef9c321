package io.weir.api.types;

import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Descriptions of common types, and builders for generic ones.
 *
 * <p>All methods refuse null.
 */
public final class Types {
  public static final TypeInformation<Void> VOID = TypeInformation.of(Void.class);
  public static final TypeInformation<String> STRING = TypeInformation.of(String.class);
  public static final TypeInformation<Byte> BYTE = TypeInformation.of(Byte.class);
  public static final TypeInformation<Boolean> BOOLEAN = TypeInformation.of(Boolean.class);
  public static final TypeInformation<Short> SHORT = TypeInformation.of(Short.class);
  public static final TypeInformation<Integer> INT = TypeInformation.of(Integer.class);
  public static final TypeInformation<Long> LONG = TypeInformation.of(Long.class);
  public static final TypeInformation<Float> FLOAT = TypeInformation.of(Float.class);
  public static final TypeInformation<Double> DOUBLE = TypeInformation.of(Double.class);
  public static final TypeInformation<Character> CHAR = TypeInformation.of(Character.class);
  public static final TypeInformation<BigDecimal> BIG_DEC = TypeInformation.of(BigDecimal.class);
  public static final TypeInformation<BigInteger> BIG_INT = TypeInformation.of(BigInteger.class);
  public static final TypeInformation<LocalDate> LOCAL_DATE = TypeInformation.of(LocalDate.class);
  public static final TypeInformation<LocalTime> LOCAL_TIME = TypeInformation.of(LocalTime.class);
  public static final TypeInformation<LocalDateTime> LOCAL_DATE_TIME =
      TypeInformation.of(LocalDateTime.class);
  public static final TypeInformation<Instant> INSTANT = TypeInformation.of(Instant.class);

  private Types() {}

  /**
   * A tuple.
   *
   * @param types the types of its fields, 0 to 25 of them
   */
  public static <T extends Tuple> TypeInformation<T> TUPLE(TypeInformation<?>... types) {
    return generic(Tuple.getTupleClass(types.length), types);
  }

  /** A class with properties. A generic one needs {@link #GENERIC(Class, TypeInformation...)}. */
  public static <T> TypeInformation<T> POJO(Class<T> pojoClass) {
    return TypeInformation.of(pojoClass);
  }

  /** Any class. How its values become bytes is decided by what the class is. */
  public static <T> TypeInformation<T> GENERIC(Class<T> genericClass) {
    return TypeInformation.of(genericClass);
  }

  /**
   * A generic class with its type arguments.
   *
   * @param genericClass the class
   * @param arguments one for each of its type parameters
   */
  @SuppressWarnings(
      "TypeParameterUnusedInFormals") // the caller states what class and arguments give
  public static <T> TypeInformation<T> GENERIC(
      Class<? super T> genericClass, TypeInformation<?>... arguments) {
    return generic(genericClass, arguments);
  }

  /** A list. */
  public static <E> TypeInformation<List<E>> LIST(TypeInformation<E> elementType) {
    return generic(List.class, elementType);
  }

  /** A set. */
  public static <E> TypeInformation<Set<E>> SET(TypeInformation<E> elementType) {
    return generic(Set.class, elementType);
  }

  /** A map. */
  public static <K, V> TypeInformation<Map<K, V>> MAP(
      TypeInformation<K> keyType, TypeInformation<V> valueType) {
    return generic(Map.class, keyType, valueType);
  }

  /** A value that may be absent. */
  public static <E> TypeInformation<Optional<E>> OPTIONAL(TypeInformation<E> valueType) {
    return generic(Optional.class, valueType);
  }

  /** An enum. */
  public static <E extends Enum<E>> TypeInformation<E> ENUM(Class<E> enumType) {
    return TypeInformation.of(enumType);
  }

  /**
   * An array of primitive values: {@code PRIMITIVE_ARRAY(Types.INT)} is {@code int[]}.
   *
   * @param elementType description of a primitive type or its wrapper
   * @throws IllegalArgumentException if the element type is not a wrapper of a primitive type
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // no common type of these arrays
  public static <A> TypeInformation<A> PRIMITIVE_ARRAY(TypeInformation<?> elementType) {
    Class<?> primitive = MethodType.methodType(elementType.getTypeClass()).unwrap().returnType();
    if (!primitive.isPrimitive() || primitive == void.class) {
      throw new IllegalArgumentException(
          elementType + " is no wrapper of a primitive type; use OBJECT_ARRAY for it");
    }
    return (TypeInformation<A>) TypeInformation.of(primitive.arrayType());
  }

  /** An array of objects: {@code OBJECT_ARRAY(Types.STRING)} is {@code String[]}. */
  @SuppressWarnings("unchecked") // an array of E by construction
  public static <E> TypeInformation<E[]> OBJECT_ARRAY(TypeInformation<E> elementType) {
    return (TypeInformation<E[]>)
        TypeInformation.ofType(ResolvedTypes.arrayOf(elementType.getType()));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the callers name the class
  private static <T> TypeInformation<T> generic(Class<?> raw, TypeInformation<?>... arguments) {
    if (raw.getTypeParameters().length != arguments.length) {
      throw new IllegalArgumentException(
          raw.getName()
              + " has "
              + raw.getTypeParameters().length
              + " type parameters, but "
              + arguments.length
              + " type arguments are given");
    }
    if (arguments.length == 0) {
      return (TypeInformation<T>) TypeInformation.of(raw);
    }
    List<Type> types = Arrays.stream(arguments).<Type>map(TypeInformation::getType).toList();
    return (TypeInformation<T>)
        TypeInformation.ofType(ResolvedTypes.parameterized(raw.getDeclaringClass(), raw, types));
  }
}
