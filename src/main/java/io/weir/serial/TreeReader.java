package io.weir.serial;

import io.weir.api.state.StoredObject;
import io.weir.snapshot.Schema;
import io.weir.snapshot.SchemaIndex;
import io.weir.snapshot.SequenceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Reads stored values as trees, which {@link StoredObject} describes; needs no class of them. Also
 * reads over what nobody wants any more.
 */
record TreeReader(Schema schema, SchemaIndex index) implements ValueReader<Object> {

  @Override
  public Object read(BinaryInput in) {
    return read(schema, in);
  }

  private Object read(Schema schemaOrReference, BinaryInput in) {
    Schema actual = index.resolve(schemaOrReference);
    if (actual instanceof Schema.Scalar scalar) {
      return Scalars.of(scalar.kind()).read(in);
    }
    if (actual instanceof Schema.Enumeration enumeration) {
      return chosen(enumeration.constants(), "constant", enumeration.name(), in);
    }
    if (actual instanceof Schema.Struct struct) {
      return readStruct(struct, in);
    }
    if (actual instanceof Schema.Choice choice) {
      return read(chosen(choice.alternatives(), "class", choice.name(), in).schema(), in);
    }
    if (actual instanceof Schema.Sequence sequence) {
      return readSequence(sequence, in);
    }
    if (actual instanceof Schema.Mapping mapping) {
      return readMapping(mapping, in);
    }
    if (actual instanceof Schema.OptionalValue optional) {
      return in.readBoolean() ? read(optional.value(), in) : null;
    }
    return OpaqueFormat.tree(PrimitiveArrays.readBytes(in));
  }

  private static <T> T chosen(List<T> all, String what, String name, BinaryInput in) {
    int index = in.readUnsignedVarInt();
    if (index < 0 || index >= all.size()) {
      throw new SerializationException(
          what + " " + Integer.toUnsignedString(index) + " of " + name + " is unknown");
    }
    return all.get(index);
  }

  private StoredObject readStruct(Schema.Struct struct, BinaryInput in) {
    List<Schema.Field> fields = struct.fields();
    Map<String, Object> values = new LinkedHashMap<>();
    if (fields.isEmpty()) {
      in.readByte();
    }
    for (FieldRun run : FieldRun.of(fields.stream().map(Schema.Field::nullable).toList())) {
      int presence = run.nullables() == 0 ? 0 : run.readPresence(in);
      int bit = 1 << run.nullables();
      for (Schema.Field field : fields.subList(run.from(), run.to())) {
        bit = field.nullable() ? bit >>> 1 : bit;
        boolean present = !field.nullable() || (presence & bit) != 0;
        values.put(field.name(), present ? read(field.schema(), in) : null);
      }
    }
    return new StoredObject(struct.className(), values);
  }

  private Collection<Object> readSequence(Schema.Sequence sequence, BinaryInput in) {
    int header = in.readUnsignedVarInt();
    int size = Elements.size(header, in);
    boolean isSet = sequence.kind().family() == SequenceKind.Family.SET;
    Collection<Object> elements = isSet ? new LinkedHashSet<>() : new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(readElement(sequence.element(), Elements.someNull(header), in));
    }
    return elements;
  }

  private Map<Object, Object> readMapping(Schema.Mapping mapping, BinaryInput in) {
    int header = in.readUnsignedVarInt();
    int size = Elements.size(header, in);
    boolean someNull = Elements.someNull(header);
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      Object key = readElement(mapping.key(), someNull, in);
      entries.put(key, readElement(mapping.value(), someNull, in));
    }
    return entries;
  }

  private Object readElement(Schema element, boolean someNull, BinaryInput in) {
    return someNull && !in.readBoolean() ? null : read(element, in);
  }
}
