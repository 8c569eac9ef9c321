package io.weir.api.state;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A stored record, POJO or tuple, without its class: what a {@link StateMigration} gets of a class
 * that is gone.
 *
 * <p>The parts of a tree of such objects are: for a record, POJO or tuple a {@code StoredObject};
 * for a constant of an enum its name; for a list, queue or array a {@link java.util.List}; for a
 * set a {@link java.util.Set}; for a map a {@link Map}; for an {@link java.util.Optional} its value
 * or null; numbers, strings and times as themselves; anything else as Jackson reads it: maps, lists
 * and plain values.
 *
 * <p>Immutable, as far as it is itself concerned.
 *
 * @param className full name of the class when it was stored
 * @param fields the values of the fields by their names, in the order in which they were declared;
 *     values may be null
 */
@SuppressWarnings("serial") // of what is stored, everything is serializable
public record StoredObject(String className, Map<String, Object> fields) implements Serializable {
  public StoredObject {
    Objects.requireNonNull(className, "className");
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /**
   * The value of a field, which may be null.
   *
   * @throws IllegalArgumentException if there was no field of this name; the message names those
   *     that there were
   */
  public Object get(String field) {
    Object value = fields.get(field);
    if (value == null && !fields.containsKey(field)) {
      throw new IllegalArgumentException(
          "A stored " + className + " has no field '" + field + "'; it has " + fields.keySet());
    }
    return value;
  }

  /**
   * The same, as a class that its type is known to be.
   *
   * @throws ClassCastException if the value is of another class
   */
  public <T> T get(String field, Class<T> type) {
    return type.cast(get(field));
  }
}
