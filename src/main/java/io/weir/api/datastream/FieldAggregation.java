package io.weir.api.datastream;

import io.weir.api.functions.ReduceFunction;
import io.weir.api.types.InvalidTypesException;
import io.weir.api.types.TypeInformation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;

/**
 * Reduces records by one of their fields.
 *
 * @param <T> type of the records
 */
sealed interface FieldAggregation<T> extends ReduceFunction<T> {
  static <T> FieldAggregation<T> sum(FieldAccessor<T> field) {
    return new Sum<>(field);
  }

  static <T> FieldAggregation<T> min(FieldAccessor<T> field) {
    return new Extreme<>(field, false);
  }

  static <T> FieldAggregation<T> max(FieldAccessor<T> field) {
    return new Extreme<>(field, true);
  }

  static <T> FieldAggregation<T> minBy(FieldAccessor<T> field, boolean first) {
    return new ExtremeRecord<>(field, false, first);
  }

  static <T> FieldAggregation<T> maxBy(FieldAccessor<T> field, boolean first) {
    return new ExtremeRecord<>(field, true, first);
  }

  /** The sum of a field; the other fields are those of the first record. */
  record Sum<T>(FieldAccessor<T> field) implements FieldAggregation<T> {
    private static final Set<Class<?>> NUMBERS =
        Set.of(
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class);

    public Sum {
      TypeInformation<?> type = field.valueType();
      if (!NUMBERS.contains(type.getTypeClass())) {
        throw new InvalidTypesException(
            "Only fields of a number type can be summed, not " + type + "; use reduce(...)");
      }
    }

    @Override
    public T reduce(T value1, T value2) {
      return field.with(value1, add(field.get(value1), field.get(value2)));
    }

    private static Object add(Object a, Object b) {
      if (a instanceof Long x) {
        return x + (Long) b;
      } else if (a instanceof Integer x) {
        return x + (Integer) b;
      } else if (a instanceof Double x) {
        return x + (Double) b;
      } else if (a instanceof Float x) {
        return x + (Float) b;
      } else if (a instanceof Short x) {
        return (short) (x + (Short) b);
      } else if (a instanceof Byte x) {
        return (byte) (x + (Byte) b);
      } else if (a instanceof BigDecimal x) {
        return x.add((BigDecimal) b);
      }
      return ((BigInteger) a).add((BigInteger) b);
    }
  }

  /** The least or greatest value of a field; the other fields are those of the first record. */
  record Extreme<T>(FieldAccessor<T> field, boolean greatest) implements FieldAggregation<T> {
    public Extreme {
      requireComparable(field);
    }

    @Override
    public T reduce(T value1, T value2) {
      int order = compare(field, value1, value2);
      boolean replace = greatest ? order < 0 : order > 0;
      return replace ? field.with(value1, field.get(value2)) : value1;
    }
  }

  /**
   * The record with the least or greatest value of a field; of equal ones the first or the last.
   */
  record ExtremeRecord<T>(FieldAccessor<T> field, boolean greatest, boolean first)
      implements FieldAggregation<T> {
    public ExtremeRecord {
      requireComparable(field);
    }

    @Override
    public T reduce(T value1, T value2) {
      int order = compare(field, value1, value2);
      if (order == 0) {
        return first ? value1 : value2;
      }
      return order < 0 == greatest ? value2 : value1;
    }
  }

  private static void requireComparable(FieldAccessor<?> field) {
    TypeInformation<?> type = field.valueType();
    if (!Comparable.class.isAssignableFrom(type.getTypeClass())) {
      throw new InvalidTypesException(
          "Only fields of a Comparable type have a minimum and a maximum, not "
              + type
              + "; use reduce(...)");
    }
  }

  @SuppressWarnings("unchecked") // checked by requireComparable
  private static <T> int compare(FieldAccessor<T> field, T value1, T value2) {
    return ((Comparable<Object>) field.get(value1)).compareTo(field.get(value2));
  }
}
