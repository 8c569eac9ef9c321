package io.weir.serial;

import io.weir.api.types.TypeInformation;
import io.weir.snapshot.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The closed set of classes below a sealed type: an index, then the value.
 *
 * @param type the sealed type
 * @param classes those that are written, by index
 * @param codecs of these classes, and in the same order
 * @param byIndex those that are read, by the index that the stored schema gives them
 */
record ChoiceCodec(
    TypeInformation<?> type,
    List<Class<?>> classes,
    List<Codec<Object>> codecs,
    List<Codec<Object>> byIndex)
    implements Codec<Object> {

  @Override
  public void write(Object value, BinaryOutput out) {
    int index = indexOf(value);
    out.writeUnsignedVarInt(index);
    codecs.get(index).write(value, out);
  }

  private int indexOf(Object value) {
    Class<?> type =
        value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    int index = classes.indexOf(type);
    if (index < 0) {
      throw new SerializationException(
          "a " + type.getName() + " is not one of the classes that " + type + " permits");
    }
    return index;
  }

  @Override
  public Object read(BinaryInput in) {
    int index = in.readUnsignedVarInt();
    if (index < 0 || index >= byIndex.size()) {
      throw new SerializationException(
          "class "
              + Integer.toUnsignedString(index)
              + " of the sealed "
              + type
              + " is unknown; its stored description has "
              + byIndex.size()
              + ", so the data is damaged");
    }
    return byIndex.get(index).read(in);
  }

  @Override
  public Object copy(Object value) {
    return codecs.get(indexOf(value)).copy(value);
  }

  @Override
  public boolean isImmutable(Set<Object> visiting) {
    return codecs.stream().allMatch(codec -> codec.isImmutable(visiting));
  }

  @Override
  public Schema describe(Described described) {
    if (!described.add(type.toString())) {
      return new Schema.Reference(type.toString());
    }
    described.formerNames(type.getTypeClass());
    List<Schema.Alternative> alternatives = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      alternatives.add(
          new Schema.Alternative(classes.get(i).getName(), codecs.get(i).describe(described)));
    }
    return new Schema.Choice(type.toString(), alternatives);
  }

  @Override
  public Codec<Object> reading(Schema stored, StoredSchema context) {
    Schema.Choice choice = (Schema.Choice) stored;
    return context.once(
        choice,
        this,
        () ->
            new ChoiceCodec(
                type,
                classes,
                codecs,
                choice.alternatives().stream()
                    .map(alternative -> reading(alternative, context))
                    .toList()));
  }

  private Codec<Object> reading(Schema.Alternative stored, StoredSchema context) {
    for (int i = 0; i < classes.size(); i++) {
      if (classes.get(i).getName().equals(stored.className())) {
        return codecs.get(i).reading(context.resolve(stored.schema()), context);
      }
    }
    throw new SerializationException(stored.className() + " is not a class of " + type + " now");
  }
}
