package io.weir.snapshot;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Describes the bytes of stored values: which fields, in which order, of which types. It stands
 * once beside the data and is enough to tell whether, and how, the data becomes values of a changed
 * class, without that class.
 *
 * <p>A type that appears again, inside itself or elsewhere, is described the first time (counting
 * from the front, depth first) and is a {@link Reference} to that description afterwards. So two
 * schemas are equal exactly if they describe the same bytes of the same types.
 *
 * <p>Immutable.
 */
public sealed interface Schema {

  /** What it is, in a few words for a message. */
  String summary();

  /** A value without parts. */
  record Scalar(ScalarKind kind) implements Schema {
    public Scalar {
      Objects.requireNonNull(kind, "kind");
    }

    @Override
    public String summary() {
      return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** An enum; a constant is stored as its index in the list. */
  record Enumeration(String name, List<String> constants) implements Schema {
    public Enumeration {
      Objects.requireNonNull(name, "name");
      constants = List.copyOf(constants);
    }

    @Override
    public String summary() {
      return "enum " + name;
    }
  }

  /**
   * A record, POJO or tuple: its fields one after the other.
   *
   * @param name the type as it is written in Java, with full class names and type arguments
   */
  record Struct(String name, StructKind kind, List<Field> fields) implements Schema, Named {
    public Struct {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(kind, "kind");
      fields = List.copyOf(fields);
    }

    @Override
    public String summary() {
      return kind.name().toLowerCase(Locale.ROOT) + " " + name;
    }

    /** The name without type arguments. */
    public String className() {
      return rawName(name);
    }
  }

  /** A field of a struct. */
  record Field(String name, boolean nullable, Schema schema) {
    public Field {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(schema, "schema");
    }
  }

  /** A list, set, queue or array of objects. */
  record Sequence(SequenceKind kind, Schema element) implements Schema {
    public Sequence {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(element, "element");
    }

    @Override
    public String summary() {
      return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " of " + element.summary();
    }
  }

  /** A map. */
  record Mapping(MapKind kind, Schema key, Schema value) implements Schema {
    public Mapping {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(value, "value");
    }

    @Override
    public String summary() {
      return "map from " + key.summary() + " to " + value.summary();
    }
  }

  /** A {@link java.util.Optional}. */
  record OptionalValue(Schema value) implements Schema {
    public OptionalValue {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public String summary() {
      return "optional " + value.summary();
    }
  }

  /**
   * A sealed hierarchy: the index of the value's class in the list, then the value.
   *
   * @param name the sealed type as it is written in Java, with full class names and type arguments
   */
  record Choice(String name, List<Alternative> alternatives) implements Schema, Named {
    public Choice {
      Objects.requireNonNull(name, "name");
      alternatives = List.copyOf(alternatives);
    }

    @Override
    public String summary() {
      return "sealed " + name;
    }

    /** The name without type arguments. */
    public String className() {
      return rawName(name);
    }
  }

  /** A class that a value of a sealed type may have. */
  record Alternative(String className, Schema schema) {
    public Alternative {
      Objects.requireNonNull(className, "className");
      Objects.requireNonNull(schema, "schema");
    }
  }

  /**
   * A type outside the positional format: length, then bytes in a self-describing format.
   *
   * @param format {@code "cbor"}
   */
  record Opaque(String name, String format) implements Schema {
    public Opaque {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(format, "format");
    }

    @Override
    public String summary() {
      return format + " of " + name;
    }
  }

  /** A {@link Struct} or {@link Choice} of this name that was described before. */
  record Reference(String name) implements Schema {
    public Reference {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public String summary() {
      return name;
    }
  }

  /** What a {@link Reference} may refer to. */
  sealed interface Named permits Struct, Choice {
    String name();
  }

  private static String rawName(String typeName) {
    int arguments = typeName.indexOf('<');
    return arguments < 0 ? typeName : typeName.substring(0, arguments);
  }
}
