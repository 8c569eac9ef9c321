package io.weir.snapshot;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds what the references of a schema refer to.
 *
 * <p>Immutable.
 */
public final class SchemaIndex {
  private final Map<String, Schema> definitions = new HashMap<>();

  /**
   * @param root the whole schema
   * @throws IllegalArgumentException if a reference has no description in front of it
   */
  public SchemaIndex(Schema root) {
    collect(root);
  }

  /** The description itself: of a reference, what it refers to. */
  public Schema resolve(Schema schema) {
    return schema instanceof Schema.Reference reference
        ? definitions.get(reference.name())
        : schema;
  }

  private void collect(Schema schema) {
    if (schema instanceof Schema.Struct struct) {
      definitions.put(struct.name(), struct);
      struct.fields().forEach(field -> collect(field.schema()));
    } else if (schema instanceof Schema.Choice choice) {
      definitions.put(choice.name(), choice);
      choice.alternatives().forEach(alternative -> collect(alternative.schema()));
    } else if (schema instanceof Schema.Sequence sequence) {
      collect(sequence.element());
    } else if (schema instanceof Schema.Mapping mapping) {
      collect(mapping.key());
      collect(mapping.value());
    } else if (schema instanceof Schema.OptionalValue optional) {
      collect(optional.value());
    } else if (schema instanceof Schema.Reference reference
        && !definitions.containsKey(reference.name())) {
      throw new IllegalArgumentException(
          "The schema refers to " + reference.name() + ", which it does not describe.");
    }
  }
}
