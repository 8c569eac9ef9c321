package io.weir.serial;

import io.weir.snapshot.Schema;
import java.util.Optional;
import java.util.Set;

/** Whether there is a value, then the value. */
record OptionalCodec<T>(Codec<T> value) implements Codec<Optional<T>> {

  @Override
  public void write(Optional<T> optional, BinaryOutput out) {
    out.writeBoolean(optional.isPresent());
    if (optional.isPresent()) {
      value.write(optional.get(), out);
    }
  }

  @Override
  public Optional<T> read(BinaryInput in) {
    return in.readBoolean() ? Optional.of(value.read(in)) : Optional.empty();
  }

  @Override
  public Optional<T> copy(Optional<T> optional) {
    return optional.map(value::copy);
  }

  @Override
  public boolean isImmutable(Set<Object> visiting) {
    return value.isImmutable(visiting);
  }

  @Override
  public Schema describe(Described described) {
    return new Schema.OptionalValue(value.describe(described));
  }

  @Override
  public Codec<Optional<T>> reading(Schema stored, StoredSchema context) {
    Schema storedValue = ((Schema.OptionalValue) stored).value();
    return new OptionalCodec<>(value.reading(context.resolve(storedValue), context));
  }
}
