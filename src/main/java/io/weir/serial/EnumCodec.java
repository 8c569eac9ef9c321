package io.weir.serial;

import io.weir.snapshot.Schema;
import java.util.List;
import java.util.Set;

/**
 * The constants of an enum, by their index in the table of names that the schema holds.
 *
 * @param byIndex the constant of each index that may be read
 */
record EnumCodec<E extends Enum<E>>(Class<E> type, List<E> byIndex) implements Codec<E> {

  static <E extends Enum<E>> EnumCodec<E> of(Class<E> type) {
    return new EnumCodec<>(type, List.of(type.getEnumConstants()));
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // the schema beside the data says which constant an index is
  public void write(E value, BinaryOutput out) {
    out.writeUnsignedVarInt(type.cast(value).ordinal());
  }

  @Override
  public E read(BinaryInput in) {
    int index = in.readUnsignedVarInt();
    if (index < 0 || index >= byIndex.size()) {
      throw new SerializationException(
          "constant "
              + Integer.toUnsignedString(index)
              + " of enum "
              + type.getName()
              + " is unknown; its stored description has "
              + byIndex.size()
              + " constants, so the data is damaged");
    }
    return byIndex.get(index);
  }

  @Override
  public E copy(E value) {
    return value;
  }

  @Override
  public boolean isImmutable(Set<Object> visiting) {
    return true;
  }

  @Override
  public Schema describe(Described described) {
    described.formerNames(type);
    List<E> constants = List.of(type.getEnumConstants());
    for (E constant : constants) {
      described.formerNames(type, constant.name(), formerNamesOf(constant));
    }
    return new Schema.Enumeration(type.getName(), constants.stream().map(Enum::name).toList());
  }

  private List<String> formerNamesOf(E constant) {
    try {
      return Described.formerNamesOf(type.getField(constant.name()));
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("An enum lacks the field of its constant " + constant, e);
    }
  }

  @Override
  public Codec<E> reading(Schema stored, StoredSchema context) {
    List<String> names = ((Schema.Enumeration) stored).constants();
    return new EnumCodec<>(type, names.stream().map(name -> Enum.valueOf(type, name)).toList());
  }
}
