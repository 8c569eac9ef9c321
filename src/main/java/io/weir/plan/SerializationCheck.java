package io.weir.plan;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tries to serialize an object and, where that fails, finds the field that is to blame. */
final class SerializationCheck {
  private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());

  private SerializationCheck() {}

  /** Why the object cannot be serialized, as a clause that names the field; empty if it can. */
  static Optional<String> whyNot(Object object) {
    try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      out.writeObject(object);
      return Optional.empty();
    } catch (NotSerializableException e) {
      String where =
          new SerializationCheck().find(object, nameOf(object.getClass())).orElse(e.getMessage());
      return Optional.of(where + " is not Serializable");
    } catch (IOException | RuntimeException e) {
      return Optional.of(nameOf(object.getClass()) + " fails with " + e);
    }
  }

  /** The path to the first object on the way that is not serializable, with its class. */
  private Optional<String> find(Object object, String path) {
    if (object == null || !visited.add(object)) {
      return Optional.empty();
    }
    if (!(object instanceof Serializable)) {
      return Optional.of(path + " (" + nameOf(object.getClass()) + ")");
    }
    if (object instanceof Object[] elements) {
      return findIn(Arrays.asList(elements), path);
    }
    if (object instanceof Collection<?> elements) {
      return findIn(elements, path);
    }
    if (object instanceof Map<?, ?> map) {
      List<Object> entries = new ArrayList<>(map.keySet());
      entries.addAll(map.values());
      return findIn(entries, path);
    }
    return findInFields(object, path);
  }

  private Optional<String> findIn(Collection<?> elements, String path) {
    int index = 0;
    for (Object element : elements) {
      Optional<String> found = find(element, path + "[" + index++ + "]");
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> findInFields(Object object, String path) {
    for (Class<?> type = object.getClass();
        type != null && Serializable.class.isAssignableFrom(type);
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && !Modifier.isTransient(field.getModifiers())
            && !field.getType().isPrimitive()) {
          Optional<String> found = find(valueOf(field, object), path + "." + nameOf(field));
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** What the JDK keeps to itself counts as empty: the exception's own text must do then. */
  private static Object valueOf(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (InaccessibleObjectException | IllegalAccessException e) {
      return null;
    }
  }

  /** What a lambda has captured and a surrounding object have names of the compiler's making. */
  private static String nameOf(Field field) {
    if (field.getName().startsWith("this$")) {
      return "<surrounding object>";
    }
    return field.getName().startsWith("arg$") || field.getName().startsWith("val$")
        ? "<captured " + field.getName().substring(4) + ">"
        : field.getName();
  }

  private static String nameOf(Class<?> type) {
    return type.isHidden() || type.isSynthetic()
        ? type.getName().replaceFirst("\\$\\$Lambda.*", " (lambda)")
        : type.getName();
  }
}
