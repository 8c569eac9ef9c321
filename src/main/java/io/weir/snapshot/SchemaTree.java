package io.weir.snapshot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A schema as a tree of {@link Map}, {@link List}, {@link String} and {@link Boolean}, and back:
 * what a JSON document can hold. A scalar is its name, for example {@code "long"}; everything else
 * is a map whose {@code type} says what it is.
 */
public final class SchemaTree {
  private SchemaTree() {}

  /** The tree of a schema; its maps keep their order. */
  public static Object toTree(Schema schema) {
    if (schema instanceof Schema.Scalar scalar) {
      return lower(scalar.kind());
    }
    if (schema instanceof Schema.Enumeration enumeration) {
      return node("enum", "name", enumeration.name(), "constants", enumeration.constants());
    }
    if (schema instanceof Schema.Struct struct) {
      List<Object> fields = struct.fields().stream().map(SchemaTree::fieldNode).toList();
      return node(lower(struct.kind()), "name", struct.name(), "fields", fields);
    }
    if (schema instanceof Schema.Sequence sequence) {
      Object element = toTree(sequence.element());
      return node("sequence", "kind", lower(sequence.kind()), "element", element);
    }
    if (schema instanceof Schema.Mapping mapping) {
      Map<String, Object> node = node("map", "kind", lower(mapping.kind()));
      node.put("key", toTree(mapping.key()));
      node.put("value", toTree(mapping.value()));
      return node;
    }
    if (schema instanceof Schema.OptionalValue optional) {
      return node("optional", "value", toTree(optional.value()));
    }
    if (schema instanceof Schema.Choice choice) {
      List<Object> alternatives =
          choice.alternatives().stream().map(SchemaTree::alternativeNode).toList();
      return node("sealed", "name", choice.name(), "alternatives", alternatives);
    }
    if (schema instanceof Schema.Opaque opaque) {
      return node("opaque", "name", opaque.name(), "format", opaque.format());
    }
    return node("reference", "name", ((Schema.Reference) schema).name());
  }

  private static Object fieldNode(Schema.Field field) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("name", field.name());
    node.put("nullable", field.nullable());
    node.put("schema", toTree(field.schema()));
    return node;
  }

  private static Object alternativeNode(Schema.Alternative alternative) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("class", alternative.className());
    node.put("schema", toTree(alternative.schema()));
    return node;
  }

  /**
   * The schema of a tree; attributes that it does not know are ignored.
   *
   * @throws IllegalArgumentException if the tree is not one of a schema
   */
  public static Schema fromTree(Object tree) {
    Schema schema = parse(tree);
    new SchemaIndex(schema);
    return schema;
  }

  private static Schema parse(Object tree) {
    if (tree instanceof String scalar) {
      return new Schema.Scalar(constant(ScalarKind.class, scalar));
    }
    String type = text(tree, "type");
    return switch (type) {
      case "enum" -> new Schema.Enumeration(text(tree, "name"), texts(tree, "constants"));
      case "record", "pojo", "tuple" ->
          new Schema.Struct(
              text(tree, "name"),
              constant(StructKind.class, type),
              parts(tree, "fields", SchemaTree::parseField));
      case "sequence" ->
          new Schema.Sequence(
              constant(SequenceKind.class, text(tree, "kind")), parse(part(tree, "element")));
      case "map" ->
          new Schema.Mapping(
              constant(MapKind.class, text(tree, "kind")),
              parse(part(tree, "key")),
              parse(part(tree, "value")));
      case "optional" -> new Schema.OptionalValue(parse(part(tree, "value")));
      case "sealed" ->
          new Schema.Choice(
              text(tree, "name"), parts(tree, "alternatives", SchemaTree::parseAlternative));
      case "opaque" -> new Schema.Opaque(text(tree, "name"), text(tree, "format"));
      case "reference" -> new Schema.Reference(text(tree, "name"));
      default -> throw new IllegalArgumentException("A schema has no type '" + type + "'.");
    };
  }

  private static Schema.Field parseField(Object tree) {
    return new Schema.Field(
        text(tree, "name"), as(Boolean.class, tree, "nullable"), parse(part(tree, "schema")));
  }

  private static Schema.Alternative parseAlternative(Object tree) {
    return new Schema.Alternative(text(tree, "class"), parse(part(tree, "schema")));
  }

  private static Map<String, Object> node(String type, Object... attributes) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("type", type);
    for (int i = 0; i < attributes.length; i += 2) {
      node.put((String) attributes[i], attributes[i + 1]);
    }
    return node;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }

  private static String text(Object tree, String attribute) {
    return as(String.class, tree, attribute);
  }

  private static List<String> texts(Object tree, String attribute) {
    return parts(
        tree,
        attribute,
        part -> {
          if (part instanceof String text) {
            return text;
          }
          throw new IllegalArgumentException("Not all of '" + attribute + "' is text: " + tree);
        });
  }

  private static <T> List<T> parts(Object tree, String attribute, Function<Object, T> parser) {
    List<?> list = as(List.class, tree, attribute);
    return list.stream().map(parser).toList();
  }

  private static Object part(Object tree, String attribute) {
    return as(Object.class, tree, attribute);
  }

  private static <T> T as(Class<T> type, Object tree, String attribute) {
    Object value = tree instanceof Map<?, ?> map ? map.get(attribute) : null;
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "A part of a schema lacks its attribute '" + attribute + "': " + tree);
    }
    return type.cast(value);
  }
}
