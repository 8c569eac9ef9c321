package io.weir.serial;

import io.weir.snapshot.Schema;
import io.weir.snapshot.SequenceKind;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Set;

/** Arrays of objects. */
record ArrayCodec(Class<?> component, Codec<Object> element) implements Codec<Object[]> {

  @Override
  public void write(Object[] value, BinaryOutput out) {
    Elements.write(Arrays.asList(value), element, out);
  }

  @Override
  public Object[] read(BinaryInput in) {
    int header = in.readUnsignedVarInt();
    int size = Elements.size(header, in);
    boolean someNull = Elements.someNull(header);
    Object[] result = newArray(size);
    for (int i = 0; i < size; i++) {
      try {
        result[i] = Elements.readElement(element, someNull, in);
      } catch (RuntimeException e) {
        throw SerializationException.of(e).atIndex(i);
      }
    }
    return result;
  }

  @Override
  public Object[] copy(Object[] value) {
    Object[] copy = newArray(value.length);
    Arrays.setAll(copy, i -> Elements.copyOf(value[i], element));
    return copy;
  }

  private Object[] newArray(int length) {
    return (Object[]) Array.newInstance(component, length);
  }

  @Override
  public boolean isImmutable(Set<Object> visiting) {
    return false;
  }

  @Override
  public Schema describe(Described described) {
    return new Schema.Sequence(SequenceKind.ARRAY, element.describe(described));
  }

  @Override
  public Codec<Object[]> reading(Schema stored, StoredSchema context) {
    Schema storedElement = ((Schema.Sequence) stored).element();
    return new ArrayCodec(component, element.reading(context.resolve(storedElement), context));
  }
}
