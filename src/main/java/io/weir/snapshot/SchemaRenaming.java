package io.weir.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts the present names into a schema of stored values; one object per schema. */
final class SchemaRenaming {
  private final Renames renames;

  /** The present class names of types by those that they are stored under. */
  private final Map<String, String> presentTypes = new HashMap<>();

  private final Map<String, String> formerTypes = new HashMap<>();
  private final Map<String, String> formerMembers = new HashMap<>();
  private final Schema result;

  SchemaRenaming(Renames renames, Schema stored) {
    this.renames = renames;
    Set<String> names = new HashSet<>();
    collectTypes(stored, names);
    new TreeMap<>(renames.types())
        .forEach(
            (present, former) ->
                firstStored(present, former, names)
                    .forEach(
                        old -> {
                          if (presentTypes.putIfAbsent(old, present) == null) {
                            formerTypes.put(present, old);
                          }
                        }));
    result = renamed(stored);
  }

  RenamedSchema result() {
    return new RenamedSchema(result, formerTypes, formerMembers);
  }

  /** The name under which something is stored that is called otherwise now; none or one. */
  private static List<String> firstStored(
      String present, List<String> former, Set<String> storedNames) {
    return storedNames.contains(present)
        ? List.of()
        : former.stream().filter(storedNames::contains).limit(1).toList();
  }

  private static void collectTypes(Schema schema, Set<String> names) {
    if (schema instanceof Schema.Struct struct) {
      names.add(struct.className());
      struct.fields().forEach(field -> collectTypes(field.schema(), names));
    } else if (schema instanceof Schema.Choice choice) {
      names.add(choice.className());
      for (Schema.Alternative alternative : choice.alternatives()) {
        names.add(alternative.className());
        collectTypes(alternative.schema(), names);
      }
    } else if (schema instanceof Schema.Enumeration enumeration) {
      names.add(enumeration.name());
    } else if (schema instanceof Schema.Sequence sequence) {
      collectTypes(sequence.element(), names);
    } else if (schema instanceof Schema.Mapping mapping) {
      collectTypes(mapping.key(), names);
      collectTypes(mapping.value(), names);
    } else if (schema instanceof Schema.OptionalValue optional) {
      collectTypes(optional.value(), names);
    }
  }

  private Schema renamed(Schema schema) {
    if (schema instanceof Schema.Struct struct) {
      String className = presentType(struct.className());
      Set<String> names = new HashSet<>();
      struct.fields().forEach(field -> names.add(field.name()));
      Map<String, String> presentNames = presentMembers(className, names);
      List<Schema.Field> fields = new ArrayList<>();
      for (Schema.Field field : struct.fields()) {
        fields.add(
            new Schema.Field(
                presentNames.getOrDefault(field.name(), field.name()),
                field.nullable(),
                renamed(field.schema())));
      }
      return new Schema.Struct(typeName(struct.name()), struct.kind(), fields);
    }
    if (schema instanceof Schema.Choice choice) {
      List<Schema.Alternative> alternatives =
          choice.alternatives().stream()
              .map(
                  each ->
                      new Schema.Alternative(presentType(each.className()), renamed(each.schema())))
              .toList();
      return new Schema.Choice(typeName(choice.name()), alternatives);
    }
    if (schema instanceof Schema.Enumeration enumeration) {
      String className = presentType(enumeration.name());
      Map<String, String> presentNames =
          presentMembers(className, new HashSet<>(enumeration.constants()));
      return new Schema.Enumeration(
          className,
          enumeration.constants().stream()
              .map(name -> presentNames.getOrDefault(name, name))
              .toList());
    }
    return renamedContainer(schema);
  }

  private Schema renamedContainer(Schema schema) {
    if (schema instanceof Schema.Sequence sequence) {
      return new Schema.Sequence(sequence.kind(), renamed(sequence.element()));
    }
    if (schema instanceof Schema.Mapping mapping) {
      return new Schema.Mapping(mapping.kind(), renamed(mapping.key()), renamed(mapping.value()));
    }
    if (schema instanceof Schema.OptionalValue optional) {
      return new Schema.OptionalValue(renamed(optional.value()));
    }
    return schema instanceof Schema.Reference reference
        ? new Schema.Reference(typeName(reference.name()))
        : schema;
  }

  /** The present names of fields or constants by those that they are stored under. */
  private Map<String, String> presentMembers(String className, Set<String> storedNames) {
    Map<String, String> presentNames = new HashMap<>();
    new TreeMap<>(renames.members().getOrDefault(className, Map.of()))
        .forEach(
            (present, former) ->
                firstStored(present, former, storedNames)
                    .forEach(
                        old -> {
                          if (presentNames.putIfAbsent(old, present) == null) {
                            formerMembers.put(RenamedSchema.member(className, present), old);
                          }
                        }));
    return presentNames;
  }

  private String presentType(String className) {
    return presentTypes.getOrDefault(className, className);
  }

  /** A name with type arguments, which stay: they only tell types of one class apart. */
  private String typeName(String name) {
    int arguments = name.indexOf('<');
    return arguments < 0
        ? presentType(name)
        : presentType(name.substring(0, arguments)) + name.substring(arguments);
  }
}
