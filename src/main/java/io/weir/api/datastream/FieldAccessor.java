package io.weir.api.datastream;

import io.weir.api.types.InvalidTypesException;
import io.weir.api.types.Tuple;
import io.weir.api.types.TypeInformation;
import java.io.Serializable;
import java.util.List;

/**
 * Reads a field of a record, and makes a record with another value in it.
 *
 * @param <T> type of the record
 */
sealed interface FieldAccessor<T> extends Serializable
    permits FieldAccessor.Whole, FieldAccessor.TupleField, FieldAccessor.Nested, NamedField {
  /** The type of the field's values, of primitive ones that of the wrapper. */
  TypeInformation<?> valueType();

  Object get(T record);

  /** A record that differs in this field only; the given one stays as it is. */
  T with(T record, Object value);

  /** The field at a position of a tuple; position 0 of what is no tuple is the record itself. */
  static <T> FieldAccessor<T> at(int position, TypeInformation<T> type) {
    requireKnown(type);
    if (!isTuple(type) && position == 0) {
      return new Whole<>(type);
    }
    List<TypeInformation<?>> fields = List.copyOf(type.getGenericParameters().values());
    if (!isTuple(type) || position < 0 || position >= fields.size()) {
      throw new InvalidTypesException(
          type
              + " has no field at position "
              + position
              + ". Positions are those of tuples, from 0 on; in other records name the field.");
    }
    return new TupleField<>(position, fields.get(position));
  }

  /** The field of a name; dots lead into nested records, and {@code "*"} is the record itself. */
  static <T> FieldAccessor<T> named(String expression, TypeInformation<T> type) {
    requireKnown(type);
    int dot = expression.indexOf('.');
    if (dot >= 0) {
      return nested(named(expression.substring(0, dot), type), expression.substring(dot + 1));
    }
    return expression.equals("*") ? new Whole<>(type) : NamedField.of(expression, type);
  }

  @SuppressWarnings("unchecked") // the values of the outer field are the records of the inner one
  private static <T> FieldAccessor<T> nested(FieldAccessor<T> outer, String rest) {
    return new Nested<>(outer, (FieldAccessor<Object>) named(rest, outer.valueType()));
  }

  private static boolean isTuple(TypeInformation<?> type) {
    return Tuple.class.isAssignableFrom(type.getTypeClass());
  }

  private static void requireKnown(TypeInformation<?> type) {
    if (type == null) {
      throw new InvalidTypesException(
          "A field of a stream of unknown type cannot be found. Call returns(...) on the operator"
              + " before it.");
    }
  }

  /** The record itself. */
  record Whole<T>(TypeInformation<?> valueType) implements FieldAccessor<T> {
    @Override
    public Object get(T record) {
      return record;
    }

    @Override
    @SuppressWarnings("unchecked") // what replaces the record is of its type
    public T with(T record, Object value) {
      return (T) value;
    }
  }

  /** A field of a tuple. */
  record TupleField<T>(int position, TypeInformation<?> valueType) implements FieldAccessor<T> {
    @Override
    public Object get(T record) {
      return ((Tuple) record).getField(position);
    }

    @Override
    @SuppressWarnings("unchecked") // the copy of a tuple has the tuple's type
    public T with(T record, Object value) {
      Tuple copy = ((Tuple) record).copy();
      copy.setField(value, position);
      return (T) copy;
    }
  }

  /** A field of a field. */
  record Nested<T>(FieldAccessor<T> outer, FieldAccessor<Object> inner)
      implements FieldAccessor<T> {
    @Override
    public TypeInformation<?> valueType() {
      return inner.valueType();
    }

    @Override
    public Object get(T record) {
      return inner.get(outer.get(record));
    }

    @Override
    public T with(T record, Object value) {
      return outer.with(record, inner.with(outer.get(record), value));
    }
  }
}
