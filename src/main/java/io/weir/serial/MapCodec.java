package io.weir.serial;

import io.weir.snapshot.Schema;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Maps: like a collection whose elements are a key and a value. */
record MapCodec(MapForm form, Codec<Object> key, Codec<Object> value)
    implements Codec<Map<Object, Object>> {

  @Override
  public void write(Map<Object, Object> map, BinaryOutput out) {
    if (map instanceof SortedMap<?, ?> sorted && sorted.comparator() != null) {
      throw hasComparator(map);
    }
    int size = map.size();
    boolean someNull = Elements.someNull(map.keySet()) || Elements.someNull(map.values());
    Elements.writeHeader(size, someNull, out);
    int written = 0;
    for (Map.Entry<Object, Object> entry : map.entrySet()) {
      try {
        Elements.writeElement(entry.getKey(), key, someNull, out);
        Elements.writeElement(entry.getValue(), value, someNull, out);
      } catch (RuntimeException e) {
        throw SerializationException.of(e).atIndex(written);
      }
      written++;
    }
    Elements.requireSize(size, written);
  }

  @Override
  public Map<Object, Object> read(BinaryInput in) {
    int header = in.readUnsignedVarInt();
    int size = Elements.size(header, in);
    boolean someNull = Elements.someNull(header);
    Map<Object, Object> map = form.factory().apply(size);
    for (int i = 0; i < size; i++) {
      try {
        Object readKey = Elements.readElement(key, someNull, in);
        map.put(readKey, Elements.readElement(value, someNull, in));
      } catch (RuntimeException e) {
        throw SerializationException.of(e).atIndex(i);
      }
    }
    return map;
  }

  @Override
  public Map<Object, Object> copy(Map<Object, Object> map) {
    Map<Object, Object> copy = form.factory().apply(map.size());
    map.forEach((k, v) -> copy.put(Elements.copyOf(k, key), Elements.copyOf(v, value)));
    return copy;
  }

  /** A comparator is code, and code is not stored with data. */
  static SerializationException hasComparator(Object sorted) {
    return new SerializationException(
        "a "
            + sorted.getClass().getName()
            + " with a comparator cannot be stored; use natural order, or another collection");
  }

  @Override
  public boolean isImmutable(Set<Object> visiting) {
    return false;
  }

  @Override
  public Schema describe(Described described) {
    return new Schema.Mapping(form.kind(), key.describe(described), value.describe(described));
  }

  @Override
  public Codec<Map<Object, Object>> reading(Schema stored, StoredSchema context) {
    Schema.Mapping mapping = (Schema.Mapping) stored;
    return new MapCodec(
        form,
        key.reading(context.resolve(mapping.key()), context),
        value.reading(context.resolve(mapping.value()), context));
  }
}
