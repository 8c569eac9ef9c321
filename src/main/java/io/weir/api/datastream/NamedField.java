package io.weir.api.datastream;

import io.weir.api.types.InvalidTypesException;
import io.weir.api.types.TypeInformation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A field of a Java record or of a class with a constructor without parameters, by name.
 *
 * @param <T> type of the record
 */
final class NamedField<T> implements FieldAccessor<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> recordClass;
  private final String name;
  private final TypeInformation<?> valueType;

  /** What reflection found, looked up again after the accessor was copied to a subtask. */
  private transient Shape<T> shape;

  private NamedField(
      Class<T> recordClass, String name, TypeInformation<?> valueType, Shape<T> shape) {
    this.recordClass = recordClass;
    this.name = name;
    this.valueType = valueType;
    this.shape = shape;
  }

  static <T> NamedField<T> of(String name, TypeInformation<T> type) {
    Shape<T> shape = Shape.of(type.getTypeClass());
    Field field = shape.fields().get(shape.indexOf(name));
    TypeInformation<?> valueType =
        type.memberType(field.getGenericType())
            .orElseThrow(
                () ->
                    new InvalidTypesException(
                        "The type of field '%s' of %s is unknown. State the record's type with returns(new TypeHint<...>() {})."
                            .formatted(name, type)));
    return new NamedField<>(type.getTypeClass(), name, valueType, shape);
  }

  @Override
  public TypeInformation<?> valueType() {
    return valueType;
  }

  @Override
  public Object get(T record) {
    Shape<T> known = shape();
    return known.values(record)[known.indexOf(name)];
  }

  @Override
  public T with(T record, Object value) {
    Shape<T> known = shape();
    Object[] values = known.values(record);
    values[known.indexOf(name)] = value;
    return known.create(values);
  }

  private Shape<T> shape() {
    if (shape == null) {
      shape = Shape.of(recordClass);
    }
    return shape;
  }

  /**
   * All fields of a class, and the constructor that takes them all (of a Java record) or none.
   *
   * @param <T> the class
   */
  private record Shape<T>(List<Field> fields, Constructor<T> constructor) {
    static <T> Shape<T> of(Class<T> type) {
      List<Field> fields = new ArrayList<>();
      for (Class<?> part = type;
          part != null && part != Object.class;
          part = part.getSuperclass()) {
        Arrays.stream(part.getDeclaredFields())
            .filter(field -> !Modifier.isStatic(field.getModifiers()))
            .forEach(fields::add);
      }
      fields.forEach(field -> field.setAccessible(true));
      return new Shape<>(fields, constructor(type, fields));
    }

    private static <T> Constructor<T> constructor(Class<T> type, List<Field> fields) {
      Class<?>[] parameters =
          type.isRecord()
              ? fields.stream().map(Field::getType).toArray(Class<?>[]::new)
              : new Class<?>[0];
      try {
        Constructor<T> constructor = type.getDeclaredConstructor(parameters);
        constructor.setAccessible(true);
        return constructor;
      } catch (NoSuchMethodException e) {
        throw new InvalidTypesException(
            type.getName()
                + " has no constructor without parameters, so no copy with another field value can"
                + " be made. Add one, use a Java record, or use reduce(...).",
            e);
      }
    }

    int indexOf(String name) {
      for (int i = 0; i < fields.size(); i++) {
        if (fields.get(i).getName().equals(name)) {
          return i;
        }
      }
      throw new InvalidTypesException(
          "%s has no field '%s', but %s"
              .formatted(
                  constructor.getDeclaringClass().getName(),
                  name,
                  fields.stream().map(Field::getName).collect(Collectors.joining(", "))));
    }

    Object[] values(T record) {
      try {
        Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = fields.get(i).get(record);
        }
        return values;
      } catch (IllegalAccessException e) {
        throw unusable(e);
      }
    }

    T create(Object[] values) {
      try {
        if (constructor.getParameterCount() > 0) {
          return constructor.newInstance(values);
        }
        T copy = constructor.newInstance();
        for (int i = 0; i < values.length; i++) {
          fields.get(i).set(copy, values[i]);
        }
        return copy;
      } catch (ReflectiveOperationException e) {
        throw unusable(e);
      }
    }

    private IllegalStateException unusable(ReflectiveOperationException cause) {
      return new IllegalStateException(
          "No copy of a "
              + constructor.getDeclaringClass().getName()
              + " with another field value can be made; use reduce(...) instead",
          cause);
    }
  }
}
