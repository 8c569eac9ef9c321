package io.weir.snapshot;

import java.util.Map;

/**
 * A schema of stored values in the present names.
 *
 * <p>Immutable.
 *
 * @param types what the types were called that have another name now, by their present class names
 * @param members the same of fields and constants, by {@code <class name>.<present name>}
 */
public record RenamedSchema(Schema schema, Map<String, String> types, Map<String, String> members) {
  public RenamedSchema {
    types = Map.copyOf(types);
    members = Map.copyOf(members);
  }

  /** What a field or constant was called, or null if it has its name still. */
  String formerMember(String className, String name) {
    return members.get(member(className, name));
  }

  static String member(String className, String name) {
    return className + "." + name;
  }
}
