package io.weir.serial;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.types.Tuple;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the objects inside a value that can change. */
final class MutableParts {
  private final Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());

  private MutableParts() {}

  static void assertDisjoint(Object a, Object b) throws ReflectiveOperationException {
    MutableParts first = new MutableParts();
    MutableParts second = new MutableParts();
    first.collect(a);
    second.collect(b);
    for (Object part : second.found) {
      assertThat(first.found.contains(part)).as("shared: %s in %s", part, a).isFalse();
    }
  }

  private void collect(Object value) throws ReflectiveOperationException {
    if (value instanceof Date) {
      found.add(value);
    } else if (value instanceof Collection<?> collection) {
      found.add(value);
      for (Object each : collection) {
        collect(each);
      }
    } else if (value instanceof Map<?, ?> map) {
      found.add(value);
      collect(map.keySet().toArray());
      collect(map.values().toArray());
    } else if (value instanceof Tuple tuple) {
      found.add(value);
      for (int i = 0; i < tuple.getArity(); i++) {
        collect(tuple.<Object>getField(i));
      }
    } else if (value instanceof Samples.Group<?> group) {
      found.add(value);
      collect(group.parts);
    } else if (value instanceof Optional<?> optional) {
      collect(optional.orElse(null));
    } else if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        component.getAccessor().setAccessible(true);
        collect(component.getAccessor().invoke(value));
      }
    } else if (value != null && value.getClass().isArray()) {
      found.add(value);
      for (int i = 0; i < Array.getLength(value); i++) {
        collect(Array.get(value, i));
      }
    }
  }
}
