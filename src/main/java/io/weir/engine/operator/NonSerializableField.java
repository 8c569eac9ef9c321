package io.weir.engine.operator;

import java.io.Externalizable;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the field that keeps an object from being serialized, to tell the author of it. */
final class NonSerializableField {
  private static final int MAX_DEPTH = 30;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private NonSerializableField() {}

  /**
   * The path to the first object whose class is not serializable, and its class, as far as it can
   * be found.
   */
  static Optional<String> find(Object root) {
    return new NonSerializableField().search(root, "", 0);
  }

  private Optional<String> search(Object object, String path, int depth) {
    if (object == null || depth > MAX_DEPTH || !seen.add(object)) {
      return Optional.empty();
    }
    if (!(object instanceof Serializable)) {
      return Optional.of(
          "%s of %s"
              .formatted(
                  path.isEmpty() ? "an object" : "the field " + path, object.getClass().getName()));
    }
    if (object instanceof Object[] array) {
      return searchAll(Arrays.asList(array), path, depth);
    }
    if (object instanceof Collection<?> collection) {
      return searchAll(collection, path, depth);
    }
    if (object instanceof Map<?, ?> map) {
      return searchAll(map.keySet(), path, depth).or(() -> searchAll(map.values(), path, depth));
    }
    if (object instanceof Externalizable || object instanceof Enum || object instanceof Class) {
      return Optional.empty();
    }
    return object.getClass().isSynthetic()
        ? searchLambda(object, path, depth)
        : searchFields(object, path, depth);
  }

  private Optional<String> searchAll(Collection<?> elements, String path, int depth) {
    return elements.stream()
        .flatMap(element -> search(element, path + "[]", depth + 1).stream())
        .findFirst();
  }

  private Optional<String> searchFields(Object object, String path, int depth) {
    for (Class<?> type = object.getClass();
        type != null && Serializable.class.isAssignableFrom(type);
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        boolean written =
            !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers());
        if (written && !field.getType().isPrimitive()) {
          Optional<String> found =
              search(
                  valueOf(field, object),
                  path.isEmpty() ? field.getName() : path + "." + field.getName(),
                  depth + 1);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Object valueOf(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (InaccessibleObjectException | IllegalAccessException e) {
      return null; // of the JDK, which is no matter of the author's
    }
  }

  private Optional<String> searchLambda(Object lambda, String path, int depth) {
    try {
      Method writeReplace = lambda.getClass().getDeclaredMethod("writeReplace");
      writeReplace.setAccessible(true);
      SerializedLambda form = (SerializedLambda) writeReplace.invoke(lambda);
      for (int i = 0; i < form.getCapturedArgCount(); i++) {
        String where =
            "%s, captured by the lambda in %s"
                .formatted(path, form.getCapturingClass().replace('/', '.'));
        Optional<String> found = search(form.getCapturedArg(i), where, depth + 1);
        if (found.isPresent()) {
          return found;
        }
      }
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
