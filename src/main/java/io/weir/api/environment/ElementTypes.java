package io.weir.api.environment;

import io.weir.api.types.Tuple;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import java.util.Collection;
import java.util.Optional;

/** The common type of given values. */
final class ElementTypes {
  private ElementTypes() {}

  /** Null if the values do not tell: there are none, they differ, or their class is generic. */
  @SuppressWarnings("unchecked") // the type of a value of T
  static <T> TypeInformation<T> of(Collection<? extends T> values) {
    Optional<TypeInformation<?>> common = Optional.empty();
    for (Object value : values) {
      Optional<TypeInformation<?>> type = of(value);
      if (type.isEmpty() || (common.isPresent() && !common.equals(type))) {
        return null;
      }
      common = type;
    }
    return (TypeInformation<T>) common.orElse(null);
  }

  private static Optional<TypeInformation<?>> of(Object value) {
    if (value instanceof Tuple tuple) {
      return ofTuple(tuple);
    }
    boolean plain = value != null && value.getClass().getTypeParameters().length == 0;
    return plain ? Optional.of(TypeInformation.of(classOf(value))) : Optional.empty();
  }

  /** A constant with a body has a class of its own. */
  private static Class<?> classOf(Object value) {
    return value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
  }

  private static Optional<TypeInformation<?>> ofTuple(Tuple tuple) {
    TypeInformation<?>[] fields = new TypeInformation<?>[tuple.getArity()];
    for (int i = 0; i < fields.length; i++) {
      Optional<TypeInformation<?>> field = of(tuple.<Object>getField(i));
      if (field.isEmpty()) {
        return Optional.empty();
      }
      fields[i] = field.get();
    }
    return Optional.of(Types.TUPLE(fields));
  }
}
