package io.weir.serial;

import io.weir.snapshot.Schema;
import java.util.Set;

/**
 * Stands for a codec that is still being built, where a type contains itself. It bounds the depth
 * of such values.
 */
final class Deferred<T> implements Codec<T> {
  /** Set once, before the graph is used; not null afterwards. */
  private Codec<T> target;

  void become(Codec<T> built) {
    target = built;
  }

  @Override
  public void write(T value, BinaryOutput out) {
    out.enter();
    target.write(value, out);
    out.leave();
  }

  @Override
  public T read(BinaryInput in) {
    in.enter();
    T value = target.read(in);
    in.leave();
    return value;
  }

  @Override
  public T copy(T value) {
    return target.copy(value);
  }

  @Override
  public boolean isImmutable(Set<Object> visiting) {
    return target.isImmutable(visiting);
  }

  @Override
  public Schema describe(Described described) {
    return target.describe(described);
  }

  @Override
  public Codec<T> reading(Schema stored, StoredSchema context) {
    return target.reading(stored, context);
  }
}
