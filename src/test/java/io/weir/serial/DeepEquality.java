package io.weir.serial;

import io.weir.api.types.Tuple;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values as trees of lists, so that arrays anywhere compare by their elements. */
final class DeepEquality {
  private DeepEquality() {}

  static Object plain(Object value) throws ReflectiveOperationException {
    if (value == null) {
      return null;
    }
    List<Object> parts = new ArrayList<>();
    if (value.getClass().isArray()) {
      parts.add(value.getClass());
      for (int i = 0; i < Array.getLength(value); i++) {
        parts.add(plain(Array.get(value, i)));
      }
    } else if (value instanceof Collection<?> collection) {
      for (Object each : collection) {
        parts.add(plain(each));
      }
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> plain = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        plain.put(plain(entry.getKey()), plain(entry.getValue()));
      }
      return plain;
    } else if (value instanceof Optional<?> optional) {
      parts.add(plain(optional.orElse(null)));
    } else if (value instanceof Samples.Group<?> group) {
      return plain(group.parts);
    } else if (value instanceof Tuple tuple) {
      for (int i = 0; i < tuple.getArity(); i++) {
        parts.add(plain(tuple.<Object>getField(i)));
      }
    } else if (value instanceof Record) {
      parts.add(value.getClass());
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        component.getAccessor().setAccessible(true);
        parts.add(plain(component.getAccessor().invoke(value)));
      }
    } else {
      return value;
    }
    return parts;
  }
}
