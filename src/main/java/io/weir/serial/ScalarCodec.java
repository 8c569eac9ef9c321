package io.weir.serial;

import io.weir.snapshot.ScalarKind;
import io.weir.snapshot.Schema;
import java.lang.reflect.Array;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Values without parts.
 *
 * @param copier null if the values are immutable
 */
record ScalarCodec<T>(
    Class<T> type,
    ScalarKind kind,
    BiConsumer<T, BinaryOutput> writer,
    Function<BinaryInput, T> reader,
    UnaryOperator<T> copier)
    implements Codec<T> {

  @Override
  public void write(T value, BinaryOutput out) {
    writer.accept(value, out);
  }

  @Override
  public T read(BinaryInput in) {
    return reader.apply(in);
  }

  @Override
  public T copy(T value) {
    return copier == null ? value : copier.apply(value);
  }

  @Override
  @SuppressWarnings("SuspiciousSystemArraycopy") // of an array type
  public T copy(T value, T reusable) {
    if (reusable == null || !type.isArray()) {
      return copy(value);
    }
    int length = Array.getLength(value);
    if (length != Array.getLength(reusable)) {
      return copy(value);
    }
    System.arraycopy(value, 0, reusable, 0, length);
    return reusable;
  }

  @Override
  public boolean isImmutable(Set<Object> visiting) {
    return copier == null;
  }

  @Override
  public boolean isCopiedWhileChanging() {
    return true;
  }

  @Override
  public Schema describe(Described described) {
    return new Schema.Scalar(kind);
  }

  @Override
  public Codec<T> reading(Schema stored, StoredSchema context) {
    ScalarKind storedKind = ((Schema.Scalar) stored).kind();
    if (storedKind == kind) {
      return this;
    }
    ScalarCodec<?> narrow = Scalars.of(storedKind);
    Function<BinaryInput, T> widening = in -> type.cast(widen((Number) narrow.read(in)));
    return new ScalarCodec<>(type, kind, writer, widening, copier);
  }

  private Object widen(Number narrow) {
    return switch (kind) {
      case SHORT -> (Object) narrow.shortValue();
      case INT -> narrow.intValue();
      case LONG -> narrow.longValue();
      case DOUBLE -> narrow.doubleValue();
      default -> throw new IllegalStateException("Nothing widens to " + kind);
    };
  }
}
