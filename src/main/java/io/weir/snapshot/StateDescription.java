package io.weir.snapshot;

import java.util.Map;

/**
 * Describes one state of an operator as it stands in a snapshot.
 *
 * @param name as the job's author named it, unique within its operator
 * @param schemas by role: {@link #KEY}, {@link #NAMESPACE}, {@link #MAP_KEY}, {@link #VALUE},
 *     {@link #TIMESTAMP}; only the roles that the state has
 */
public record StateDescription(String name, StateKind kind, Map<String, Schema> schemas) {
  /** The role of the key of keyed state. */
  public static final String KEY = "key";

  /** The role of the namespace of keyed state that has one. */
  public static final String NAMESPACE = "namespace";

  /** The role of the keys in a map or broadcast state. */
  public static final String MAP_KEY = "mapKey";

  /** The role of a value: also of an element of a list, a value of a map, an accumulator. */
  public static final String VALUE = "value";

  /**
   * The role of the time of last use, which stands in front of every value of a state with a time
   * to live.
   */
  public static final String TIMESTAMP = "timestamp";

  public StateDescription {
    schemas = Map.copyOf(schemas);
  }
}
