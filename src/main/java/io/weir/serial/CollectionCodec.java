package io.weir.serial;

import io.weir.snapshot.Schema;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;

/** Lists, sets and queues. */
record CollectionCodec(CollectionForm form, Codec<Object> element)
    implements Codec<Collection<Object>> {

  @Override
  public void write(Collection<Object> value, BinaryOutput out) {
    if (value instanceof SortedSet<?> sorted && sorted.comparator() != null) {
      throw MapCodec.hasComparator(value);
    }
    Elements.write(value, element, out);
  }

  @Override
  public Collection<Object> read(BinaryInput in) {
    int header = in.readUnsignedVarInt();
    int size = Elements.size(header, in);
    return Elements.readInto(
        form.factory().apply(size), size, Elements.someNull(header), element, in);
  }

  @Override
  public Collection<Object> copy(Collection<Object> value) {
    Collection<Object> copy = form.factory().apply(value.size());
    for (Object each : value) {
      copy.add(Elements.copyOf(each, element));
    }
    return copy;
  }

  @Override
  public boolean isImmutable(Set<Object> visiting) {
    return false;
  }

  @Override
  public Schema describe(Described described) {
    return new Schema.Sequence(form.kind(), element.describe(described));
  }

  @Override
  public Codec<Collection<Object>> reading(Schema stored, StoredSchema context) {
    Schema storedElement = ((Schema.Sequence) stored).element();
    return new CollectionCodec(form, element.reading(context.resolve(storedElement), context));
  }
}
