package io.weir.serial;

import io.weir.snapshot.Renames;
import io.weir.snapshot.Schema;

/**
 * A codec seen from outside: nothing but a {@link SerializationException} leaves it, with the path
 * from this type on.
 */
record RootSerializer<T>(
    String type,
    Codec<T> codec,
    boolean isImmutable,
    boolean isCopiedWhileChanging,
    Schema schema,
    Renames renames)
    implements Serializer<T> {

  @Override
  public void write(T value, BinaryOutput out) {
    if (value == null) {
      throw new SerializationException("null is not a value").in(type);
    }
    try {
      codec.write(value, out);
    } catch (RuntimeException | StackOverflowError e) {
      throw SerializationException.of(e).in(type);
    }
  }

  @Override
  public T read(BinaryInput in) {
    try {
      return codec.read(in);
    } catch (RuntimeException | StackOverflowError e) {
      throw SerializationException.of(e).in(type);
    }
  }

  @Override
  public T copy(T value) {
    return copy(value, null);
  }

  @Override
  public T copy(T value, T reusable) {
    if (isImmutable) {
      return value;
    }
    try {
      return codec.copy(value, reusable);
    } catch (RuntimeException | StackOverflowError e) {
      throw SerializationException.of(e).in(type);
    }
  }

  /** Reads what an older format describes, which was found compatible; writes as before. */
  RootSerializer<T> reading(Schema stored) {
    StoredSchema context = new StoredSchema(stored);
    return new RootSerializer<>(
        type,
        codec.reading(context.resolve(stored), context),
        isImmutable,
        isCopiedWhileChanging,
        schema,
        renames);
  }
}
