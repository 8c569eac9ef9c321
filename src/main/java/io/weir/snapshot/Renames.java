package io.weir.snapshot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names that the types of a schema, and their fields and constants, had before.
 *
 * <p>Immutable.
 *
 * @param types the former names of types, the latest first, by the class name of the type
 * @param members the former names of fields and constants, the latest first, by their present name,
 *     by the class name of their type
 */
public record Renames(
    Map<String, List<String>> types, Map<String, Map<String, List<String>>> members) {
  /** Nothing had another name. */
  public static final Renames NONE = new Renames(Map.of(), Map.of());

  public Renames {
    Map<String, Map<String, List<String>>> copy = new HashMap<>();
    members.forEach((type, names) -> copy.put(type, Map.copyOf(names)));
    types = Map.copyOf(types);
    members = Map.copyOf(copy);
  }

  /** The same bytes, described by the present names. */
  public RenamedSchema applyTo(Schema stored) {
    return types.isEmpty() && members.isEmpty()
        ? new RenamedSchema(stored, Map.of(), Map.of())
        : new SchemaRenaming(this, stored).result();
  }
}
