package io.weir.snapshot;

import java.util.Map;

/**
 * Describes one state of an operator as it stands in a snapshot.
 *
 * @param name as the job's author named it, unique within its operator
 * @param schemas by role: {@code key}, {@code namespace}, {@code value}, {@code mapKey}; only the
 *     roles that the kind has
 */
public record StateDescription(String name, StateKind kind, Map<String, Schema> schemas) {
  public StateDescription {
    schemas = Map.copyOf(schemas);
  }
}
