package io.weir.serial;

import io.weir.snapshot.Schema;
import io.weir.snapshot.SchemaIndex;
import java.util.List;

/** Reads over stored values that nobody wants any more; needs no class of them. */
record SkippingReader(Schema schema, SchemaIndex index) implements ValueReader<Object> {

  /** Always null. */
  @Override
  public Object read(BinaryInput in) {
    skip(schema, in);
    return null;
  }

  private void skip(Schema schemaOrReference, BinaryInput in) {
    Schema actual = index.resolve(schemaOrReference);
    if (actual instanceof Schema.Scalar scalar) {
      Scalars.of(scalar.kind()).read(in);
    } else if (actual instanceof Schema.Enumeration) {
      in.readUnsignedVarInt();
    } else if (actual instanceof Schema.Struct struct) {
      skipStruct(struct, in);
    } else if (actual instanceof Schema.Choice choice) {
      skipChoice(choice, in);
    } else if (actual instanceof Schema.Sequence sequence) {
      skipElements(in, sequence.element());
    } else if (actual instanceof Schema.Mapping mapping) {
      skipElements(in, mapping.key(), mapping.value());
    } else if (actual instanceof Schema.OptionalValue optional) {
      if (in.readBoolean()) {
        skip(optional.value(), in);
      }
    } else {
      in.skip(in.readCount(1)); // opaque
    }
  }

  private void skipStruct(Schema.Struct struct, BinaryInput in) {
    List<Schema.Field> fields = struct.fields();
    if (fields.isEmpty()) {
      in.readByte();
    }
    for (FieldRun run : FieldRun.of(fields.stream().map(Schema.Field::nullable).toList())) {
      int presence = run.nullables() == 0 ? 0 : run.readPresence(in);
      int bit = 1 << run.nullables();
      for (Schema.Field field : fields.subList(run.from(), run.to())) {
        bit = field.nullable() ? bit >>> 1 : bit;
        if (!field.nullable() || (presence & bit) != 0) {
          skip(field.schema(), in);
        }
      }
    }
  }

  private void skipChoice(Schema.Choice choice, BinaryInput in) {
    int index = in.readUnsignedVarInt();
    if (index < 0 || index >= choice.alternatives().size()) {
      throw new SerializationException("class " + index + " of " + choice.name() + " is unknown");
    }
    skip(choice.alternatives().get(index).schema(), in);
  }

  private void skipElements(BinaryInput in, Schema... parts) {
    int header = in.readUnsignedVarInt();
    int size = Elements.size(header, in);
    boolean someNull = Elements.someNull(header);
    for (int i = 0; i < size; i++) {
      for (Schema part : parts) {
        if (!someNull || in.readBoolean()) {
          skip(part, in);
        }
      }
    }
  }
}
